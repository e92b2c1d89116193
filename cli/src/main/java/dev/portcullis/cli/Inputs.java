package dev.portcullis.cli;

import dev.portcullis.manifests.files.InputFile;
import dev.portcullis.manifests.files.InputSearch;
import dev.portcullis.manifests.files.SearchOptions;
import dev.portcullis.report.InputError;
import dev.portcullis.report.Skipped;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that a command's arguments name, and what reports say of the others.
 *
 * @param found the files, in order
 * @param skipped what has the name of a manifest and is none
 * @param errors arguments, folders and manifests that could not be read
 * @param notes what a user should know, though it is no error
 * @param leftOut how many files and folders were left out as hidden, ignored or excluded
 */
record Inputs(
    List<InputFile> found,
    List<Skipped> skipped,
    List<InputError> errors,
    List<String> notes,
    int leftOut) {
  Inputs {
    found = List.copyOf(found);
    skipped = List.copyOf(skipped);
    errors = List.copyOf(errors);
    notes = List.copyOf(notes);
  }

  /** {@return what these arguments name} */
  static Inputs find(List<String> arguments, SearchOptions options) {
    var search = InputSearch.find(arguments, options);
    return new Inputs(
        search.found(),
        search.skipped().stream()
            .map(problem -> new Skipped(problem.name(), 0, 1, problem.reason()))
            .toList(),
        search.errors().stream()
            .map(problem -> new InputError(problem.name(), 0, 0, problem.reason()))
            .toList(),
        search.notes(),
        search.leftOut());
  }

  /** {@return these inputs and what the user's own programs render} */
  Inputs with(RenderOptions renderer) throws IOException {
    if (renderer.isEmpty()) {
      return this;
    }
    var files = new ArrayList<>(found);
    var problems = new ArrayList<>(errors);
    renderer.render(files, problems);
    return new Inputs(files, skipped, problems, notes, leftOut);
  }

  /** Says on a terminal that it waits for standard input, if it is among the files. */
  void announce(PrintWriter err) {
    if (found.stream().anyMatch(file -> file.path() == null)) {
      Terminal.announceInput(err);
    }
  }

  /** {@return the problem in words, without the file's name} */
  static String problem(IOException failure) {
    return InputFile.problem(failure);
  }
}

package dev.portcullis.cli;

import dev.portcullis.manifests.files.SearchOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say which files of a folder are read. */
final class InputOptions {
  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description =
          "Leave out files and folders that match, as in .gitignore; repeatable. A file"
              + " .portcullisignore does the same.")
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = "--no-ignore",
      description =
          "Search hidden files, node_modules and what .gitignore names too; otherwise folders are"
              + " searched without them.")
  private boolean everything;

  /** {@return what a search leaves out} */
  SearchOptions search() {
    return new SearchOptions(exclude, everything);
  }

  /** {@return these options as another command takes them} */
  List<String> arguments() {
    var arguments = new ArrayList<String>();
    for (String glob : exclude) {
      arguments.add("--exclude");
      arguments.add(glob);
    }
    if (everything) {
      arguments.add("--no-ignore");
    }
    return arguments;
  }
}

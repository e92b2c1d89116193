package dev.portcullis.manifests.yaml;

import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;

/** The parser's problems in the words, and with the line, of kubectl's YAML library. */
final class YamlProblems {
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry(
              "mapping values are not allowed here",
              "mapping values are not allowed in this context"),
          Map.entry(
              "mapping keys are not allowed here", "mapping keys are not allowed in this context"),
          Map.entry(
              "sequence entries are not allowed here",
              "block sequence entries are not allowed in this context"),
          Map.entry("found unexpected document separator", "found unexpected document indicator"),
          Map.entry(
              "expected indentation indicator in the range 1-9, but found 0",
              "found an indentation indicator equal to 0"),
          Map.entry("found duplicate YAML directive", "found duplicate %YAML directive"));

  private YamlProblems() {}

  static YamlException of(
      MarkedYamlEngineException e, int problem, int context, SourceText source) {
    String words = words(String.valueOf(e.getContext()), String.valueOf(e.getProblem()));
    Position position = source.position(problem);
    // The library adds one to its lines, which count from 0, only for the scanner's problems, and
    // leaves line 0 out.
    int line = position.line() - 1;
    if (line != 0) {
      line = e instanceof ScannerException ? line + 1 : line;
    } else if (e.getContextMark().isPresent()) {
      line = source.position(context).line() - 1;
    }
    return new YamlException(
        "yaml: " + (line == 0 ? "" : "line " + line + ": ") + words, words, position);
  }

  private static String words(String context, String problem) {
    String same = WORDS.get(problem);
    if (same != null) {
      return same;
    }
    if (problem.startsWith("found character") && problem.contains("cannot start any token")) {
      return "found character that cannot start any token";
    }
    if (problem.startsWith("found unknown escape character")) {
      return "found unknown escape character";
    }
    if (problem.startsWith("expected ',' or")) {
      return "did not find " + problem.substring(0, problem.indexOf(", but"));
    }
    if (problem.startsWith("expected <block end>")
        || problem.startsWith("expected '<block end>'")) {
      return context.contains("block mapping")
          ? "did not find expected key"
          : "did not find expected '-' indicator";
    }
    if (problem.contains("<document start>")) {
      return "did not find expected <document start>";
    }
    if (problem.startsWith("expected the node content")) {
      return "did not find expected node content";
    }
    return problem;
  }
}

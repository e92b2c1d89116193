package dev.portcullis.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/**
 * One {@code -o FORMAT[=FILE]}.
 *
 * @param format the format
 * @param file where to, null for standard output
 */
record OutputTarget<F>(F format, @Nullable Path file) {
  /**
   * {@return the target that an option's value names}
   *
   * @param formats finds a format by its name, null if there is none
   * @param names of all formats
   */
  static <F> OutputTarget<F> parse(
      String value, Function<String, @Nullable F> formats, List<String> names) {
    int equals = value.indexOf('=');
    String name = equals < 0 ? value : value.substring(0, equals);
    F format = formats.apply(name);
    if (format == null) {
      throw new TypeConversionException(
          "there is no format \"" + name + "\", only " + String.join(", ", names));
    }
    String file = equals < 0 ? null : value.substring(equals + 1);
    if (file != null && file.isEmpty()) {
      throw new TypeConversionException("\"" + value + "\" names no file after the equals sign");
    }
    return new OutputTarget<>(format, file == null ? null : Path.of(file));
  }

  /** A machine format owns standard output, so nothing may come beside it. */
  static <F> void refuseTwoOnStandardOutput(
      List<OutputTarget<F>> targets, Function<String, RuntimeException> refusal) {
    List<String> formats =
        targets.stream()
            .filter(target -> target.file() == null)
            .map(target -> target.format().toString())
            .toList();
    if (formats.size() > 1) {
      String last = formats.getLast();
      throw refusal.apply(
          String.join(" and ", formats)
              + " cannot share standard output; give one a file, for example -o "
              + last
              + "=FILE");
    }
  }
}

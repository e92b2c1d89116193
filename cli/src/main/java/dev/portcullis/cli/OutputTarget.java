package dev.portcullis.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One {@code -o FORMAT[=FILE]}.
 *
 * @param format one of {@link #FORMATS}
 * @param file where to, null for standard output
 */
record OutputTarget(String format, @Nullable Path file) {
  static final List<String> FORMATS =
      List.of("text", "json", "sarif", "junit", "github", "markdown");

  /** Reads the option's value. */
  static final class Converter implements ITypeConverter<OutputTarget> {
    @Override
    public OutputTarget convert(String value) {
      return parse(value, FORMATS);
    }
  }

  /** {@return the target that an option's value names, its format one of {@code formats}} */
  static OutputTarget parse(String value, List<String> formats) {
    int equals = value.indexOf('=');
    String format = equals < 0 ? value : value.substring(0, equals);
    if (!formats.contains(format)) {
      throw new TypeConversionException(
          "there is no format \"" + format + "\", only " + String.join(", ", formats));
    }
    String file = equals < 0 ? null : value.substring(equals + 1);
    if (file != null && file.isEmpty()) {
      throw new TypeConversionException("\"" + value + "\" names no file after the equals sign");
    }
    return new OutputTarget(format, file == null ? null : Path.of(file));
  }

  /** A machine format owns standard output, so nothing may come beside it. */
  static void refuseTwoOnStandardOutput(
      List<OutputTarget> targets, Function<String, RuntimeException> refusal) {
    List<String> formats =
        targets.stream().filter(target -> target.file() == null).map(OutputTarget::format).toList();
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

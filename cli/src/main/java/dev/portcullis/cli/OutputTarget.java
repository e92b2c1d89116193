package dev.portcullis.cli;

import java.nio.file.Path;
import java.util.List;
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
      int equals = value.indexOf('=');
      String format = equals < 0 ? value : value.substring(0, equals);
      if (!FORMATS.contains(format)) {
        throw new TypeConversionException(
            "there is no format \"" + format + "\", only " + String.join(", ", FORMATS));
      }
      String file = equals < 0 ? null : value.substring(equals + 1);
      if (file != null && file.isEmpty()) {
        throw new TypeConversionException("\"" + value + "\" names no file after the equals sign");
      }
      return new OutputTarget(format, file == null ? null : Path.of(file));
    }
  }
}

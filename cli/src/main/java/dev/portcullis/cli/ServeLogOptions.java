package dev.portcullis.cli;

import dev.portcullis.webhook.LogFormat;
import dev.portcullis.webhook.StartException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How {@code portcullis serve} writes its log. */
final class ServeLogOptions {
  @Option(
      names = "--log-format",
      paramLabel = "json|text",
      description =
          "How the log on standard error is written (default: json, with --cluster text).")
  private @Nullable String logFormat;

  /** {@return the format; {@code folder} says that a folder stands for the cluster} */
  LogFormat format(boolean folder) throws StartException {
    if (logFormat == null) {
      return folder ? LogFormat.TEXT : LogFormat.JSON;
    }
    return switch (logFormat.toLowerCase(Locale.ROOT)) {
      case "json" -> LogFormat.JSON;
      case "text" -> LogFormat.TEXT;
      default -> throw new StartException("--log-format " + logFormat + ": json or text");
    };
  }
}

package dev.portcullis.webhook;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Carries what the JDK's logging hears, from us and from libraries, over to the {@link Log}. */
final class PlatformLog extends Handler {
  private final Log log;

  private PlatformLog(Log log) {
    this.log = log;
  }

  /** Makes {@code log} the only place that the JDK's logging writes to. */
  static void install(Log log) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.INFO);
    root.addHandler(new PlatformLog(log));
  }

  @Override
  public void publish(LogRecord entry) {
    if (!isLoggable(entry)) {
      return;
    }
    int severity = entry.getLevel().intValue();
    String level =
        severity >= Level.SEVERE.intValue()
            ? "error"
            : severity >= Level.WARNING.intValue() ? "warn" : "info";
    LogLine line = log.line(level, new SimpleFormatter().formatMessage(entry));
    line.with("logger", String.valueOf(entry.getLoggerName()));
    Throwable thrown = entry.getThrown();
    if (thrown != null) {
      line.with("error", String.valueOf(thrown));
      StackTraceElement[] trace = thrown.getStackTrace();
      if (trace.length > 0) {
        line.with("at", trace[0].toString());
      }
    }
    log.add(line);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}

package dev.portcullis.webhook;

/** How the log is written. */
public enum LogFormat {
  /** One JSON object a line. */
  JSON,
  /** {@code key=value} pairs. */
  TEXT
}

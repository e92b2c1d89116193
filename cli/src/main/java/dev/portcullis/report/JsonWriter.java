package dev.portcullis.report;

import dev.portcullis.policy.json.JsonText;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Writes JSON in order, without a tree: the commas and the escapes are its own business. */
final class JsonWriter {
  private static final int CHUNK = 1 << 14;

  private final Writer out;
  private final StringBuilder text = new StringBuilder(CHUNK + 1024);
  private boolean first = true;

  JsonWriter(Writer out) {
    this.out = out;
  }

  JsonWriter beginObject() throws IOException {
    separate();
    text.append('{');
    first = true;
    return this;
  }

  JsonWriter endObject() throws IOException {
    text.append('}');
    first = false;
    return this;
  }

  JsonWriter beginArray() throws IOException {
    separate();
    text.append('[');
    first = true;
    return this;
  }

  JsonWriter endArray() throws IOException {
    text.append(']');
    first = false;
    return this;
  }

  /** Starts a new line before whatever comes next, for a reader's sake. */
  JsonWriter line() throws IOException {
    if (!first) {
      text.append(',');
      first = true;
    }
    text.append('\n');
    if (text.length() >= CHUNK) {
      flush();
    }
    return this;
  }

  JsonWriter name(String name) throws IOException {
    separate();
    JsonText.appendQuoted(text, name);
    text.append(':');
    first = true;
    return this;
  }

  JsonWriter value(@Nullable Object value) throws IOException {
    separate();
    if (value instanceof Boolean || value instanceof Number || value == null) {
      text.append(value);
    } else {
      JsonText.appendQuoted(text, value.toString());
    }
    return this;
  }

  JsonWriter field(String name, @Nullable Object value) throws IOException {
    return name(name).value(value);
  }

  /** Hands on what is held back. */
  void flush() throws IOException {
    out.append(text);
    text.setLength(0);
  }

  private void separate() {
    if (!first) {
      text.append(',');
    }
    first = false;
  }
}

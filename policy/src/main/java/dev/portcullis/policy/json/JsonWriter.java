package dev.portcullis.policy.json;

import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Writes JSON in order, without a tree: the commas and the escapes are its own business. */
public final class JsonWriter {
  private static final int CHUNK = 1 << 14;

  private final Writer out;
  private final StringBuilder text = new StringBuilder(CHUNK + 1024);
  private boolean first = true;

  /** Writes to this; {@link #flush} hands on what is left at the end. */
  public JsonWriter(Writer out) {
    this.out = out;
  }

  /** Opens an object. */
  public JsonWriter beginObject() throws IOException {
    separate();
    text.append('{');
    first = true;
    return this;
  }

  /** Closes an object. */
  public JsonWriter endObject() throws IOException {
    text.append('}');
    first = false;
    return this;
  }

  /** Opens a list. */
  public JsonWriter beginArray() throws IOException {
    separate();
    text.append('[');
    first = true;
    return this;
  }

  /** Closes a list. */
  public JsonWriter endArray() throws IOException {
    text.append(']');
    first = false;
    return this;
  }

  /** Starts a new line before whatever comes next, for a reader's sake. */
  public JsonWriter line() throws IOException {
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

  /** Writes the name of the next member. */
  public JsonWriter name(String name) throws IOException {
    separate();
    JsonText.appendQuoted(text, name);
    text.append(':');
    first = true;
    return this;
  }

  /** Writes a boolean, a number, null, or anything else as its text. */
  public JsonWriter value(@Nullable Object value) throws IOException {
    separate();
    if (value instanceof Boolean || value instanceof Number || value == null) {
      text.append(value);
    } else {
      JsonText.appendQuoted(text, value.toString());
    }
    return this;
  }

  /** Writes a member. */
  public JsonWriter field(String name, @Nullable Object value) throws IOException {
    return name(name).value(value);
  }

  /** Hands on what is held back. */
  public void flush() throws IOException {
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

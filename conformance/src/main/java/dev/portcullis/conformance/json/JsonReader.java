package dev.portcullis.conformance.json;

import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Obj;
import dev.portcullis.conformance.json.Json.Raw;

/**
 * Text to a tree. It reads what programs wrote, the oracle and ourselves, and trusts it to be JSON.
 */
public final class JsonReader {
  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /** {@return the value}; {@link IllegalArgumentException} where the text is no JSON. */
  public static Json read(String text) {
    var reader = new JsonReader(text);
    try {
      Json value = reader.value();
      reader.blanks();
      if (reader.at == text.length()) {
        return value;
      }
    } catch (StringIndexOutOfBoundsException | StackOverflowError cut) {
      throw new IllegalArgumentException("no JSON: " + text, cut);
    }
    throw new IllegalArgumentException("no JSON after " + reader.at + ": " + text);
  }

  private Json value() {
    blanks();
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new Raw(string());
      default -> literal();
    };
  }

  private Obj object() {
    var object = new Obj();
    at++;
    blanks();
    while (text.charAt(at) != '}') {
      String name = unquote(string());
      expect(':');
      object.put(name, value());
      blanks();
      if (text.charAt(at) != '}') {
        expect(',');
        blanks();
      }
    }
    at++;
    return object;
  }

  private Arr array() {
    var array = new Arr();
    at++;
    blanks();
    while (text.charAt(at) != ']') {
      array.add(value());
      blanks();
      if (text.charAt(at) != ']') {
        expect(',');
      }
    }
    at++;
    return array;
  }

  private String string() {
    blanks();
    int start = at;
    expect('"');
    while (text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
    return text.substring(start, at);
  }

  private Raw literal() {
    int start = at;
    while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (start == at) {
      throw new IllegalArgumentException("no JSON after " + at + ": " + text);
    }
    return new Raw(text.substring(start, at));
  }

  private void expect(char c) {
    blanks();
    if (text.charAt(at) != c) {
      throw new IllegalArgumentException("no " + c + " after " + at + ": " + text);
    }
    at++;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** {@return the string without its quotes and escapes} */
  static String unquote(String quoted) {
    if (quoted.indexOf('\\') < 0) {
      return quoted.substring(1, quoted.length() - 1);
    }
    var out = new StringBuilder(quoted.length());
    int i = 1;
    while (i < quoted.length() - 1) {
      char c = quoted.charAt(i++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escaped = quoted.charAt(i++);
      switch (escaped) {
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> {
          out.append((char) Integer.parseInt(quoted.substring(i, i + 4), 16));
          i += 4;
        }
        default -> out.append(escaped);
      }
    }
    return out.toString();
  }
}

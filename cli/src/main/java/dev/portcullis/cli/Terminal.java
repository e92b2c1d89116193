package dev.portcullis.cli;

import java.io.PrintWriter;

/**
 * What the standard streams are connected to.
 *
 * <p>The launcher knows and says so in the property {@code portcullis.terminal}, the names {@code
 * in}, {@code out} and {@code err} as far as they are terminals, and in {@code portcullis.width}
 * how many columns that has: the JDK itself cannot tell. Without a launcher nothing is a terminal.
 */
final class Terminal {
  private static final String PROPERTY = "portcullis.terminal";

  private static final String WIDTH = "portcullis.width";

  private Terminal() {}

  /** Says, where somebody types, that it is their turn. */
  static void announceInput(PrintWriter err) {
    if (is("in")) {
      err.println("note: reading standard input; Ctrl-D ends it");
      err.flush();
    }
  }

  /** {@return the columns of the terminal that standard output is; {@code otherwise} if none} */
  static int width(int otherwise) {
    Integer columns = Integer.getInteger(WIDTH);
    return outputIsTerminal() && columns != null && columns > 0 ? columns : otherwise;
  }

  static boolean outputIsTerminal() {
    return is("out");
  }

  static boolean errorIsTerminal() {
    return is("err");
  }

  /** {@return whether nobody has asked for plain text} See no-color.org. */
  static boolean wantsColor() {
    String noColor = System.getenv("NO_COLOR");
    return (noColor == null || noColor.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
  }

  private static boolean is(String stream) {
    return System.getProperty(PROPERTY, "").contains(stream);
  }
}

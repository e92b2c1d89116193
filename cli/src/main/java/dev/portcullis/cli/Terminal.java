package dev.portcullis.cli;

/**
 * What standard output and standard error are connected to.
 *
 * <p>The launcher knows and says so in the property {@code portcullis.terminal}, the names {@code
 * out} and {@code err} as far as they are terminals: the JDK itself cannot tell one stream from
 * another. Without a launcher nothing is.
 */
final class Terminal {
  private static final String PROPERTY = "portcullis.terminal";

  private Terminal() {}

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

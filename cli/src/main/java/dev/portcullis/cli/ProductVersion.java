package dev.portcullis.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of Portcullis, as its jar says. */
final class ProductVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"portcullis " + text(), "on Java " + Runtime.version()};
  }

  /** {@return the version alone; {@code development} when run from classes} */
  static String text() {
    String version = ProductVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}

package io.lexiscope.cli.terminal;

import picocli.CommandLine.IVersionProvider;

/// Version of the code and of the Java runtime.
public final class Version implements IVersionProvider {
  /// Version of the code, as the jar says.
  public static String ofCode() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development build" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"lexiscope " + ofCode(), "Java " + Runtime.version()};
  }
}

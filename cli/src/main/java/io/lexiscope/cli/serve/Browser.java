package io.lexiscope.cli.serve;

import io.lexiscope.cli.terminal.CliConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Opens an address in the browser of whoever sits at this machine; does nothing where nobody does.
final class Browser {
  private Browser() {}

  static void open(String url, Map<String, String> environment) {
    String system = CliConfiguration.operatingSystem();
    List<String> command;
    if (system.contains("mac")) {
      command = List.of("open", url);
    } else if (system.contains("windows")) {
      command = List.of("rundll32", "url.dll,FileProtocolHandler", url);
    } else if (environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY")) {
      command = List.of("xdg-open", url);
    } else {
      return;
    }
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException noBrowser) {
      // The address is on the terminal; a machine without a way to open it is no failure.
    }
  }
}

package io.lexiscope.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the process was started with: folders of the installation and of the user. The one place of
/// the command line that reads the environment and system properties.
///
/// @param home folder of the installation, which holds `models/`
/// @param page folder of the built web page
/// @param hubCache folder in which hub models are cached
/// @param environment other variables that concern models, by name
record CliConfiguration(Path home, Path page, Path hubCache, Map<String, String> environment) {

  static CliConfiguration fromProcess() {
    Path home = Path.of(System.getProperty("lexiscope.home", "."));
    Path page =
        Optional.ofNullable(System.getProperty("lexiscope.web"))
            .map(Path::of)
            .orElse(home.resolve("web").resolve("dist"));
    return new CliConfiguration(home, page, hubCache(System.getenv()), System.getenv());
  }

  /// The standard order: HF_HUB_CACHE, HUGGINGFACE_HUB_CACHE, HF_HOME/hub,
  /// XDG_CACHE_HOME/huggingface/hub, ~/.cache/huggingface/hub.
  static Path hubCache(Map<String, String> environment) {
    for (String name : new String[] {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"}) {
      if (!environment.getOrDefault(name, "").isEmpty()) {
        return Path.of(environment.get(name));
      }
    }
    if (!environment.getOrDefault("HF_HOME", "").isEmpty()) {
      return Path.of(environment.get("HF_HOME"), "hub");
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path cache = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    return cache.resolve("huggingface").resolve("hub");
  }

  /// The name of the operating system, in small letters.
  static String operatingSystem() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
  }

  static int columns(int otherwise) {
    try {
      return Math.clamp(Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "")), 40, 400);
    } catch (NumberFormatException absent) {
      return otherwise;
    }
  }
}

package io.lexiscope.cli;

import io.lexiscope.workbench.hub.HubSettings;
import io.lexiscope.workbench.perspective.PerspectiveSettings;
import io.lexiscope.workbench.view.WorkbenchException;
import java.net.URI;
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
    return HubEnvironment.cache(environment, userHome());
  }

  /// Where models are fetched from, with the token as it is now.
  HubSettings hub() {
    return HubEnvironment.settings(environment, userHome(), hubCache);
  }

  /// Who scores toxicity: PERSPECTIVE_API_KEY, and PERSPECTIVE_ENDPOINT where it is elsewhere.
  PerspectiveSettings perspective() {
    String key = environment.getOrDefault("PERSPECTIVE_API_KEY", "").strip();
    String endpoint = environment.getOrDefault("PERSPECTIVE_ENDPOINT", "").strip();
    try {
      return PerspectiveSettings.of(
          endpoint.isEmpty() ? PerspectiveSettings.STANDARD_ENDPOINT : URI.create(endpoint),
          key.isEmpty() ? null : key);
    } catch (IllegalArgumentException malformed) {
      throw WorkbenchException.invalid(
          "perspective",
          "perspective: expected a web address in PERSPECTIVE_ENDPOINT, got " + endpoint);
    }
  }

  /// Folder for what can be made again: LEXISCOPE_CACHE, XDG_CACHE_HOME/lexiscope, or the system's
  /// usual place.
  Path cache() {
    String own = environment.get("LEXISCOPE_CACHE");
    if (own != null && !own.isBlank()) {
      return Path.of(own);
    }
    String standard = environment.get("XDG_CACHE_HOME");
    if (standard != null && !standard.isBlank()) {
      return Path.of(standard).resolve("lexiscope");
    }
    String local = environment.get("LOCALAPPDATA");
    String system = operatingSystem();
    if (system.startsWith("windows") && local != null && !local.isBlank()) {
      return Path.of(local).resolve("lexiscope");
    }
    return system.startsWith("mac")
        ? userHome().resolve("Library").resolve("Caches").resolve("lexiscope")
        : userHome().resolve(".cache").resolve("lexiscope");
  }

  private static Path userHome() {
    return Path.of(System.getProperty("user.home"));
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

package io.lexiscope.cli.terminal;

import io.lexiscope.hub.HubSettings;
import io.lexiscope.hub.find.UserFolders;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.perspective.PerspectiveSettings;
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
/// @param extension verbs beyond those of Lexiscope itself
public record CliConfiguration(
    Path home, Path page, Path hubCache, Map<String, String> environment, Extension extension) {
  /// A configuration with the verbs of Lexiscope itself.
  public CliConfiguration(Path home, Path page, Path hubCache, Map<String, String> environment) {
    this(home, page, hubCache, environment, Extension.none());
  }

  /// The configuration of this process, from its properties and environment.
  public static CliConfiguration fromProcess() {
    Path home = Path.of(System.getProperty("lexiscope.home", "."));
    Path page =
        Optional.ofNullable(System.getProperty("lexiscope.web"))
            .map(Path::of)
            .orElse(home.resolve("web").resolve("dist"));
    return new CliConfiguration(home, page, hubCache(System.getenv()), System.getenv());
  }

  /// The same with more verbs.
  public CliConfiguration with(Extension more) {
    return new CliConfiguration(home, page, hubCache, environment, more);
  }

  /// The `hub` folder of the Hugging Face cache.
  static Path hubCache(Map<String, String> environment) {
    return folders(environment).hubCache();
  }

  /// Where models are fetched from, with the token as it is now.
  HubSettings hub() {
    return folders(environment).hub(hubCache);
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

  /// Folder for what can be made again.
  Path cache() {
    return folders(environment).cache();
  }

  private static UserFolders folders(Map<String, String> environment) {
    return new UserFolders(
        environment, Path.of(System.getProperty("user.home")), System.getProperty("os.name", ""));
  }

  /// The name of the operating system, in small letters.
  public static String operatingSystem() {
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

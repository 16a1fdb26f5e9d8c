package io.lexiscope.hub.find;

import io.lexiscope.hub.HubEnvironment;
import io.lexiscope.hub.HubSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Where a user's models and what is made of them are kept, from the environment of a process.
///
/// @param environment variables by name
/// @param userHome the user's home folder
/// @param operatingSystem what Java calls it, such as `Linux` or `Mac OS X`
public record UserFolders(Map<String, String> environment, Path userHome, String operatingSystem) {
  /// Copies the variables.
  public UserFolders {
    environment = Map.copyOf(environment);
  }

  /// The `hub` folder of the Hugging Face cache: HF_HUB_CACHE, HUGGINGFACE_HUB_CACHE, HF_HOME/hub,
  /// XDG_CACHE_HOME/huggingface/hub, ~/.cache/huggingface/hub.
  public Path hubCache() {
    return HubEnvironment.cache(environment, userHome);
  }

  /// Where models are fetched from, with the token as it is now.
  ///
  /// @param cache the `hub` folder of the cache
  /// @throws io.lexiscope.hub.HubException of kind `INVALID` when a variable holds what cannot be
  ///   used
  public HubSettings hub(Path cache) {
    return HubEnvironment.settings(environment, userHome, cache);
  }

  /// Folder for what can be made again: LEXISCOPE_CACHE, XDG_CACHE_HOME/lexiscope, or the system's
  /// usual place.
  public Path cache() {
    var own = environment.getOrDefault("LEXISCOPE_CACHE", "");
    if (!own.isBlank()) {
      return Path.of(own);
    }
    var standard = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!standard.isBlank()) {
      return Path.of(standard).resolve("lexiscope");
    }
    var local = environment.getOrDefault("LOCALAPPDATA", "");
    var system = operatingSystem.toLowerCase(Locale.ROOT);
    if (system.startsWith("windows") && !local.isBlank()) {
      return Path.of(local).resolve("lexiscope");
    }
    return system.startsWith("mac")
        ? userHome.resolve("Library").resolve("Caches").resolve("lexiscope")
        : userHome.resolve(".cache").resolve("lexiscope");
  }
}

package io.lexiscope.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the variables of Python's `huggingface_hub` as it does, so that both use one cache, one
/// token and one hub.
public final class HubEnvironment {
  private static final Set<String> YES = Set.of("1", "on", "yes", "true");

  private HubEnvironment() {}

  /// Where models are cached: HF_HUB_CACHE, HUGGINGFACE_HUB_CACHE, or `hub` in the home of Hugging
  /// Face.
  ///
  /// @param environment variables by name
  /// @param userHome the user's home, which `~` stands for
  public static Path cache(Map<String, String> environment, Path userHome) {
    for (String name : new String[] {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"}) {
      String given = environment.getOrDefault(name, "");
      if (!given.isEmpty()) {
        return path(given, userHome);
      }
    }
    return home(environment, userHome).resolve("hub");
  }

  /// Where models are fetched from: HF_ENDPOINT, HF_HUB_OFFLINE, the proxies, and the token.
  ///
  /// @param environment variables by name
  /// @param userHome the user's home, which `~` stands for
  /// @param cache where models are cached
  public static HubSettings settings(Map<String, String> environment, Path userHome, Path cache) {
    String endpoint = environment.getOrDefault("HF_ENDPOINT", "").strip();
    return new HubSettings(
        endpoint.isEmpty() ? HubSettings.STANDARD_ENDPOINT : address(endpoint),
        cache,
        token(environment, userHome),
        isYes(environment, "HF_HUB_OFFLINE") || isYes(environment, "TRANSFORMERS_OFFLINE"),
        EnvironmentProxies.of(environment));
  }

  /// The first of HF_TOKEN, HUGGING_FACE_HUB_TOKEN, the file HF_TOKEN_PATH, and the file `token` in
  /// the home of Hugging Face that is there and not empty.
  private static @Nullable String token(Map<String, String> environment, Path userHome) {
    if (isYes(environment, "HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
      return null;
    }
    for (String name : new String[] {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
      String given = environment.getOrDefault(name, "").strip();
      if (!given.isEmpty()) {
        return given;
      }
    }
    String named = environment.getOrDefault("HF_TOKEN_PATH", "");
    Path file =
        named.isEmpty() ? home(environment, userHome).resolve("token") : path(named, userHome);
    try {
      String kept = Files.isRegularFile(file) ? Files.readString(file).strip() : "";
      return kept.isEmpty() ? null : kept;
    } catch (IOException unreadable) {
      return null;
    }
  }

  private static Path home(Map<String, String> environment, Path userHome) {
    String home = environment.getOrDefault("HF_HOME", "");
    if (!home.isEmpty()) {
      return path(home, userHome);
    }
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    return (cache.isEmpty() ? userHome.resolve(".cache") : path(cache, userHome))
        .resolve("huggingface");
  }

  private static Path path(String given, Path userHome) {
    if (given.equals("~")) {
      return userHome;
    }
    return given.startsWith("~/") ? userHome.resolve(given.substring(2)) : Path.of(given);
  }

  private static URI address(String given) {
    try {
      return URI.create(given);
    } catch (IllegalArgumentException malformed) {
      throw HubException.invalid(
          "endpoint", "hub: expected a web address in HF_ENDPOINT, got " + given);
    }
  }

  private static boolean isYes(Map<String, String> environment, String name) {
    return YES.contains(environment.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT));
  }
}

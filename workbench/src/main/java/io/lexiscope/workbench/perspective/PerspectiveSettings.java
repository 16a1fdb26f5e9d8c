package io.lexiscope.workbench.perspective;

import io.lexiscope.workbench.ask.WorkbenchException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where the Perspective API is and who asks.
///
/// @param endpoint its address without a path
/// @param key proves who asks; null when there is none
/// @param attempts how often in a row a text may be refused for the moment
/// @param firstPause after the first refusal; every further one is twice as long
public record PerspectiveSettings(
    URI endpoint, @Nullable String key, int attempts, Duration firstPause) {
  /// The service itself.
  public static final URI STANDARD_ENDPOINT = URI.create("https://commentanalyzer.googleapis.com");

  /// Checks the address and the key.
  ///
  /// @throws WorkbenchException of kind `invalid` when the address is no web address or the key
  ///   cannot be sent
  public PerspectiveSettings {
    var scheme = endpoint.getScheme();
    if (endpoint.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw WorkbenchException.invalid(
          "perspective", "perspective: expected a web address as endpoint, got " + endpoint);
    }
    if (key != null && !key.matches("[\\x21-\\x7e]+")) {
      // The message must not show it.
      throw WorkbenchException.invalid(
          "perspective",
          "perspective: expected a key of visible ASCII characters, got one with others; set PERSPECTIVE_API_KEY anew");
    }
  }

  /// Six attempts, pauses of 1, 2, 4, 8 and 16 seconds.
  ///
  /// @param endpoint its address without a path
  /// @param key proves who asks, or null
  public static PerspectiveSettings of(URI endpoint, @Nullable String key) {
    return new PerspectiveSettings(endpoint, key, /* attempts= */ 6, Duration.ofSeconds(1));
  }

  /// The service itself, and nobody who asks.
  public static PerspectiveSettings none() {
    return of(STANDARD_ENDPOINT, /* key= */ null);
  }

  /// Says where, never who.
  @Override
  public String toString() {
    return "PerspectiveSettings[endpoint="
        + endpoint
        + ", key="
        + (key == null ? "none" : "set")
        + "]";
  }
}

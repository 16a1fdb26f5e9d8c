package io.lexiscope.hub;

import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where models are fetched from and kept.
///
/// @param endpoint the hub, such as `https://huggingface.co`
/// @param cache the `hub` folder of the cache; need not exist
/// @param token proves who asks; sent to the endpoint and to nobody else; null when there is none
/// @param offline whether the network is not to be used
/// @param proxies which proxy to go through for which address
public record HubSettings(
    URI endpoint, Path cache, @Nullable String token, boolean offline, ProxySelector proxies) {
  /// The hub everybody uses.
  public static final URI STANDARD_ENDPOINT = URI.create("https://huggingface.co");

  /// Settings without a proxy.
  public HubSettings(URI endpoint, Path cache, @Nullable String token, boolean offline) {
    this(endpoint, cache, token, offline, HttpClient.Builder.NO_PROXY);
  }

  /// Checks the endpoint and the token.
  ///
  /// @throws HubException of kind `INVALID` when the endpoint is no web address or the token cannot
  ///   be sent
  public HubSettings {
    endpoint = address(endpoint);
    if (token != null && !token.matches("[\\x21-\\x7e]+")) {
      // The message must not show it.
      throw HubException.invalid(
          "token",
          "hub: expected a token of visible ASCII characters, got one with others; set HF_TOKEN anew");
    }
  }

  /// The standard hub without a token.
  ///
  /// @param cache the `hub` folder of the cache
  public static HubSettings anonymous(Path cache) {
    return new HubSettings(STANDARD_ENDPOINT, cache, /* token= */ null, /* offline= */ false);
  }

  private static URI address(URI given) {
    var scheme = given.getScheme() == null ? "" : given.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("https") || scheme.equals("http"))
        || given.getHost() == null
        || given.getRawUserInfo() != null
        || given.getRawQuery() != null
        || given.getRawFragment() != null) {
      throw HubException.invalid(
          "endpoint",
          "hub: expected an address such as "
              + STANDARD_ENDPOINT
              + " in HF_ENDPOINT, got one without scheme or host, or with a user, query or fragment");
    }
    return URI.create(given.toString().replaceFirst("/+$", ""));
  }

  /// Without the token, so that no log shows it.
  @Override
  public String toString() {
    return "HubSettings[endpoint="
        + endpoint
        + ", cache="
        + cache
        + ", token="
        + (token == null ? "none" : "given")
        + ", offline="
        + offline
        + "]";
  }
}

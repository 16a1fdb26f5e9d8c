package io.lexiscope.hub;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Proxies as command-line tools read them: `HTTPS_PROXY` and `HTTP_PROXY` by the scheme of the
/// address, else `ALL_PROXY`, but for the hosts in `NO_PROXY`; in capitals or not.
final class EnvironmentProxies extends ProxySelector {
  private final Map<String, String> environment;

  private EnvironmentProxies(Map<String, String> environment) {
    this.environment = environment;
  }

  /// The proxies of an environment.
  ///
  /// @throws HubException of kind `INVALID` if one is no address of a host
  static ProxySelector of(Map<String, String> environment) {
    EnvironmentProxies proxies = new EnvironmentProxies(Map.copyOf(environment));
    proxies.proxy("https");
    proxies.proxy("http");
    return proxies;
  }

  @Override
  public List<Proxy> select(URI address) {
    String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
    InetSocketAddress proxy = proxy(String.valueOf(address.getScheme()));
    return List.of(
        proxy == null || spared(host) ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, proxy));
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
    // The request fails, and says so.
  }

  private @Nullable InetSocketAddress proxy(String scheme) {
    String name = scheme.toLowerCase(Locale.ROOT) + "_proxy";
    String given = variable(name).isEmpty() ? variable("all_proxy") : variable(name);
    if (given.isEmpty()) {
      return null;
    }
    try {
      URI proxy = URI.create(given.contains("://") ? given : "http://" + given);
      if ("http".equals(proxy.getScheme())
          && proxy.getHost() != null
          && proxy.getUserInfo() == null) {
        return InetSocketAddress.createUnresolved(
            proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort());
      }
    } catch (IllegalArgumentException malformed) {
      throw refused(name);
    }
    throw refused(name);
  }

  /// Does not show the value, which may hold a password.
  private static HubException refused(String name) {
    return HubException.invalid(
        "proxy",
        "hub: expected a proxy such as http://host:8080 in %s, got one with another scheme, a user, or no host"
            .formatted(name.toUpperCase(Locale.ROOT)));
  }

  private boolean spared(String host) {
    return Arrays.stream(variable("no_proxy").split(","))
        .map(entry -> entry.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
  }

  private String variable(String name) {
    String small = environment.getOrDefault(name, "").strip();
    return small.isEmpty()
        ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip()
        : small;
  }
}

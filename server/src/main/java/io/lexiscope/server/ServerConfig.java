package io.lexiscope.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where and to whom the workbench is served.
///
/// @param host address to listen on
/// @param port port to listen on; 0 takes a free one
/// @param token demanded of every client; required for an address that is not loopback, and without
///   one on loopback every user and every program of this machine is a client
/// @param page folder of the built page
/// @param limits what a client may ask for
public record ServerConfig(
    String host, int port, @Nullable String token, Path page, ServerLimits limits) {
  private static final int SHORTEST_TOKEN = 16;

  /// Refuses an address open to others without a token.
  ///
  /// @throws ServerException when the address is unknown, the port out of range, or the token
  ///   missing or short
  public ServerConfig {
    if (port < 0 || port > 65535) {
      throw new ServerException(
          "serve: expected a port of 0 to 65535, got " + port, /* cause= */ null);
    }
    if (token != null && token.length() < SHORTEST_TOKEN) {
      throw new ServerException(
          "serve: expected a token of at least "
              + SHORTEST_TOKEN
              + " characters, got "
              + token.length(),
          /* cause= */ null);
    }
    if (token == null && !address(host).isLoopbackAddress()) {
      throw new ServerException(
          "serve: expected a token for an address that others can reach, got none for "
              + host
              + "; give --token, or listen on 127.0.0.1",
          /* cause= */ null);
    }
  }

  /// This machine only, no token: for tests and measurements.
  ///
  /// @param port port to listen on; 0 takes a free one
  /// @param page folder of the built page
  public static ServerConfig loopback(int port, Path page) {
    return new ServerConfig("127.0.0.1", port, /* token= */ null, page, ServerLimits.standard());
  }

  /// Whether only this machine can reach the server.
  boolean isLoopback() {
    return address(host).isLoopbackAddress();
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new ServerException(
          "serve: expected an address of this machine, got "
              + host
              + ", which no name service knows",
          e);
    }
  }
}

package io.lexiscope.server;

import io.javalin.http.Context;
import io.lexiscope.base.Digest;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides whom to serve, before anything else happens.
///
/// A server on loopback answers only requests addressed to loopback by name, so that a foreign page
/// whose host name was pointed here (DNS rebinding) gets nothing. A page of another origin gets
/// nothing either. A server with a token wants it as `Authorization: Bearer`, as the cookie that
/// `?token=` sets once, or in `?token=` itself.
final class AccessGuard {
  static final String COOKIE = "lexiscope-token";

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean loopbackOnly;
  private final String host;
  private final @Nullable String token;

  AccessGuard(ServerConfig config) {
    this.loopbackOnly = config.isLoopback();
    this.host = config.host().toLowerCase(Locale.ROOT);
    this.token = config.token();
  }

  /// Lets the request pass or refuses it.
  ///
  /// @throws WorkbenchException of kind `forbidden` or `unauthorized` when refused
  void check(Context request) {
    var authority = request.header("Host");
    if (loopbackOnly && (authority == null || !isLoopbackName(authority))) {
      throw new WorkbenchException(
          ProblemKind.FORBIDDEN,
          "access: expected the Host header to name this machine, such as localhost, got "
              + authority);
    }
    var origin = request.header("Origin");
    if (origin != null && !origin.equalsIgnoreCase(request.scheme() + "://" + authority)) {
      throw new WorkbenchException(
          ProblemKind.FORBIDDEN,
          "access: expected a request from the workbench's own page, got one from " + origin);
    }
    var site = request.header("Sec-Fetch-Site");
    if (origin == null && "cross-site".equals(site) && request.path().startsWith("/api/")) {
      throw new WorkbenchException(
          ProblemKind.FORBIDDEN,
          "access: expected a request from the workbench's own page, got one from another site");
    }
    if (token != null && !isToken(given(request))) {
      throw new WorkbenchException(
          ProblemKind.UNAUTHORIZED,
          "access: expected the token this server was started with, got "
              + (given(request) == null ? "none" : "another")
              + "; open the URL that was printed, or send Authorization: Bearer TOKEN");
    }
  }

  /// Whether a text is the token, in time that does not depend on how much of it is right.
  boolean isToken(@Nullable String given) {
    return token != null && given != null && MessageDigest.isEqual(digest(token), digest(given));
  }

  private static @Nullable String given(Context request) {
    var header = request.header("Authorization");
    if (header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return header.substring(7).strip();
    }
    var cookie = request.cookie(COOKIE);
    return cookie != null ? cookie : request.queryParam("token");
  }

  private boolean isLoopbackName(String authority) {
    var colon = authority.lastIndexOf(':');
    var name = colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    var lower = name.toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(lower) || lower.equals(host);
  }

  private static byte[] digest(String text) {
    return Digest.sha256().add(text).bytes();
  }
}

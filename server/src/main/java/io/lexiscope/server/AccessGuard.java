package io.lexiscope.server;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.lexiscope.base.Digest;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Decides whom to serve, before anything else happens.
///
/// A server on loopback answers only requests addressed to loopback by name, so that a foreign page
/// whose host name was pointed here (DNS rebinding) gets nothing. A page of another origin gets
/// nothing either. A server with a token wants it as `Authorization: Bearer`, or as the cookie that
/// `?token=` of the front page sets once; nowhere else is it taken from an address, since addresses
/// are kept and passed on.
final class AccessGuard {
  private static final String COOKIE = "lexiscope-token-";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean loopbackOnly;
  private final String host;
  private final @Nullable String token;
  private final AtomicReference<byte @Nullable []> pass = new AtomicReference<>();

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
    var given = given(request);
    if (token != null && !isToken(given) && !isPass(request, given)) {
      throw new WorkbenchException(
          ProblemKind.UNAUTHORIZED,
          "access: expected the token this server was started with, got "
              + (given == null ? "none" : "another")
              + "; open the URL that was printed, or send Authorization: Bearer TOKEN");
    }
  }

  /// A key for the front page that opens once: for a place where others may read it.
  String newPass() {
    var random = new byte[16];
    new SecureRandom().nextBytes(random);
    var made = HexFormat.of().formatHex(random);
    pass.set(digest(made));
    return made;
  }

  /// The cookie by which the page's requests are known, where there is a token. It is named by the
  /// port, as a browser sends the cookies of all servers of a host to each of them.
  Optional<Cookie> cookie(Context request) {
    return token == null
        ? Optional.empty()
        : Optional.of(
            new Cookie(
                cookieName(request),
                token,
                "/",
                /* maxAge= */ -1,
                /* secure= */ false,
                /* isHttpOnly= */ true,
                /* domain= */ null,
                SameSite.STRICT));
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
    var inAddress = request.path().equals("/") ? request.queryParam("token") : null;
    return inAddress != null ? inAddress : request.cookie(cookieName(request));
  }

  private boolean isPass(Context request, @Nullable String given) {
    var current = pass.get();
    return current != null
        && given != null
        && request.path().equals("/")
        && MessageDigest.isEqual(current, digest(given))
        && pass.compareAndSet(current, null);
  }

  private static String cookieName(Context request) {
    var authority = String.valueOf(request.header("Host"));
    return COOKIE + authority.substring(authority.lastIndexOf(':') + 1).replaceAll("[^0-9]", "");
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

package io.lexiscope.hub;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// What a server answered.
///
/// @param from the address that answered, after redirects
/// @param response status, headers and body
record Reply(URI from, HttpResponse<Body> response) implements AutoCloseable {
  private static final int TOO_MANY_REQUESTS = 429;

  int status() {
    return response.statusCode();
  }

  HttpHeaders headers() {
    return response.headers();
  }

  Body body() {
    return response.body();
  }

  Optional<String> header(String name) {
    return headers().firstValue(name).map(String::strip).filter(value -> !value.isEmpty());
  }

  /// A header that is a whole number.
  OptionalLong number(String name) {
    var value = header(name).filter(text -> text.matches("\\d{1,18}"));
    return value.isPresent() ? OptionalLong.of(Long.parseLong(value.get())) : OptionalLong.empty();
  }

  boolean isRedirect() {
    return switch (status()) {
      case 301, 302, 303, 307, 308 -> header("Location").isPresent();
      default -> false;
    };
  }

  /// Whether the same question may be answered better a little later.
  boolean mayPass() {
    return status() >= 500 || status() == TOO_MANY_REQUESTS || status() == 408;
  }

  /// How long the server asks to wait, zero when it does not.
  Duration retryAfter() {
    return Duration.ofSeconds(number("Retry-After").orElse(0));
  }

  /// The identity of the file: the one of the linked file where the repository holds a link.
  Optional<String> etag() {
    return header("X-Linked-Etag")
        .or(() -> header("ETag"))
        .map(etag -> etag.replaceFirst("^W/", "").replaceAll("^\"|\"$", ""));
  }

  @Override
  public void close() {
    body().close();
  }
}

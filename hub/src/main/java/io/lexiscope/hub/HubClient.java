package io.lexiscope.hub;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/// Speaks HTTP with a hub: follows redirects, shows the token to the hub alone, tries again what
/// may pass.
final class HubClient implements AutoCloseable {
  private static final int MOST_REDIRECTS = 10;
  private static final int LONGEST_TEXT = 64 << 20;
  private static final String AGENT = "lexiscope";

  private final HubSettings settings;
  private final Pace pace;
  private final HttpClient http;
  private final HubRefusals refusals;

  HubClient(HubSettings settings, Pace pace) {
    this.settings = settings;
    this.pace = pace;
    this.refusals = new HubRefusals(settings);
    // Redirects are followed here and not by the client, which would pass the token on.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(pace.answer())
            .proxy(settings.proxies())
            .build();
  }

  Pace pace() {
    return pace;
  }

  HubRefusals refusals() {
    return refusals;
  }

  /// Where the hub tells what a repository holds at a revision.
  URI about(HubName name) {
    return URI.create(
        settings.endpoint() + "/api/models/" + name.id() + "/revision/" + segment(name.revision()));
  }

  /// Where a file of a repository is.
  URI file(HubName name, String commit, String file) {
    return URI.create(
        settings.endpoint() + "/" + name.id() + "/resolve/" + commit + "/" + segment(file));
  }

  /// The text at an address.
  ///
  /// @throws HubException when the hub refuses, or does not answer however often it is asked
  String text(HubName name, URI address, PullListener listener) {
    return asked(
        name,
        address,
        listener,
        () -> get(address, /* from= */ 0, listener),
        reply ->
            new String(
                reply.body().all(LONGEST_TEXT, listener, pace.silence()), StandardCharsets.UTF_8));
  }

  /// The headers of a file: those of the hub itself, which knows its identity, and not of where the
  /// hub keeps its bytes.
  ///
  /// @throws HubException when the hub refuses, or does not answer however often it is asked
  Reply head(HubName name, URI address, PullListener listener) {
    return asked(
        name,
        address,
        listener,
        () -> followed("HEAD", address, /* from= */ 0, listener, this::knowsNotTheFile),
        reply -> reply);
  }

  /// The headers of a file where its bytes are.
  ///
  /// @throws HubException when the hub refuses, or does not answer however often it is asked
  Reply headOfBytes(HubName name, URI address, PullListener listener) {
    return asked(
        name,
        address,
        listener,
        () -> followed("HEAD", address, /* from= */ 0, listener, reply -> true),
        reply -> reply);
  }

  /// Begins to fetch an address, once.
  ///
  /// @param from the first byte wanted
  /// @return the answer, whatever its status; to be closed
  /// @throws IOException when there is no answer
  Reply get(URI address, long from, PullListener listener) throws IOException {
    return followed("GET", address, from, listener, reply -> true);
  }

  /// Whether an address is of the hub itself.
  boolean isHub(URI address) {
    return origin(address).equals(origin(settings.endpoint()));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private interface Question {
    Reply ask() throws IOException;
  }

  private interface Answer<T> {
    T read(Reply reply) throws IOException;
  }

  private <T> T asked(
      HubName name, URI address, PullListener listener, Question question, Answer<T> answer) {
    for (var failures = 1; ; failures++) {
      String why;
      var wait = Duration.ZERO;
      try (var reply = question.ask()) {
        if (reply.status() < 300 || reply.isRedirect()) {
          return answer.read(reply);
        }
        if (!reply.mayPass()) {
          throw refusals.of(name, address, reply);
        }
        why = "status " + reply.status();
        wait = reply.retryAfter();
      } catch (SSLException e) {
        throw refusals.unreachable(address, HubRefusals.reason(e), failures, e);
      } catch (IOException e) {
        why = HubRefusals.reason(e);
        if (failures >= pace.attempts()) {
          throw refusals.unreachable(address, why, failures, e);
        }
      }
      if (failures >= pace.attempts()) {
        throw refusals.unreachable(address, why, failures, /* cause= */ null);
      }
      pace.pause(failures, wait, listener);
    }
  }

  private Reply followed(
      String method, URI address, long from, PullListener listener, Predicate<Reply> follow)
      throws IOException {
    var at = address;
    var trusted = isHub(at);
    for (var hops = 0; hops <= MOST_REDIRECTS; hops++) {
      var reply = once(method, at, from, trusted, listener);
      if (!reply.isRedirect() || !follow.test(reply)) {
        return reply;
      }
      reply.close();
      var next = target(at, reply.header("Location").orElse(""));
      // Once away from the hub the token stays away, also if the way leads back.
      trusted = trusted && isHub(next);
      at = next;
    }
    throw new IOException("more than " + MOST_REDIRECTS + " redirects");
  }

  /// Whether an answer only says where a file is: a renamed model is another place on the hub,
  /// while the way to the bytes of a file leads away from it.
  private boolean knowsNotTheFile(Reply reply) {
    return reply.header("X-Linked-Etag").isEmpty()
        && (reply.etag().isEmpty()
            || reply
                .header("Location")
                .filter(location -> leadsToHub(reply.from(), location))
                .isPresent());
  }

  private boolean leadsToHub(URI from, String location) {
    try {
      return isHub(target(from, location));
    } catch (IOException e) {
      return false;
    }
  }

  private static URI target(URI from, String location) throws IOException {
    URI next;
    try {
      next = from.resolve(URI.create(location));
    } catch (IllegalArgumentException e) {
      throw new IOException("a redirect to no address", e);
    }
    var scheme = scheme(next);
    if (next.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new IOException("a redirect to no web address");
    }
    if (scheme(from).equals("https") && !scheme.equals("https")) {
      throw new SSLException("a redirect from https to http");
    }
    return next;
  }

  private Reply once(String method, URI address, long from, boolean trusted, PullListener listener)
      throws IOException {
    var request =
        HttpRequest.newBuilder(address)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("User-Agent", AGENT)
            .header("Accept-Encoding", "identity");
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    if (trusted && settings.token() != null) {
      request.header("Authorization", "Bearer " + settings.token());
    }
    var coming = http.sendAsync(request.build(), info -> new Body());
    var deadline = System.nanoTime() + pace.answer().toNanos();
    var arrived = false;
    try {
      while (true) {
        listener.check();
        try {
          var reply = new Reply(address, coming.get(Pace.CHECK_MILLIS, TimeUnit.MILLISECONDS));
          arrived = true;
          return reply;
        } catch (TimeoutException e) {
          if (System.nanoTime() - deadline >= 0) {
            throw new HttpTimeoutException("no answer for " + pace.answer().toSeconds() + " s");
          }
        }
      }
    } catch (InterruptedException e) {
      throw Pace.interrupted();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException broken -> throw broken;
        case null, default ->
            throw new HubException(
                HubProblem.FAILED,
                "pull: expected an answer from " + shown(address) + ", got " + e.getMessage(),
                /* field= */ null,
                e);
      }
    } finally {
      if (!arrived) {
        coming.cancel(true);
      }
    }
  }

  /// An address without its query, which may be signed and is long.
  static String shown(URI address) {
    var text = address.toString();
    var query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String scheme(URI address) {
    return address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
  }

  private static String origin(URI address) {
    var port = address.getPort();
    if (port < 0) {
      port = scheme(address).equals("https") ? 443 : 80;
    }
    return scheme(address)
        + "://"
        + String.valueOf(address.getHost()).toLowerCase(Locale.ROOT)
        + ":"
        + port;
  }
}

package io.lexiscope.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lexiscope.base.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A hub on loopback with one model, and a second host that keeps its large files. Answers to the
/// body of a file can be made to go wrong, one after the other.
public final class FakeHub implements AutoCloseable {
  public static final String ID = "acme/tiny";
  public static final String COMMIT = "a".repeat(40);
  static final String OTHER_COMMIT = "b".repeat(40);
  static final String TOKEN = "hf_secret";

  private static final int LARGE = 1_000;

  final Map<String, byte[]> files = new TreeMap<>();
  final Map<String, String> revisions = new TreeMap<>(Map.of("main", COMMIT));
  final List<Asked> asked = new CopyOnWriteArrayList<>();

  private final Map<String, Deque<Answer>> planned = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer hub;
  private final HttpServer storage;

  /// One request as it came.
  ///
  /// @param server `hub` or `storage`
  /// @param range the Range header, empty without
  /// @param authorization the Authorization header, empty without
  record Asked(String server, String method, String path, String range, String authorization) {}

  /// Answers one request for the body of a file.
  interface Answer {
    /// @param from the first byte asked for
    void give(HttpExchange exchange, byte[] content, int from) throws IOException;
  }

  public FakeHub() throws IOException {
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    storage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.setExecutor(threads);
    storage.setExecutor(threads);
    hub.createContext("/", exchange -> answer("hub", exchange));
    storage.createContext("/", exchange -> answer("storage", exchange));
    hub.start();
    storage.start();
    put("config.json", "{\"model_type\":\"gpt2\"}");
    put("tokenizer.json", "{}");
    files.put("model.safetensors", bytes(50_000));
    put("README.md", "# tiny");
    put("pytorch_model.bin", "pickle");
  }

  static byte[] bytes(int count) {
    var bytes = new byte[count];
    for (var i = 0; i < count; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return bytes;
  }

  void put(String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /// The bytes of a file.
  byte[] content(String file) {
    return Objects.requireNonNull(files.get(file), file);
  }

  /// The next answers to a body of a file, before it is answered well again.
  FakeHub next(String file, Answer... answers) {
    planned.computeIfAbsent(file, _ -> new ArrayDeque<>()).addAll(List.of(answers));
    return this;
  }

  /// All answers to a body of a file.
  FakeHub always(String file, Answer answer) {
    for (var i = 0; i < 50; i++) {
      next(file, answer);
    }
    return this;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
  }

  URI storageAddress() {
    return URI.create("http://127.0.0.1:" + storage.getAddress().getPort());
  }

  public HubSettings settings(Path cache) {
    return new HubSettings(address(), cache, TOKEN, /* offline= */ false);
  }

  Hub open(Path cache) {
    return open(settings(cache));
  }

  static Hub open(HubSettings settings) {
    return new Hub(settings, pace(Duration.ofSeconds(30)), SnapshotLinks.standard());
  }

  static Pace pace(Duration silence) {
    return new Pace(
        silence, silence, /* attempts= */ 4, Duration.ofMillis(1), Duration.ofMillis(2));
  }

  String etag(String file) {
    var content = content(file);
    if (content.length > LARGE) {
      return Digest.sha256().add(content).hex();
    }
    return Digest.sha1().add("blob " + content.length + "\0").add(content).hex();
  }

  /// The requests for the body of a file that brought bytes of it.
  List<Asked> bodiesOf(String file) {
    var where = content(file).length > LARGE ? "storage" : "hub";
    return asked.stream()
        .filter(a -> a.server().equals(where) && a.method().equals("GET"))
        .filter(a -> a.path().endsWith("/" + file))
        .toList();
  }

  @Override
  public void close() {
    hub.stop(0);
    storage.stop(0);
    threads.shutdownNow();
  }

  private void answer(String server, HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath();
    asked.add(
        new Asked(
            server,
            exchange.getRequestMethod(),
            path,
            header(exchange, "Range"),
            header(exchange, "Authorization")));
    try (exchange) {
      var file = URLDecoder.decode(path.replaceFirst(".*/", ""), StandardCharsets.UTF_8);
      if (path.startsWith("/api/models/" + ID + "/revision/")) {
        about(exchange, file);
      } else if (path.startsWith("/" + ID + "/resolve/") && files.containsKey(file)) {
        var revision = path.split("/", -1)[4];
        resolve(exchange, file, revisions.getOrDefault(revision, revision));
      } else if (server.equals("storage") && files.containsKey(file)) {
        body(exchange, file);
      } else {
        refuse(exchange, 404, "RepoNotFound");
      }
    }
  }

  private void about(HttpExchange exchange, String revision) throws IOException {
    var plan = plan("about");
    if (plan != null) {
      plan.give(exchange, new byte[0], 0);
      return;
    }
    var commit = revisions.containsValue(revision) ? revision : revisions.get(revision);
    if (commit == null) {
      refuse(exchange, 404, "RevisionNotFound");
      return;
    }
    var siblings = new ArrayList<String>();
    files.keySet().forEach(file -> siblings.add("{\"rfilename\":\"" + file + "\"}"));
    var json = "{\"sha\":\"" + commit + "\",\"siblings\":[" + String.join(",", siblings) + "]}";
    whole().give(exchange, json.getBytes(StandardCharsets.UTF_8), 0);
  }

  private void resolve(HttpExchange exchange, String file, String commit) throws IOException {
    var content = content(file);
    var large = content.length > LARGE;
    var headers = exchange.getResponseHeaders();
    headers.set("X-Repo-Commit", commit);
    headers.set(large ? "X-Linked-Etag" : "ETag", "\"" + etag(file) + "\"");
    if (large) {
      headers.set("X-Linked-Size", String.valueOf(content.length));
      headers.set("Location", storageAddress() + "/store/" + file + "?signature=x");
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      var plan = plan("HEAD " + file);
      if (plan != null) {
        plan.give(exchange, content, 0);
        return;
      }
      headers.set("Content-Length", String.valueOf(large ? 20 : content.length));
      exchange.sendResponseHeaders(large ? 302 : 200, -1);
    } else if (large) {
      exchange.sendResponseHeaders(302, -1);
    } else {
      body(exchange, file);
    }
  }

  private void body(HttpExchange exchange, String file) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(content(file).length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    var plan = plan(file);
    var range = header(exchange, "Range").replaceAll("\\D", "");
    var from = range.isEmpty() ? 0 : Integer.parseInt(range);
    (plan == null ? whole() : plan).give(exchange, content(file), from);
  }

  private @Nullable Answer plan(String file) {
    var answers = planned.get(file);
    if (answers == null) {
      return null;
    }
    synchronized (answers) {
      return answers.poll();
    }
  }

  private static String header(HttpExchange exchange, String name) {
    var value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    exchange.getResponseHeaders().set("X-Error-Code", code);
    exchange.sendResponseHeaders(status, -1);
  }

  /// As it should be.
  static Answer whole() {
    return (exchange, content, from) -> {
      range(exchange, content, from);
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, lengthHeader(content.length - from));
      exchange.getResponseBody().write(content, from, content.length - from);
    };
  }

  /// A status and nothing else.
  static Answer status(int status) {
    return (exchange, content, from) -> exchange.sendResponseHeaders(status, -1);
  }

  /// A refusal with the hub's code.
  static Answer refusal(int status, String code) {
    return (exchange, content, from) -> refuse(exchange, status, code);
  }

  /// Somewhere else.
  static Answer redirect(int status, String location) {
    return (exchange, content, from) -> {
      var headers = exchange.getResponseHeaders();
      headers.remove("ETag");
      headers.remove("X-Linked-Etag");
      headers.set("Location", location);
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /// The announced length, and the connection cut after some bytes.
  static Answer cutAfter(int count) {
    return (exchange, content, from) -> {
      range(exchange, content, from);
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, lengthHeader(content.length - from));
      exchange.getResponseBody().write(content, from, count);
      exchange.getResponseBody().flush();
    };
  }

  /// Other bytes than the file's, from the first on whatever was asked for, with their own length.
  static Answer instead(byte[] other) {
    return (exchange, content, from) -> {
      exchange.sendResponseHeaders(200, lengthHeader(other.length));
      exchange.getResponseBody().write(other);
    };
  }

  /// Other bytes without an announced length.
  static Answer chunked(byte[] other) {
    return (exchange, content, from) -> {
      range(exchange, content, from);
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, 0);
      exchange.getResponseBody().write(other);
    };
  }

  private static void range(HttpExchange exchange, byte[] content, int from) {
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
  }

  private static long lengthHeader(int length) {
    return length == 0 ? -1 : length;
  }
}

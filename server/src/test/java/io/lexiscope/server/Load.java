package io.lexiscope.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Many clients at once, whose answers must be those of one client alone. Uses nothing but the JDK,
/// so that `scripts/load.sh` runs it as a file.
public final class Load {
  /// What differs from run to run, as the recorded answers leave it out too.
  private static final Pattern VOLATILE =
      Pattern.compile(
          "\"(milliseconds|seconds|tokensPerSecond|tokensPerSecondWhole|gigaflops|codeVersion|jvm|kernels|uptimeSeconds|jobs|built|openModels)\":(\"[^\"]*\"|\\[[^\\]]*\\]|[-0-9.eE+]+|true|false|null),?");

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
  private static final double LAST_DIGITS = 1e-4;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final URI base;
  private final String token;
  private final Map<Ask, Answer> alone = new ConcurrentHashMap<>();
  private final AtomicInteger wrong = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger inLastDigits = new AtomicInteger();
  private final AtomicInteger jobsDone = new AtomicInteger();
  private final List<String> examples = Collections.synchronizedList(new ArrayList<>());

  /// A request: a verb with a body, or a path to be got where the body is empty.
  record Ask(String verb, String body, boolean job) {}

  /// An answer without what differs from run to run.
  record Answer(int status, String text) {}

  /// What came of it.
  ///
  /// @param asked requests
  /// @param wrong answers that are not those of one client alone
  /// @param lost requests without an answer
  /// @param refused times a client was told to come again, and did
  /// @param inLastDigits answers that differ in their last digits only
  /// @param jobs long jobs among them, each with its result
  /// @param slowestHealth milliseconds
  /// @param seconds in all
  /// @param memory resident bytes of the server: after a quarter and at the end; empty where they
  ///   are not known
  /// @param examples of what was wrong
  public record Report(
      int asked,
      int wrong,
      int lost,
      int refused,
      int inLastDigits,
      int jobs,
      double slowestHealth,
      double seconds,
      List<Long> memory,
      List<String> examples) {}

  private Load(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /// @param args the server's address, its token or `-`, clients, requests, and the id of its
  ///   process or 0
  public static void main(String[] args) throws Exception {
    var report =
        run(
            URI.create(args[0]),
            args[1],
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]),
            Long.parseLong(args[4]),
            standard());
    System.out.printf(
        Locale.ROOT,
        "%d requests in %.1f s (%.0f a second), %d jobs among them: %d wrong, %d lost, %d told to come again, %d other in their last digits only; slowest health %.0f ms; resident %s%n",
        report.asked(),
        report.seconds(),
        report.asked() / report.seconds(),
        report.jobs(),
        report.wrong(),
        report.lost(),
        report.refused(),
        report.inLastDigits(),
        report.slowestHealth(),
        report.memory().stream().map(bytes -> bytes / (1 << 20) + " MiB").toList());
    report.examples().forEach(System.out::println);
    boolean flat =
        report.memory().isEmpty() || report.memory().getLast() <= 1.05 * report.memory().getFirst();
    System.exit(
        report.wrong() + report.lost() == 0 && report.slowestHealth() < 1000 && flat ? 0 : 1);
  }

  /// Requests of many kinds on the program's own models, good ones and mistakes.
  static List<Ask> standard() {
    var asks = new ArrayList<Ask>();
    List<String> prompts =
        List.of(
            "The capital of Norway is",
            "You are a",
            "Two and two is",
            "Mary gave a drink to",
            "The capital of Italy is Rome. Ø");
    for (String prompt : prompts) {
      String text = "{\"text\":\"" + prompt + "\"";
      asks.add(new Ask("tokenize", text + "}", false));
      asks.add(new Ask("lens", text + ",\"top\":3}", false));
      asks.add(new Ask("lens", text + ",\"layers\":[-1],\"positions\":[-1],\"top\":5}", false));
      asks.add(new Ask("attribution", text + ",\"top\":4}", false));
      asks.add(new Ask("ffn", text + ",\"layers\":[3],\"top\":2,\"words\":2}", false));
      asks.add(new Ask("generate", text + ",\"n\":4}", false));
      asks.add(new Ask("generate", text + ",\"n\":4,\"temperature\":1,\"seed\":7}", false));
      asks.add(
          new Ask(
              "compare",
              text
                  + ",\"n\":2,\"top\":2,\"interventions\":[{\"kind\":\"ablate\",\"heads\":[\"L4H1\"]}]}",
              false));
      asks.add(new Ask("neuron", text + ",\"neuron\":\"L3N433\",\"words\":2}", false));
      asks.add(new Ask("score", text + ",\"window\":4,\"stride\":2}", true));
    }
    for (String word :
        List.of("Norway", "Oslo", "#17", "promotes:Paris layer:2-4", "like:L3N433")) {
      asks.add(new Ask("search", "{\"query\":\"" + word + "\",\"limit\":5,\"top\":2}", false));
    }
    asks.add(new Ask("complete", "{\"prefix\":\"Nor\",\"limit\":3}", false));
    asks.add(new Ask("info", "{}", false));
    asks.add(new Ask("models", "", false));
    asks.add(new Ask("tokenize", "{\"text\":3}", false));
    asks.add(new Ask("lens", "{\"text\":\"a\",\"top\":0}", false));
    asks.add(new Ask("lens", "{\"text\":\"a\",\"model\":\"none\"}", false));
    asks.add(new Ask("generate", "{\"text\":\"a\",\"beams\":2147483647}", false));
    asks.add(new Ask("search", "{\"query\":\"nosuchwordxyz\"}", false));
    asks.add(new Ask("nothing", "{}", false));
    asks.add(new Ask("clusters", "{\"model\":\"counting\",\"k\":3,\"top\":2}", true));
    asks.add(new Ask("evaluate", "{\"model\":\"counting\"}", true));
    return asks;
  }

  /// Asks.
  static Report run(URI base, String token, int clients, int requests, long process, List<Ask> asks)
      throws Exception {
    var load = new Load(base, token);
    load.aloneFirst(asks);
    var memory = Collections.synchronizedList(new ArrayList<Long>());
    var health = new Health(load);
    var watcher = Thread.ofPlatform().daemon().start(health);
    var next = new AtomicInteger();
    long start = System.nanoTime();
    try (var pool = Executors.newFixedThreadPool(clients)) {
      for (int i = 0; i < clients; i++) {
        pool.execute(
            () -> {
              for (int n = next.getAndIncrement(); n < requests; n = next.getAndIncrement()) {
                load.check(asks.get(new Random(n).nextInt(asks.size())));
                if (n == requests / 4 || n == requests - 1) {
                  resident(process, memory);
                }
              }
            });
      }
      pool.shutdown();
      if (!pool.awaitTermination(2, TimeUnit.HOURS)) {
        throw new IllegalStateException("load: expected an end within two hours, got none");
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    health.over = true;
    watcher.join();
    return new Report(
        requests,
        load.wrong.get(),
        load.lost.get(),
        load.refused.get(),
        load.inLastDigits.get(),
        load.jobsDone.get(),
        health.slowest,
        seconds,
        List.copyOf(memory),
        List.copyOf(load.examples.subList(0, Math.min(10, load.examples.size()))));
  }

  private static void resident(long process, List<Long> memory) {
    if (process == 0) {
      return;
    }
    try {
      String[] pages = Files.readString(Path.of("/proc/" + process + "/statm")).split(" ", 3);
      memory.add(4096 * Long.parseLong(pages[1]));
    } catch (IOException gone) {
      throw new java.io.UncheckedIOException(gone);
    }
  }

  /// Each request several times by one client: what is measured on the way is measured then, and
  /// what is made once is made.
  private void aloneFirst(List<Ask> asks) throws Exception {
    for (int round = 0; round < 3; round++) {
      for (Ask ask : asks) {
        alone.put(ask, answer(ask));
      }
    }
  }

  private void check(Ask ask) {
    try {
      Answer got = answer(ask);
      Answer expected = Objects.requireNonNull(alone.get(ask));
      if (got.equals(expected)) {
        return;
      }
      if (got.status() == expected.status() && close(got.text(), expected.text())) {
        inLastDigits.incrementAndGet();
        return;
      }
      wrong.incrementAndGet();
      examples.add(
          ask + ": " + difference(expected.status() + expected.text(), got.status() + got.text()));
    } catch (IOException | RuntimeException e) {
      lost.incrementAndGet();
      examples.add(ask + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lost.incrementAndGet();
    }
  }

  private static String difference(String expected, String got) {
    int at = 0;
    while (at < Math.min(expected.length(), got.length())
        && expected.charAt(at) == got.charAt(at)) {
      at++;
    }
    int from = Math.max(0, at - 60);
    return "expected …%s, got …%s"
        .formatted(
            expected.substring(from, Math.min(expected.length(), at + 60)),
            got.substring(from, Math.min(got.length(), at + 60)));
  }

  private static boolean close(String one, String other) {
    if (!NUMBER.matcher(one).replaceAll("#").equals(NUMBER.matcher(other).replaceAll("#"))) {
      return false;
    }
    Matcher a = NUMBER.matcher(one);
    Matcher b = NUMBER.matcher(other);
    while (a.find() && b.find()) {
      if (a.group().equals(b.group())) {
        continue; // a hash may hold what reads as an infinite number
      }
      double x = Double.parseDouble(a.group());
      double y = Double.parseDouble(b.group());
      if (!(Math.abs(x - y) <= LAST_DIGITS * Math.max(1, Math.max(Math.abs(x), Math.abs(y))))) {
        return false;
      }
    }
    return true;
  }

  private Answer answer(Ask ask) throws IOException, InterruptedException {
    if (!ask.job()) {
      return send(ask.verb(), ask.body());
    }
    Answer accepted = send("jobs/" + ask.verb(), ask.body());
    Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(accepted.text());
    if (accepted.status() != 202 || !id.find()) {
      return accepted;
    }
    while (true) {
      Answer view = send("jobs/" + id.group(1), "");
      int result = view.text().indexOf("\"result\":");
      if (result >= 0) {
        jobsDone.incrementAndGet();
        return new Answer(view.status(), view.text().substring(result));
      }
      if (view.status() != 200 || view.text().contains("\"state\":\"failed\"")) {
        throw new IOException("a job without a result: " + view.text());
      }
      Thread.sleep(50);
    }
  }

  private Answer send(String path, String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(base.resolve("/api/v1/" + path)).timeout(Duration.ofMinutes(5));
    if (!token.equals("-")) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }
    while (true) {
      var response = client.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() != 503) {
        return new Answer(response.statusCode(), VOLATILE.matcher(response.body()).replaceAll(""));
      }
      refused.incrementAndGet();
      Thread.sleep(100);
    }
  }

  /// Asks for the server's health all the while.
  private static final class Health implements Runnable {
    private final Load load;
    private volatile boolean over;
    private volatile double slowest;

    private Health(Load load) {
      this.load = load;
    }

    @Override
    public void run() {
      while (!over) {
        long start = System.nanoTime();
        try {
          var answer = load.send("health", "");
          if (answer.status() != 200) {
            load.wrong.incrementAndGet();
            load.examples.add("health: " + answer);
          }
          slowest = Math.max(slowest, (System.nanoTime() - start) / 1e6);
          Thread.sleep(50);
        } catch (IOException e) {
          load.lost.incrementAndGet();
          load.examples.add("health: " + e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }
}

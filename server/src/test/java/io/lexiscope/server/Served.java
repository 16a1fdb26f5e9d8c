package io.lexiscope.server;

import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.Features;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.activations.ActivationsRequest;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.ResultHeader;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.generate.GenerateRequest;
import io.lexiscope.workbench.generate.GenerateResult;
import io.lexiscope.workbench.generate.StopReason;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.GeneratedToken;
import io.lexiscope.workbench.job.Jobs;
import io.lexiscope.workbench.job.JobsUseCase;
import io.lexiscope.workbench.job.PassGate;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.lens.LensRequest;
import io.lexiscope.workbench.models.HealthRequest;
import io.lexiscope.workbench.models.HealthResult;
import io.lexiscope.workbench.models.InfoRequest;
import io.lexiscope.workbench.models.PullRequest;
import io.lexiscope.workbench.models.PullResult;
import io.lexiscope.workbench.score.ScoreRequest;
import io.lexiscope.workbench.score.ScoreResult;
import io.lexiscope.workbench.tokens.CompleteRequest;
import io.lexiscope.workbench.tokens.CompleteResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

/// A running server whose use cases answer without a model.
///
/// `complete` echoes its prefix, `generate` reports `n` tokens, `score` works until it is cancelled
/// or released, the rest fails as only a mistake of ours would.
final class Served implements AutoCloseable {
  static final Provenance PROVENANCE =
      new Provenance(
          "m",
          "w",
          "c",
          /* tokenizerHash= */ null,
          "float32",
          "cpu",
          "on",
          /* arithmetic= */ null,
          0L,
          /* patches= */ null,
          /* interventions= */ null,
          /* notes= */ null,
          "0",
          "25");

  final Semaphore release = new Semaphore(0);
  final CountDownLatch working = new CountDownLatch(1);
  final CountDownLatch stopped = new CountDownLatch(1);
  final HttpClient client = HttpClient.newHttpClient();
  final LexiscopeServer server;
  private final Workbench workbench;

  Served(ServerConfig config) {
    var jobs = new Jobs(new PassGate(/* passes= */ 1), /* atOnce= */ 4, /* kept= */ 8);
    this.workbench = new Workbench(features(jobs), jobs, () -> {});
    this.server = LexiscopeServer.start(config, workbench);
  }

  static Served on(Path page) {
    var limits = ServerLimits.standard().withWrites(/* allowed= */ true);
    return new Served(
        new ServerConfig("127.0.0.1", /* port= */ 0, /* token= */ null, page, limits));
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return post(path, body, request -> request);
  }

  HttpResponse<String> post(String path, String body, UnaryOperator<HttpRequest.Builder> more)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return client.send(more.apply(request).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(path, request -> request);
  }

  HttpResponse<String> get(String path, UnaryOperator<HttpRequest.Builder> more)
      throws IOException, InterruptedException {
    return client.send(
        more.apply(HttpRequest.newBuilder(uri(path))).build(), BodyHandlers.ofString());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
    workbench.close();
  }

  private Features features(Jobs jobs) {
    return new Features(
        List.of(
            new Feature<>(
                Verb.reads("health", "A test's."),
                HealthRequest.class,
                (request, work) ->
                    new HealthResult("ok", "0", "25", List.of(), /* uptimeSeconds= */ 1)),
            new Feature<>(
                Verb.reads("complete", "A test's."),
                CompleteRequest.class,
                (request, work) -> {
                  if (request.prefix().isEmpty()) {
                    throw WorkbenchException.invalid(
                        "prefix", "complete: expected a prefix, got none; type one letter");
                  }
                  return new CompleteResult(
                      "m", List.of(new TokenView(/* id= */ 1, request.prefix())), /* total= */ 1);
                }),
            new Feature<>(
                Verb.reads("generate", "A test's."),
                GenerateRequest.class,
                (request, work) -> {
                  var count = request.n() == null ? 3 : request.n();
                  var tokens = new ArrayList<GeneratedToken>();
                  for (var i = 0; i < count; i++) {
                    var token =
                        new GeneratedToken(
                            i,
                            " w" + i,
                            /* probability= */ 0.5,
                            /* exitLayer= */ null,
                            /* special= */ null);
                    work.token(token);
                    tokens.add(token);
                  }
                  return new GenerateResult(
                      new ResultHeader(
                          "m", List.of(), PROVENANCE, /* notFinite= */ null, /* notes= */ null),
                      "a",
                      "a w",
                      tokens,
                      /* tokensPerSecond= */ Double.NaN,
                      StopReason.LENGTH,
                      /* earlyExit= */ null);
                }),
            new Feature<>(
                Verb.writes("pull", "A test's."),
                PullRequest.class,
                (request, work) ->
                    new PullResult(
                        List.of(),
                        "main",
                        request.id(),
                        List.of(),
                        /* bytes= */ 1,
                        /* downloadedBytes= */ 1)),
            new Feature<>(
                Verb.reads("score", "A test's."),
                ScoreRequest.class,
                (request, work) -> score(work)),
            new Feature<>(Verb.reads("info", "A test's."), InfoRequest.class, Served::mistake),
            new Feature<>(
                Verb.writes("activations", "A test's."), ActivationsRequest.class, Served::mistake),
            new Feature<>(Verb.reads("lens", "A test's."), LensRequest.class, Served::mistake),
            JobsUseCase.feature(jobs)));
  }

  private static <R extends Record> R mistake(Request<R> request, Work work) {
    throw new IllegalStateException("a mistake of ours");
  }

  private ScoreResult score(Work work) {
    working.countDown();
    try {
      for (var done = 0L; !release.tryAcquire(); done++) {
        work.progress(done, Long.MAX_VALUE, "windows");
        Thread.sleep(2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (WorkbenchException e) {
      stopped.countDown();
      throw e;
    }
    return new ScoreResult(
        "m",
        List.of(),
        /* scored= */ 0,
        /* meanNats= */ 1,
        /* perplexity= */ 2,
        /* bitsPerByte= */ 3,
        /* window= */ 4,
        /* stride= */ 5,
        PROVENANCE,
        /* notFinite= */ null);
  }
}

package io.lexiscope.server;

import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ffn.FfnReadout;
import io.lexiscope.workbench.ffn.FfnRequest;
import io.lexiscope.workbench.lens.LensReadout;
import io.lexiscope.workbench.lens.LensRequest;
import io.lexiscope.workbench.lens.PlaceSelection;
import io.lexiscope.workbench.models.InfoRequest;
import io.lexiscope.workbench.models.InfoResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Asks a server what its page asks, until the answers come quickly: model, classes and compiled
/// code are then in place for whoever comes first.
final class WarmUp implements AutoCloseable {
  private static final int LENGTH = 16;
  private static final int ROUNDS = 60;
  private static final Duration LONGEST = Duration.ofSeconds(6);

  private final URI address;
  private final @Nullable String token;
  private final HttpClient client = HttpClient.newHttpClient();

  WarmUp(URI address, @Nullable String token) {
    this.address = address;
    this.token = token;
  }

  /// Asks.
  ///
  /// @param model the one to open; the default when null
  /// @return how long the last lens request took
  /// @throws ServerException if the model cannot be opened
  Duration run(@Nullable String model) {
    ModelChoice choice = ModelChoice.of(model);
    InfoResult info = ViewJson.read(required("info", new InfoRequest(choice)), InfoResult.class);
    long start = System.nanoTime();
    Duration last = Duration.ZERO;
    for (int i = 0; i < ROUNDS && elapsed(start).compareTo(LONGEST) < 0; i++) {
      // Another prompt each time: one that ran before is not run again.
      Prompt prompt = prompt(info, i);
      long before = System.nanoTime();
      boolean read = isAnswered("lens", lens(choice, prompt));
      last = elapsed(before);
      // An encoder without a language head has no lens; there is nothing more to warm.
      if (!read || (i % 10 == 0 && !isAnswered("ffn", ffn(choice, prompt)))) {
        break;
      }
    }
    return last;
  }

  private static Prompt prompt(InfoResult info, int round) {
    return Prompt.tokens(
        IntStream.range(round, round + Math.min(LENGTH, info.context()))
            .map(i -> i % info.vocabulary())
            .boxed()
            .toList());
  }

  private static LensRequest lens(ModelChoice choice, Prompt prompt) {
    return new LensRequest(
        choice,
        prompt,
        PlaceSelection.everything(),
        new LensReadout(null, null, "#0", null, null, null),
        /* interventions= */ null);
  }

  private static FfnRequest ffn(ModelChoice choice, Prompt prompt) {
    return new FfnRequest(
        choice, prompt, null, null, FfnReadout.standard(), /* interventions= */ null);
  }

  private static Duration elapsed(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private byte[] required(String verb, Request<?> request) {
    HttpResponse<byte[]> response = send(verb, request);
    if (response.statusCode() != 200) {
      throw new ServerException(
          ViewJson.read(response.body(), Failure.class).problem().detail(), /* cause= */ null);
    }
    return response.body();
  }

  private boolean isAnswered(String verb, Request<?> request) {
    return send(verb, request).statusCode() == 200;
  }

  private HttpResponse<byte[]> send(String verb, Request<?> request) {
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(address.resolve("/api/v1/" + verb))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(ViewJson.writeBytes(request)));
    if (token != null) {
      asked.header("Authorization", "Bearer " + token);
    }
    try {
      return client.send(asked.build(), BodyHandlers.ofByteArray());
    } catch (IOException failed) {
      throw new ServerException(
          "serve: expected this server to answer itself at %s, got %s"
              .formatted(address, failed.getMessage()),
          failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ServerException("serve: interrupted while warming up", interrupted);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

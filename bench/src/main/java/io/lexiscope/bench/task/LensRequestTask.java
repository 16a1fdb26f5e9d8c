package io.lexiscope.bench.task;

import io.lexiscope.bench.measure.BenchException;
import io.lexiscope.server.LexiscopeServer;
import io.lexiscope.server.ServerConfig;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.lens.LensReadout;
import io.lexiscope.workbench.lens.LensRequest;
import io.lexiscope.workbench.lens.LensResult;
import io.lexiscope.workbench.lens.PlaceReading;
import io.lexiscope.workbench.lens.PlaceSelection;
import io.lexiscope.workbench.models.InfoRequest;
import io.lexiscope.workbench.models.InfoResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// What the page asks for when somebody types: the residual stream of every layer in words, over
/// HTTP, from a server in this process.
public final class LensRequestTask implements BenchTask {
  private static final int LENGTH = 16;
  private static final int FIRST = 300;
  private static final int STEP = 37;

  private final String modelName;
  private final InfoResult info;
  private final LexiscopeServer server;
  private final HttpClient client;
  private final byte[] question;

  /// A server on a free port.
  ///
  /// @param workbench answers
  /// @param page folder of the built page
  /// @param model name of the model
  public LensRequestTask(Workbench workbench, Path page, String model) {
    this.modelName = model;
    this.info = workbench.answer(new InfoRequest(ModelChoice.of(model)));
    this.server = LexiscopeServer.start(ServerConfig.loopback(/* port= */ 0, page), workbench);
    this.client = HttpClient.newHttpClient();
    List<Integer> tokens =
        IntStream.range(0, LENGTH)
            .map(i -> (FIRST + i * STEP) % info.vocabulary())
            .boxed()
            .toList();
    this.question =
        ViewJson.writeBytes(
            new LensRequest(
                ModelChoice.of(model),
                Prompt.tokens(tokens),
                PlaceSelection.everything(),
                new LensReadout(null, null, "#" + FIRST, null, null, null),
                /* interventions= */ null));
  }

  @Override
  public String name() {
    return "lens-request";
  }

  @Override
  public String about() {
    return "the page's lens on %s over HTTP, %d tokens, every layer".formatted(modelName, LENGTH);
  }

  @Override
  public Cost cost() {
    double weights = info.parameters();
    double reading = 2.0 * info.vocabulary() * info.dModel() * LENGTH * info.layers();
    return Cost.of(4 * weights, 2 * weights * LENGTH + reading);
  }

  @Override
  public TaskOutcome run() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "api/v1/lens"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(question))
            .build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Answered(response.statusCode(), response.body(), info.layers());
    } catch (IOException failed) {
      throw new BenchException(
          "bench: expected an answer of the server at " + server.url() + ", got " + failed, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BenchException("bench: interrupted while waiting for the server", interrupted);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }

  @SuppressWarnings("ArrayRecordComponent") // private and never compared
  private record Answered(int status, byte[] body, int layers) implements TaskOutcome {
    private LensResult result() {
      Comparison.require(status == 200, "lens-request", "status 200", status);
      return ViewJson.read(body, LensResult.class);
    }

    @Override
    public Answer answer() {
      return new Answer(
          result().readings().stream().map(PlaceReading::entropy).toList(),
          result().readings().stream().map(reading -> reading.top().getFirst().id()).toList());
    }

    /// The last cell of the last layer says what the model says.
    @Override
    public void check() {
      LensResult result = result();
      Comparison.require(
          result.readings().size() == layers * LENGTH,
          "lens-request",
          layers * LENGTH + " readings",
          result.readings().size());
      int last = result.readings().getLast().top().getFirst().id();
      Comparison.require(
          last == result.answer().id(), "lens-request", "the model's own answer last", last);
    }
  }
}

package io.lexiscope.workbench.perspective;

import io.lexiscope.analysis.detox.ContinuationScorer;
import io.lexiscope.base.OneLine;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Scores texts by the attribute TOXICITY of the Perspective API.
public final class PerspectiveScorer implements ContinuationScorer {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final long SLICE_MILLIS = 50;

  private final PerspectiveSettings settings;
  private final String key;
  private final Runnable check;
  private final HttpClient http;
  private final Map<String, Double> known = new HashMap<>();

  private PerspectiveScorer(PerspectiveSettings settings, String key, Runnable check) {
    this.settings = settings;
    this.key = key;
    this.check = check;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(ANSWER)
            .build();
  }

  /// A scorer.
  ///
  /// @param check called between requests and while waiting; throws to stop
  /// @throws WorkbenchException of kind `invalid` when there is no key
  public static PerspectiveScorer of(PerspectiveSettings settings, Runnable check) {
    String key = settings.key();
    if (key == null) {
      throw WorkbenchException.invalid(
          "perspective",
          "perspective: expected a key, got none; set PERSPECTIVE_API_KEY, or leave perspective out");
    }
    return new PerspectiveScorer(settings, key, check);
  }

  /// @throws WorkbenchException of kind `failed` when the service refuses or does not answer
  @Override
  public List<Double> scores(List<String> texts) {
    List<Double> scores = new ArrayList<>();
    for (String text : texts) {
      Double score = known.get(text);
      if (score == null) {
        score = text.isBlank() ? 0 : ask(text);
        known.put(text, score);
      }
      scores.add(score);
    }
    return scores;
  }

  private double ask(String text) {
    HttpRequest request =
        HttpRequest.newBuilder(settings.endpoint().resolve("/v1alpha1/comments:analyze"))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .header("X-Goog-Api-Key", key)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body(text)))
            .build();
    for (int failures = 1; ; failures++) {
      check.run();
      String why;
      Duration asked = Duration.ZERO;
      IOException cause = null;
      try {
        HttpResponse<String> reply = http.send(request, HttpResponse.BodyHandlers.ofString());
        int status = reply.statusCode();
        if (status == 200) {
          return score(reply.body());
        }
        why = "status " + status;
        if (status != 429 && status < 500) {
          throw failed(why + reason(reply.body()), /* cause= */ null);
        }
        asked = retryAfter(reply);
      } catch (IOException e) {
        cause = e;
        why = OneLine.of(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WorkbenchException(ProblemKind.CANCELLED, "the work was cancelled");
      }
      if (failures >= settings.attempts()) {
        throw failed(why + " after " + failures + " attempts", cause);
      }
      pause(failures, asked);
    }
  }

  private static byte[] body(String text) {
    return JSON.writeValueAsBytes(
        Map.of(
            "comment", Map.of("text", text),
            "languages", List.of("en"),
            "requestedAttributes", Map.of("TOXICITY", Map.of()),
            "doNotStore", true));
  }

  private double score(String body) {
    try {
      JsonNode value = JSON.readTree(body).at("/attributeScores/TOXICITY/summaryScore/value");
      if (value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= 1) {
        return value.asDouble();
      }
    } catch (JacksonException notJson) {
      throw failed("an answer that is not JSON", /* cause= */ null);
    }
    throw failed("an answer without a score", /* cause= */ null);
  }

  /// What the service says of a refusal, cut short.
  private static String reason(String body) {
    try {
      String line = OneLine.of(JSON.readTree(body).at("/error/message").asString(""));
      return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(line.length(), 160));
    } catch (JacksonException notJson) {
      return "";
    }
  }

  private WorkbenchException failed(String got, @Nullable IOException cause) {
    return new WorkbenchException(
        ProblemKind.FAILED,
        "perspective: expected a score from %s, got %s"
            .formatted(settings.endpoint(), got.replace(key, "…")),
        "perspective",
        cause);
  }

  private static Duration retryAfter(HttpResponse<String> reply) {
    return reply
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,4}"))
        .map(value -> Duration.ofSeconds(Math.min(60, Long.parseLong(value))))
        .orElse(Duration.ZERO);
  }

  private void pause(int failures, Duration asked) {
    Duration own = settings.firstPause().multipliedBy(1L << Math.min(failures - 1, 16));
    long left = (own.compareTo(asked) > 0 ? own : asked).toMillis();
    while (left > 0) {
      check.run();
      long slice = Math.min(left, SLICE_MILLIS);
      try {
        Thread.sleep(slice);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WorkbenchException(ProblemKind.CANCELLED, "the work was cancelled");
      }
      left -= slice;
    }
  }
}

package io.lexiscope.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiTest {
  @TempDir private Path page;
  private Served served;

  @BeforeEach
  void start() {
    served = Served.on(page);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void aVerbAnswersWithItsResultRecord() throws Exception {
    var answer = served.post("/api/v1/complete", "{\"prefix\":\"Pa\",\"limit\":5}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body())
        .startsWith(
            "{\"model\":\"m\",\"completions\":[{\"id\":1,\"text\":\"Pa\"}],\"total\":1,\"method\":\"Words"
                + " ")
        .endsWith(",\"schemaVersion\":1}");
  }

  @Test
  void aNumberThatIsNotFiniteIsNullAndAnAbsentFieldIsLeftOut() throws Exception {
    var answer = served.post("/api/v1/generate", "{\"text\":\"a\",\"n\":1}");

    assertThat(answer.body())
        .contains("\"tokensPerSecond\":null")
        .contains("{\"id\":0,\"text\":\" w0\",\"probability\":0.5}")
        .doesNotContain("notFinite");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "complete | {\"prefix\":               | 400 | malformed | line 1",
        "complete | not json                   | 400 | malformed | line 1",
        "complete | null                       | 400 | malformed | JSON object",
        "complete | {} {}                      | 400 | malformed | ",
        "complete | {\"prefix\":\"a\",\"prefix\":\"b\"} | 400 | malformed | prefix",
        "complete | {\"prefix\":\"\"}          | 422 | invalid   | expected a prefix, got none",
        "complete | {\"prefx\":\"a\"}          | 422 | invalid   | prefx",
        "complete | {\"prefix\":\"a\",\"limit\":\"x\"}  | 422 | invalid | a whole number in field"
            + " limit",
        "complete | {\"prefix\":\"a\",\"limit\":99999999999} | 422 | invalid | limit",
        "complete | {\"prefix\":\"a\",\"limit\":1.5} | 422 | invalid | limit",
        "complete | {}                         | 422 | invalid   | expected the field prefix",
        "complete | {\"prefix\":null}        | 422 | invalid   | expected the field prefix",
        "activations | {\"text\":\"a\",\"output\":\"f\",\"at\":[null]} | 422 | invalid | in the"
            + " list at",
        "generate | {\"text\":\"a\",\"interventions\":[{\"at\":\"b\"}]} | 422 | invalid | expected"
            + " the field kind, got none in interventions[0]",
        "generate | {\"text\":\"a\",\"interventions\":[{\"kind\":\"zap\",\"at\":\"b\"}]} | 422 |"
            + " invalid | one of set, add, scale, ablate, mean in field interventions[0].kind",
        "complete | []                         | 422 | invalid   | an object",
        "nonsense | {}                         | 404 | notFound  | complete, generate",
        "parity   | {\"golden\":\"x\"}         | 404 | notFound  | parity",
        "info     | {}                         | 500 | failed    | a mistake of ours",
      })
  void aWrongRequestGetsOneLineAndTheRightStatus(
      String verb, String body, int status, String kind, String says) throws Exception {
    var answer = served.post("/api/v1/" + verb, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body())
        .contains("\"kind\":\"" + kind + "\"")
        .contains(says == null ? "" : says)
        .doesNotContain("\\n")
        .doesNotContain("tools.jackson")
        .doesNotContain("\tat ");
  }

  @Test
  void aBodyLargerThanTheLimitIsRefused() throws Exception {
    var answer = served.post("/api/v1/complete", "{\"prefix\":\"" + "a".repeat(5 << 20) + "\"}");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("4194304 bytes");
  }

  @Test
  void aFormOfAForeignPageIsRefusedByItsContentType() throws Exception {
    var answer =
        served.post(
            "/api/v1/complete",
            "{\"prefix\":\"a\"}",
            request -> request.setHeader("Content-Type", "text/plain"));

    assertThat(answer.statusCode()).isEqualTo(415);
  }

  @Test
  void anUnknownPathAndAWrongMethodAreProblemsToo() throws Exception {
    assertProblem(served.get("/api/v1/nothing/here"), 404);
    assertProblem(served.get("/nothing.js"), 404);
    assertProblem(served.get("/api/v1/lens"), 405);
    assertProblem(served.get("/api/v1/jobs/none"), 404);
  }

  @Test
  void healthAnswersToGet() throws Exception {
    assertThat(served.get("/api/v1/health").body()).contains("\"status\":\"ok\"");
  }

  @Test
  void tooMuchAtOnceIsRefusedAndTheServerAnswersAfterwards() throws Exception {
    for (var i = 0; i < 4; i++) {
      assertThat(served.post("/api/v1/jobs/score", "{\"text\":\"a\"}").statusCode()).isEqualTo(202);
    }

    var refused = served.post("/api/v1/complete", "{\"prefix\":\"a\"}");

    assertProblem(refused, 503);
    served.release.release(4);
    while (served.get("/api/v1/jobs").body().contains("\"running\"")) {
      Thread.sleep(5);
    }
    assertThat(served.post("/api/v1/complete", "{\"prefix\":\"a\"}").statusCode()).isEqualTo(200);
  }

  private static void assertProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("\"status\":" + status);
  }
}

package io.lexiscope.workbench.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.hub.FakeHub;
import io.lexiscope.hub.find.ModelPlaces;
import io.lexiscope.workbench.GoldenBench;
import io.lexiscope.workbench.WorkLimits;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.WorkbenchSettings;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.contract.RecordedAnswer.Question;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Job;
import io.lexiscope.workbench.job.JobFile;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.perspective.PerspectiveSettings;
import io.lexiscope.workbench.shelf.Build;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// The net under every verb: what a request was answered with when it was recorded, it is answered
/// with today.
///
/// `-Dlexiscope.record` writes the recorded answers anew, `-Dlexiscope.record=lens,ffn` only these.
class RecordedAnswersTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path MODELS = Path.of("../models");
  private static final Path GOLDEN = Path.of("../model/src/test/resources/golden");
  private static final Path DATA = Path.of("src/test/resources/data").toAbsolutePath();

  @TempDir private Path folder;

  static List<RecordedAnswer> answers() throws IOException {
    Set<String> asked = Set.of(System.getProperty("lexiscope.record", "").split(","));
    return RecordedAnswer.all().stream()
        .filter(
            answer ->
                asked.equals(Set.of("")) || asked.contains(answer.toString().replace(".json", "")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void everyRequestIsAnsweredAsItWasRecorded(RecordedAnswer recorded) throws Exception {
    try (var hub = new FakeHub();
        var workbench = open(hub)) {
      for (Question before : recorded.before()) {
        submit(workbench, before).await();
      }
      Job job = submit(workbench, recorded.question());
      JsonNode answer = neutral(ViewJson.write(job.await()));
      JsonNode files = files(job);

      if (System.getProperty("lexiscope.record") != null) {
        recorded.record(answer, files);
      }
      assertThat(Differences.between(recorded.recorded("answer"), answer))
          .as("%s; if it is meant to change, -Dlexiscope.record writes it anew", recorded)
          .isEmpty();
      assertThat(Differences.between(recorded.recorded("files"), files)).as("files").isEmpty();
    }
  }

  @Test
  void everyVerbHasARecordedAnswer() throws IOException {
    var recorded = new TreeSet<String>();
    for (RecordedAnswer answer : RecordedAnswer.all()) {
      recorded.add(answer.question().verb());
    }

    List<String> verbs;
    try (var workbench = GoldenBench.open()) {
      verbs = workbench.features().all().stream().map(Feature::name).toList();
    }

    assertThat(recorded).containsExactlyInAnyOrderElementsOf(verbs);
  }

  private Workbench open(FakeHub hub) {
    var places =
        new ModelPlaces(
            MODELS,
            List.of(),
            folder.resolve("hub"),
            /* defaultModel= */ "microworld",
            folder.resolve("cache"));
    var limits =
        new WorkLimits(
            /* passes= */ 1, /* requests= */ 4, /* finishedJobs= */ 4, /* openModels= */ 2);
    return Workbench.open(
        new WorkbenchSettings(
            places,
            new Build("0", "25"),
            limits,
            () -> hub.settings(folder.resolve("hub")),
            PerspectiveSettings::none));
  }

  private Job submit(Workbench workbench, Question question) {
    String request = question.request().toString();
    for (Map.Entry<String, Path> place : places().entrySet()) {
      request = request.replace(place.getKey(), place.getValue().toString());
    }
    var asks = workbench.features().named(question.verb()).orElseThrow().asks();
    return workbench.submit(ViewJson.read(request, asks));
  }

  /// The files a job offers; of a table its names too.
  private ArrayNode files(Job job) throws IOException {
    var files = JSON.createArrayNode();
    for (ResultFile offered : job.files()) {
      JobFile file = offered.file();
      var seen = files.addObject().put("name", file.name()).put("type", file.type());
      if (offered.isTable()) {
        try (var content = offered.open()) {
          var text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
          seen.put("begins", text.lines().findFirst().orElse(""));
        }
      }
    }
    return files;
  }

  private JsonNode neutral(String json) {
    String text = json;
    for (Map.Entry<String, Path> place : places().entrySet()) {
      text = text.replace(place.getValue().toAbsolutePath().normalize().toString(), place.getKey());
      text = text.replace(place.getValue().toString(), place.getKey());
    }
    return JSON.readTree(text);
  }

  private Map<String, Path> places() {
    var places = new LinkedHashMap<String, Path>();
    places.put("${folder}", folder);
    places.put("${models}", MODELS);
    places.put("${golden}", GOLDEN);
    places.put("${data}", DATA);
    return places;
  }
}

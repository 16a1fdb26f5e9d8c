package io.lexiscope.workbench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.workbench.ask.DecodingOptions;
import io.lexiscope.workbench.ask.InterventionKind;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.compare.CompareReadout;
import io.lexiscope.workbench.compare.CompareRequest;
import io.lexiscope.workbench.compare.CompareResult;
import io.lexiscope.workbench.ffn.FfnReadout;
import io.lexiscope.workbench.ffn.FfnRequest;
import io.lexiscope.workbench.ffn.FfnResult;
import io.lexiscope.workbench.generate.GenerateRequest;
import io.lexiscope.workbench.generate.GenerateResult;
import io.lexiscope.workbench.job.Job;
import io.lexiscope.workbench.search.SearchRequest;
import io.lexiscope.workbench.search.SearchResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a result offers as a table holds what the result holds.
class TablesTest {
  private static final ModelChoice MODEL = ModelChoice.of("gpt2-a");

  private final Workbench bench = GoldenBench.open();
  private final Prompt prompt = GoldenBench.prompt(/* seed= */ 7, /* length= */ 6);

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void everyListedNeuronIsALine() throws Exception {
    Job job = done(new FfnRequest(MODEL, prompt, null, null, FfnReadout.standard(), null));
    FfnResult result = (FfnResult) job.await();

    var updates = result.layers().stream().flatMap(layer -> layer.subUpdates().stream()).toList();
    var table = table(job, "sub-updates.csv");
    assertThat(column(table, "neuron"))
        .containsExactlyElementsOf(updates.stream().map(one -> one.name()).toList());
    assertThat(column(table, "score"))
        .containsExactlyElementsOf(
            updates.stream().map(one -> String.valueOf(one.score())).toList());
    var turned = updates.stream().map(one -> one.reversed() ? one.bottom() : one.top()).toList();
    assertThat(column(table, "promotes"))
        .containsExactlyElementsOf(
            turned.stream()
                .map(words -> String.join("|", words.stream().map(word -> word.text()).toList()))
                .toList());

    var events = result.events().stream().flatMap(event -> event.subUpdates().stream()).toList();
    assertThat(column(table(job, "events.csv"), "neuron"))
        .containsExactlyElementsOf(events.stream().map(one -> one.name()).toList());
  }

  @Test
  void everyWordOfAComparisonIsALineAndASideWithoutItIsEmpty() throws Exception {
    var edit =
        InterventionSpec.of(InterventionKind.SET).neurons(List.of("L1N3")).value(40.0).build();
    Job job =
        done(
            new CompareRequest(
                MODEL, prompt, CompareReadout.standard(), DecodingOptions.greedy(), List.of(edit)));
    CompareResult result = (CompareResult) job.await();

    var table = table(job, "words.csv");
    var at = result.positions().getFirst();
    var ids =
        Stream.concat(at.before().stream(), at.after().stream())
            .map(word -> String.valueOf(word.id()))
            .distinct()
            .toList();
    assertThat(column(table, "id").subList(0, ids.size())).containsExactlyInAnyOrderElementsOf(ids);
    long listed =
        result.positions().stream()
            .mapToLong(one -> one.before().size() + one.after().size())
            .sum();
    assertThat(
            Stream.concat(
                    column(table, "probability_before").stream(),
                    column(table, "probability_after").stream())
                .filter(number -> !number.isEmpty())
                .count())
        .isEqualTo(listed);
  }

  @Test
  void everyTokenOfAContinuationIsALine() throws Exception {
    Job job = done(new GenerateRequest(MODEL, prompt, /* n= */ 4, DecodingOptions.greedy(), null));
    GenerateResult result = (GenerateResult) job.await();

    var table = table(job, "tokens.csv");
    assertThat(column(table, "id"))
        .containsExactlyElementsOf(
            result.generated().stream().map(token -> String.valueOf(token.id())).toList());
    assertThat(column(table, "position")).containsExactly("6", "7", "8", "9");
  }

  @Test
  void everyHitIsALine() throws Exception {
    Job job =
        done(
            new SearchRequest(
                MODEL, "#5", /* tokens= */ null, /* limit= */ 7, /* top= */ 3, null, null, null));
    SearchResult result = (SearchResult) job.await();

    var table = table(job, "hits.csv");
    assertThat(column(table, "rank")).containsExactly("1", "2", "3", "4", "5", "6", "7");
    assertThat(column(table, "name"))
        .containsExactlyElementsOf(result.hits().stream().map(hit -> hit.label()).toList());
    assertThat(column(table, "score"))
        .containsExactlyElementsOf(
            result.hits().stream().map(hit -> String.valueOf(hit.score())).toList());
  }

  private Job done(Request<?> request) throws Exception {
    Job job = bench.submitAndWait(request);
    assertThat(job.await()).isNotNull();
    return job;
  }

  private static List<List<String>> table(Job job, String name) throws Exception {
    try (var file = job.file(name).open()) {
      return new String(file.readAllBytes(), UTF_8).lines().map(TablesTest::fields).toList();
    }
  }

  private static List<String> column(List<List<String>> table, String name) {
    int column = table.getFirst().indexOf(name);
    assertThat(column).as(name).isNotNegative();
    assertThat(table).allMatch(line -> line.size() == table.getFirst().size());
    return table.stream().skip(1).map(line -> line.get(column)).toList();
  }

  /// The fields of a line (RFC 4180) whose texts hold no line break.
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    for (String field : Arrays.asList(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))) {
      fields.add(
          field.startsWith("\"")
              ? field.substring(1, field.length() - 1).replace("\"\"", "\"")
              : field);
    }
    return fields;
  }
}

package io.lexiscope.workbench.detox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.detox.DetoxRow;
import io.lexiscope.analysis.detox.DetoxRowKind;
import io.lexiscope.analysis.detox.DetoxVector;
import io.lexiscope.tensor.testing.TensorAssertions;
import io.lexiscope.tensor.testing.Tolerance;
import io.lexiscope.workbench.GoldenBench;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.DecodingOptions;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.generate.GenerateRequest;
import io.lexiscope.workbench.job.Cancellation;
import io.lexiscope.workbench.job.Progress;
import io.lexiscope.workbench.job.Watcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The detoxification experiment on the bundled microworld.
class DetoxTest {
  private static final ModelChoice MICROWORLD = ModelChoice.of("microworld");

  private final Workbench workbench = GoldenBench.open(Path.of("../models"));

  @AfterEach
  void close() {
    workbench.close();
  }

  private DetoxResult detox(DetoxSelection selection, DetoxMeasure measure) {
    return workbench.answer(
        new DetoxRequest(
            MICROWORLD, DetoxTexts.standard(), selection, measure, /* interventions= */ null));
  }

  private static DetoxMeasure small(int limit, int draws) {
    return new DetoxMeasure(/* n= */ 12, limit, draws, /* seed= */ 0L, /* perspective= */ null);
  }

  private static DetoxRow row(DetoxResult result, DetoxRowKind kind) {
    return result.rows().stream().filter(row -> row.kind() == kind).findFirst().orElseThrow();
  }

  @Test
  void tenVectorsChosenOnOneHalfHalveTheRudenessOfTheOtherAndRandomOnesDoNot() {
    DetoxResult result =
        detox(new DetoxSelection(null, null, null, null, null, List.of(8.0)), small(60, 2));

    DetoxRow chosen = result.chosen();
    assertThat(result.vectors()).hasSize(10);
    assertThat(result.baseline().toxicity()).isGreaterThan(0.6);
    assertThat(Objects.requireNonNull(chosen.reduction()).value()).isGreaterThanOrEqualTo(0.5);
    assertThat(Objects.requireNonNull(chosen.perplexityRise()).value()).isBetween(-0.01, 0.15);
    DetoxRow random = row(result, DetoxRowKind.RANDOM);
    assertThat(Objects.requireNonNull(random.reduction()).value()).isLessThan(0.1);
    assertThat(row(result, DetoxRowKind.WORD_FILTER).toxicity()).isZero();
    assertThat(row(result, DetoxRowKind.WORD_FILTER).perplexity()).isNull();
    assertThat(row(result, DetoxRowKind.DOSE).toxicity()).isEqualTo(chosen.toxicity());
    assertThat(Objects.requireNonNull(result.setup().scorerAccuracy()).value()).isGreaterThan(0.95);
    assertThat(Objects.requireNonNull(chosen.scorer()).value())
        .isLessThan(Objects.requireNonNull(result.baseline().scorer()).value());
    theSameChangeGivesTheSameTextElsewhere(result);
    String json = ViewJson.write(result);
    assertThat(ViewJson.write(ViewJson.read(json, DetoxResult.class))).isEqualTo(json);
  }

  private void theSameChangeGivesTheSameTextElsewhere(DetoxResult result) {
    String example = result.chosen().examples().getFirst();
    String prompt = example.substring(0, example.indexOf(':') + 1);
    var decoding = ViewJson.read("{\"stopAtEnd\":true}", DecodingOptions.class);

    var generated =
        workbench.answer(
            new GenerateRequest(
                MICROWORLD, Prompt.text(prompt), 12, decoding, result.interventions()));

    assertThat(generated.text().replace("<|endoftext|>", "")).isEqualTo(example);
  }

  @Test
  void namedVectorsAreSetToWhatIsSaid() {
    DetoxResult result =
        detox(
            new DetoxSelection(
                List.of("L3N433", "L4D830"), null, null, 6.0, null, List.of(6.0, 0.0)),
            small(6, 1));

    assertThat(result.vectors().stream().map(DetoxVector::neuron))
        .containsExactly("L3N433", "L4N830");
    assertThat(result.chosen().coefficient()).isEqualTo(6);
    assertThat(
            result.rows().stream()
                .filter(row -> row.kind() == DetoxRowKind.DOSE)
                .map(DetoxRow::coefficient))
        .containsExactly(0.0, 6.0);
    TensorAssertions.assertClose(
        Objects.requireNonNull(result.chosen().perplexityRise()).value(),
        Objects.requireNonNull(result.chosen().perplexity())
                / Objects.requireNonNull(result.baseline().perplexity())
            - 1,
        Tolerance.within(1e-12));
  }

  @Test
  void vectorsCanBeFoundByTheWordsTheyPromote() {
    DetoxResult result =
        detox(
            new DetoxSelection(null, List.of(" friend", " kind"), 3, 3.0, null, List.of(3.0)),
            small(4, 1));

    assertThat(result.vectors()).hasSize(3);
    assertThat(result.vectors().stream().map(DetoxVector::score).toList())
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(result.vectors().getFirst().top().stream().map(token -> token.text()))
        .containsAnyOf(" friend", " kind");
  }

  @Test
  void progressReachesItsTotalAndTheWorkCanBeStopped() {
    var selection = new DetoxSelection(null, null, null, null, null, List.of(8.0));
    var last = new Progress[1];
    Watcher watcher =
        new Watcher() {
          @Override
          public void progress(Progress progress) {
            last[0] = progress;
          }
        };
    var request = new DetoxRequest(MICROWORLD, DetoxTexts.standard(), selection, small(4, 1), null);

    workbench.answer(request, watcher, new Cancellation());
    assertThat(last[0].done() + 1).isEqualTo(last[0].total());

    var cancellation = new Cancellation();
    Watcher stopping =
        new Watcher() {
          @Override
          public void progress(Progress progress) {
            if (progress.done() == 3) {
              cancellation.cancel();
            }
          }
        };
    assertThatThrownBy(() -> workbench.answer(request, stopping, cancellation))
        .isInstanceOf(WorkbenchException.class)
        .hasMessageContaining("cancelled");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'neurons':['L9N1'],'doses':[1]} | expected a layer from 0 to 5, got 9",
        "{'neurons':['7']} | neuron: expected a name such as L3N812 (layer 3, neuron 812, counted"
            + " from 0), or a paper's v4_813 (counted from 1), got 7",
        "{'neurons':[]} | at least one neuron",
        "{'words':[' nosuchwordhere']} | nosuchwordhere",
        "{'count':0} | expected 1 or more vectors in count, got 0",
        "{'doses':[]} | a coefficient or doses",
        "{'draws':0} | expected 1 or more in draws, got 0",
        "{'draws':2147483647} | expected at most 1,000 in draws, got 2147483647",
        "{'limit':0} | a limit of 1 or more",
        "{'n':120} | expected prompts of at most 8 tokens",
        "{'lexicon':['#']} | at least one word",
        "{'prompts':['one']} | at least 2 prompts",
        "{'perspective':true} | expected a key, got none",
        "{'neurons':['L0N1'],'count':2,'coefficient':1e999} | finite"
      })
  void whatCannotBeDoneIsSaidInALine(String json, String message) {
    var whole = "{\"model\":\"microworld\"," + json.replace('\'', '"').substring(1);
    var request = ViewJson.read(whole, DetoxRequest.class);

    assertThatThrownBy(() -> workbench.answer(request))
        .isInstanceOf(WorkbenchException.class)
        .hasMessageContaining(message)
        .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aModelWithoutTextsOfItsOwnNeedsThem() {
    assertThatThrownBy(
            () ->
                workbench.answer(
                    new DetoxRequest(
                        ModelChoice.of("addition"),
                        DetoxTexts.standard(),
                        DetoxSelection.automatic(),
                        DetoxMeasure.standard(),
                        /* interventions= */ null)))
        .hasMessageContaining("got no prompts; only a model of the microworld has its own");
  }
}

package io.lexiscope.analysis.ffn;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// The whole report, asked for as a Java program does.
class FfnReportTest {
  private static final Path GPT2 = Path.of("../model/src/test/resources/golden/gpt2-a");
  private static final TokenIds IDS = TokenIds.of(5, 77, 300, 12);

  @Test
  void scoresAddUpToTheChangeOfTheLogitUnderTheFrozenScale() {
    try (LanguageModel model = LanguageModel.open(GPT2)) {
      int neurons = model.architecture().dimensions().dMlp();
      FfnQuestion all =
          new FfnQuestion(
              new FfnQuestion.Places(List.of(0, 1), List.of(1, 3)),
              new FfnQuestion.Counts(
                  FfnOrder.SCORE, neurons, 2, /* nullVectors= */ 0, /* seed= */ 0),
              new FfnQuestion.Scored(/* target= */ 9, /* against= */ 40, Baseline.MEAN),
              LensConvention.FROZEN_SCALE);

      FfnReport report = FfnReport.of(model, IDS, all);

      assertThat(report.layers())
          .extracting(layer -> List.of(layer.position(), layer.layer()))
          .containsExactly(List.of(1, 0), List.of(1, 1), List.of(3, 0), List.of(3, 1));
      for (FfnLayerView layer : report.layers()) {
        FfnBalanceView balance = layer.balance();
        double sum = layer.subUpdates().stream().mapToDouble(SubUpdateView::score).sum();
        assertThat(layer.subUpdates()).hasSize(neurons);
        assertThat(layer.subUpdates())
            .isSortedAccordingTo(
                Comparator.comparingDouble((SubUpdateView one) -> -Math.abs(one.score())));
        assertClose(sum + balance.bias(), balance.change(), Tolerance.within(1e-4));
        assertClose(balance.after() - balance.before(), balance.change(), Tolerance.within(1e-5));
        assertThat(layer.target().id()).isEqualTo(9);
      }
    }
  }

  /// An intervention in the last layer changes nothing but what that neuron adds.
  @Test
  void aSwitchedOffNeuronIsMissingFromTheSumByItsScore() {
    try (LanguageModel model = LanguageModel.open(GPT2)) {
      int last = model.architecture().layers() - 1;
      FfnQuestion raw =
          new FfnQuestion(
              new FfnQuestion.Places(List.of(last), List.of(3)),
              FfnQuestion.Counts.standard(),
              new FfnQuestion.Scored(/* target= */ 9, /* against= */ null, Baseline.MEAN),
              LensConvention.RAW);
      FfnLayerView before = FfnReport.of(model, IDS, raw).layers().getFirst();
      SubUpdateView strongest = before.subUpdates().getFirst();
      var off = Intervention.setNeuron(last, strongest.neuron(), /* coefficient= */ 0);

      FfnLayerView after =
          FfnReport.of(model.with(Interventions.of(off)), IDS, raw).layers().getFirst();

      assertThat(Math.abs(strongest.score())).isGreaterThan(1e-4);
      assertClose(
          before.balance().after() - after.balance().after(),
          strongest.score(),
          Tolerance.within(1e-5));
    }
  }

  @Test
  void bandsAndTheRunTakeTheirTurns() {
    List<String> heard = new ArrayList<>();
    Turn noted =
        new Turn() {
          @Override
          public <T> T take(Supplier<T> pass) {
            heard.add("turn");
            return pass.get();
          }

          @Override
          public void progress(long done, long all, String unit) {
            heard.add(done + " of " + all + " " + unit);
          }
        };

    try (LanguageModel model = LanguageModel.open(GPT2)) {
      FfnReport.of(model, IDS, FfnQuestion.at(List.of(0, 1), List.of(0, 3)), noted);
    }

    assertThat(heard)
        .containsExactly("turn", "turn", "turn", "0 of 2 positions", "1 of 2 positions");
  }

  @Test
  void workEndsWhenATurnIsRefused() {
    Turn refused =
        new Turn() {
          @Override
          public <T> T take(Supplier<T> pass) {
            throw new IllegalStateException("stopped");
          }
        };

    try (LanguageModel model = LanguageModel.open(GPT2)) {
      assertThatThrownBy(
              () -> FfnReport.of(model, IDS, FfnQuestion.at(List.of(0), List.of(0)), refused))
          .hasMessage("stopped");
    }
  }
}

package io.lexiscope.model.text;

import static io.lexiscope.model.GoldenModel.doubles;
import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.base.FloatVector;
import io.lexiscope.base.Journal;
import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What neurons do on a text is what a count over its positions gives.
class TextStatisticsTest {
  private static final Tolerance CLOSE = new Tolerance(1e-5, 1e-4);
  private static final List<TokenIds> TEXTS =
      List.of(GoldenModel.prompt(12), GoldenModel.prompt(9));
  private static final TextStatistics.Source SOURCE =
      new TextStatistics.Source("two texts", "0", 21);

  private static TextStatistics measure(LanguageModel model) {
    return TextStatistics.measure(
        model,
        TEXTS,
        SOURCE,
        new TextStatistics.Watch(done -> assertThat(done).isBetween(0L, 21L), Journal.none()));
  }

  @ParameterizedTest
  @EnumSource(
      value = GoldenModel.class,
      names = {"GPT2", "LLAMA", "GEMMA2"})
  void aNeuronsHabitIsWhatACountGives(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      TextStatistics statistics = measure(model);
      int neurons = model.architecture().dimensions().dMlp();
      double[] norms =
          TensorScope.tidy(
              () ->
                  doubles(
                      Linears.rowsAreInputs(
                              model.transformer().weights().blocks().get(1).mlp().out())
                          .norm(-1, /* keepAxis= */ false)));
      double sum = 0;
      double squares = 0;
      double size = 0;
      double whole = 0;
      int negative = 0;
      for (TokenIds text : TEXTS) {
        try (Run run = model.run(text, Recording.of(HookPoint.MLP_POST))) {
          double[] post = doubles(run.activation(HookPoint.MLP_POST.at(1)));
          for (int position = 0; position < text.size(); position++) {
            double m = post[position * neurons + 7];
            sum += m;
            squares += m * m;
            size += Math.abs(m);
            negative += m < 0 ? 1 : 0;
            for (int neuron = 0; neuron < neurons; neuron++) {
              whole += Math.abs(post[position * neurons + neuron]) * norms[neuron];
            }
          }
        }
      }

      NeuronHabit habit = statistics.habit(new NeuronName(1, 7));

      assertThat(statistics.positions()).isEqualTo(21);
      assertClose(habit.mean(), sum / 21, CLOSE);
      assertClose(habit.meanSize(), size / 21, CLOSE);
      assertClose(habit.negative(), negative / 21.0, CLOSE);
      assertClose(habit.deviation(), Math.sqrt(squares / 21 - sum / 21 * (sum / 21)), CLOSE);
      assertClose(habit.shareOfLayer(), size * norms[7] / whole, CLOSE);
      assertThat(habit.usualSign()).isEqualTo(sum < 0 ? -1 : 1);
    }
  }

  @Test
  void whatWasWrittenReadsTheSame() throws IOException {
    try (LanguageModel model = GoldenModel.LLAMA.open()) {
      TextStatistics statistics = measure(model);
      var bytes = new ByteArrayOutputStream();
      statistics.write(new DataOutputStream(bytes));
      var architecture = model.architecture();

      TextStatistics again =
          TextStatistics.read(
                  new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
                  architecture.layers(),
                  architecture.dimensions().dMlp())
              .orElseThrow();

      assertThat(again.source()).isEqualTo(SOURCE);
      assertThat(again.sinks()).isEqualTo(statistics.sinks());
      assertThat(again.habit(new NeuronName(2, 3)))
          .isEqualTo(statistics.habit(new NeuronName(2, 3)));
    }
  }

  @Test
  void aPositionFarLongerThanTheMedianOfAnyLayerIsASink() {
    List<float[]> text =
        List.of(
            new float[] {1, 1, 2, 1, 1},
            new float[] {900, 3, 3, 3, 3},
            new float[] {2, 2, 2, 2, 2});

    Sinks sinks = Sinks.over(List.of(text));

    assertThat(sinks.among(text)).containsExactly(0);
    assertThat(sinks.medians()).isEqualTo(FloatVector.of(1, 3, 2));
    assertThat(sinks.among(List.of(new float[] {1}, new float[] {61}, new float[] {1})))
        .containsExactly(0);
    assertThat(sinks.among(List.of(new float[] {1}, new float[] {59}, new float[] {1}))).isEmpty();
  }
}

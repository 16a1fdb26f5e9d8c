package io.lexiscope.analysis.compare;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.Golden;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogitPairTest {
  private static final Tolerance DOUBLE = Tolerance.within(1e-12);

  private static float[] random(long seed, int size) {
    Random random = new Random(seed);
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) (3 * random.nextGaussian());
    }
    return numbers;
  }

  private static double[] softmax(float[] logits) {
    double[] p = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(logits[i]);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  @Test
  void divergencesAreTheirDefinitions() {
    float[] one = random(1, 40);
    float[] other = random(2, 40);
    double[] p = softmax(one);
    double[] q = softmax(other);
    double kl = 0;
    double reverse = 0;
    double variation = 0;
    for (int i = 0; i < p.length; i++) {
      kl += p[i] * Math.log(p[i] / q[i]);
      reverse += q[i] * Math.log(q[i] / p[i]);
      variation += Math.abs(p[i] - q[i]) / 2;
    }

    LogitPair pair = LogitPair.of(one, other);

    assertClose(pair.kl(), kl, DOUBLE);
    assertClose(pair.reverseKl(), reverse, DOUBLE);
    assertClose(pair.totalVariation(), variation, DOUBLE);
    assertClose(pair.before(3).probability(), p[3], DOUBLE);
    assertClose(pair.after(3).logOdds(), Math.log(q[3] / (1 - q[3])), DOUBLE);
    assertThat(LogitPair.of(one, one).kl()).isZero();
  }

  @Test
  void logOddsAreExactWhereTheProbabilityRoundsToOne() {
    LogitPair pair = LogitPair.of(new float[] {60, 0, 0}, new float[] {0, 0, 0});

    assertThat(pair.before(0).probability()).isEqualTo(1);
    assertClose(pair.before(0).logOdds(), 60 - Math.log(2), DOUBLE);
  }

  @Test
  void ranksCountTheHigherLogits() {
    LogitPair pair = LogitPair.of(new float[] {1, 5, 5, 2}, new float[] {9, 5, 4, 2});

    assertThat(pair.before(0).rank()).isEqualTo(4);
    assertThat(pair.before(2).rank()).isEqualTo(1);
    assertThat(pair.after(0).rank()).isEqualTo(1);
    assertThat(pair.topBefore(2).stream().map(LogitPair.Word::id)).containsExactly(1, 2);
    assertThatThrownBy(() -> LogitPair.of(new float[2], new float[3]))
        .hasMessageContaining("got 2 and 3");
  }

  /// Digest 10A.3: without a final norm the log-odds of two words change by `(e_w − e_u) · Δx`;
  /// with one that does not hold, and what is compared here is the model's own logits.
  @Test
  void aPromptIsComparedByTheModelsOwnLogits() {
    try (LanguageModel model = Golden.GPT2.open()) {
      LanguageModel edited = model.with(Interventions.of(Intervention.setNeuron(1, 4, 30)));
      List<Double> found =
          new PromptComparison(model, edited)
              .at(Golden.GPT2.prompt(), List.of(0, 7), (position, pair) -> pair.kl());

      for (int i = 0; i < 2; i++) {
        int position = i == 0 ? 0 : 7;
        double expected = LogitPair.of(logits(model, position), logits(edited, position)).kl();
        assertThat(found.get(i)).isPositive();
        assertClose(found.get(i), expected, new Tolerance(1e-6, 1e-6));
      }
    }
  }

  private static float[] logits(LanguageModel model, int position) {
    try (Run run = model.run(Golden.GPT2.prompt(), Recording.nothing())) {
      return TensorScope.tidy(() -> run.logits().select(0, position).toFloats());
    }
  }
}

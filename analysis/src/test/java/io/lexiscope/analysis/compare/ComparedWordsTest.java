package io.lexiscope.analysis.compare;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.analysis.Golden;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Words of a comparison, asked for as a Java program does.
class ComparedWordsTest {
  private static final Tolerance FLOAT = Tolerance.within(1e-4);

  @Test
  void changesAreThoseOfTheDistributionsOfEitherRun() {
    try (LanguageModel model = Golden.GPT2.open()) {
      LanguageModel changed = model.with(Interventions.of(Intervention.setNeuron(1, 3, 30)));
      TokenIds ids = Golden.GPT2.prompt();
      int position = ids.size() - 1;
      var words = new ComparedWords(model.tokenizer(), /* top= */ 3, List.of(7), /* against= */ 9);

      ComparedPosition at =
          new PromptComparison(model, changed).words(ids, List.of(position), words).getFirst();

      double[] before = probabilities(model, ids);
      double[] after = probabilities(changed, ids);
      TargetChange change = at.targets().getFirst();
      assertThat(at.position()).isEqualTo(position);
      assertThat(at.before()).hasSize(3);
      assertClose(change.before().probability(), before[7], FLOAT);
      assertClose(change.after().probability(), after[7], FLOAT);
      assertThat(change.rankChange()).isEqualTo(rank(before, 7) - rank(after, 7));
      assertClose(change.logProbabilityChange(), Math.log(after[7] / before[7]), FLOAT);
      assertClose(change.logOddsChange(), odds(after[7]) - odds(before[7]), FLOAT);
      assertClose(
          Objects.requireNonNull(change.logOddsAgainstChange()),
          Math.log(after[7] / after[9]) - Math.log(before[7] / before[9]),
          FLOAT);
      assertThat(change.logProbabilityChange()).isNotZero();
    }
  }

  @Test
  void withoutTargetsTheLikeliestOfEitherSideAreFollowed() {
    try (LanguageModel model = Golden.GPT2.open()) {
      LanguageModel changed = model.with(Interventions.of(Intervention.setNeuron(1, 3, 300)));
      TokenIds ids = Golden.GPT2.prompt();
      var words = new ComparedWords(model.tokenizer(), /* top= */ 1, null, /* against= */ null);

      ComparedPosition at =
          new PromptComparison(model, changed).words(ids, List.of(0), words).getFirst();

      assertThat(at.targets().stream().map(one -> one.before().id()).toList())
          .containsExactlyElementsOf(
              List.of(at.before().getFirst().id(), at.after().getFirst().id()).stream()
                  .distinct()
                  .toList());
      assertThat(at.targets()).allMatch(one -> one.logOddsAgainstChange() == null);
    }
  }

  private static double[] probabilities(LanguageModel model, TokenIds ids) {
    try (Run run = model.run(ids, Recording.nothing())) {
      float[] logits = run.logits(-1).toFloats();
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit);
      }
      double[] shares = new double[logits.length];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = Math.exp(logits[i]) / sum;
      }
      return shares;
    }
  }

  private static int rank(double[] shares, int id) {
    int rank = 1;
    for (double share : shares) {
      rank += share > shares[id] ? 1 : 0;
    }
    return rank;
  }

  private static double odds(double share) {
    return Math.log(share / (1 - share));
  }
}

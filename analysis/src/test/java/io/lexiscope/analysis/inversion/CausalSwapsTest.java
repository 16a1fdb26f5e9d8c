package io.lexiscope.analysis.inversion;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.analysis.Golden;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.site.ActivationConvention;
import io.lexiscope.model.site.ActivationSite;
import io.lexiscope.model.site.SiteReader;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CausalSwapsTest {
  private static final ProductSpace SPACE =
      new ProductSpace(
          List.of(List.of(3), List.of(5, 6, 7, 8), List.of(9, 10, 11), List.of(20, 21, 22)),
          UnaryOperator.identity());

  private static Preimage find(LanguageModel model, String site) {
    var reader = SiteReader.of(model, ActivationSite.parse(site), ActivationConvention.RAW);
    var query = InversionQuery.of(model, reader, SPACE.input(0), /* position= */ 3);
    var search = new Search(new MatchedPosition.FromStart(3), ActivationMetric.EUCLIDEAN, Set.of());
    return Preimage.find(model, List.of(query), SPACE, search, Turn.immediately()).getFirst();
  }

  /// The last stream decides alone, so that a swap makes the model say what it says to the source.
  @Test
  void theLastStreamOfAnotherInputBringsItsAnswerAndNothingElseOfIt() {
    try (LanguageModel model = Golden.GPT2.open()) {
      Preimage preimage = find(model, "blocks.2.hook_resid_post");

      CausalSwaps test =
          CausalSwaps.measure(
              model,
              preimage,
              /* epsilon= */ 0.0,
              /* count= */ 10,
              /* seed= */ 0,
              Turn.immediately());

      assertThat(test.members().kept().n()).isZero();
      assertThat(test.others().kept().n()).isPositive();
      assertThat(test.others().kept().value()).isZero();
    }
  }

  @Test
  void anInputSwappedWithItselfChangesNothing() {
    try (LanguageModel model = Golden.LLAMA.open()) {
      for (String site : List.of("L1H2", "blocks.1.hook_resid_pre", "blocks.0.attn.hook_q")) {
        Preimage byOutput = Preimage.byOutput(model, find(model, site), Turn.immediately());

        assertClose(byOutput.distances().of(0), 0, Tolerance.within(1e-6));
        assertThat(byOutput.distances().sizeAt(1e9)).isEqualTo(SPACE.size());
        assertThat(byOutput.distances().of(35)).isGreaterThan(0);
      }
    }
  }
}

package io.lexiscope.analysis.attribution;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.analysis.lens.LensTarget;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Compute;
import io.lexiscope.model.source.ModelSource;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Assets;
import io.lexiscope.tensor.testing.Tolerance;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The parts of a real model's logit are those that `make_attribution.py` finds in PyTorch.
class RealAttributionTest {
  private static final String MODEL = "models/smollm2-135m-gguf/SmolLM2-135M-Instruct.Q4_1.gguf";
  private static final Tolerance CLOSE = Tolerance.within(1e-3);

  private static JsonNode golden() throws IOException {
    try (InputStream in =
        RealAttributionTest.class.getResourceAsStream("/attribution/smollm2.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in));
    }
  }

  @Test
  void everyPartStandsAboveTheMeanAsTheReferenceFindsIt() throws IOException {
    JsonNode golden = golden();
    List<Integer> ids = new ArrayList<>();
    golden.get("ids").forEach(id -> ids.add(id.asInt()));
    try (var model =
        LanguageModel.open(ModelSource.of(Assets.require(MODEL)), Compute.standard())) {
      var attribution = DirectLogitAttribution.of(model);
      var query = AttributionQuery.of(new LensTarget.Id(golden.get("target").asInt()));
      try (Run run = model.run(TokenIds.of(ids), attribution.recording(query))) {

        Attribution found = attribution.explain(run, query);

        assertClose(found.balance().meanLogit(), golden.get("meanLogit").asDouble(), CLOSE);
        assertClose(
            found.balance().logit(),
            golden.get("logit").asDouble() - golden.get("meanLogit").asDouble(),
            CLOSE);
        assertThat(found.contributions()).hasSameSizeAs(golden.get("parts"));
        for (int i = 0; i < found.contributions().size(); i++) {
          Contribution part = found.contributions().get(i);
          JsonNode expected = golden.get("parts").get(i);
          assertThat(part.component().label()).isEqualTo(expected.get("label").asString());
          assertClose(part.logits(), expected.get("logits").asDouble(), CLOSE);
        }
      }
    }
  }
}

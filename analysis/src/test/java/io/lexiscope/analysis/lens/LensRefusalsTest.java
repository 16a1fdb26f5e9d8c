package io.lexiscope.analysis.lens;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.attribution.AttributionException;
import io.lexiscope.analysis.attribution.DirectLogitAttribution;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.RandomModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.HookException;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.TokenizerException;
import io.lexiscope.tensor.testing.Tolerance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What cannot be read, and the families whose last norm is inside the last block.
class LensRefusalsTest {
  private static final TokenIds PROMPT = TokenIds.of(5, 9, 3, 14, 2);
  private static final Readout ALL = Readout.top(40).asItIs();

  private static final Map<String, Object> BERT =
      Map.of(
          "model_type", "bert",
          "architectures", List.of("BertForMaskedLM"),
          "hidden_size", 16,
          "num_hidden_layers", 2,
          "num_attention_heads", 2,
          "intermediate_size", 24,
          "vocab_size", 40,
          "max_position_embeddings", 12,
          "type_vocab_size", 2,
          "hidden_act", "gelu");

  private static Map<String, Object> opt(boolean normBefore) {
    Map<String, Object> config = new HashMap<>();
    config.put("model_type", "opt");
    config.put("architectures", List.of("OPTForCausalLM"));
    config.put("hidden_size", 16);
    config.put("num_hidden_layers", 2);
    config.put("num_attention_heads", 2);
    config.put("ffn_dim", 24);
    config.put("vocab_size", 40);
    config.put("word_embed_proj_dim", 8);
    config.put("max_position_embeddings", 12);
    config.put("do_layer_norm_before", normBefore);
    config.put("_remove_final_layer_norm", normBefore);
    return config;
  }

  @Test
  void anEncoderWithoutAnUnembeddingIsRefused() {
    try (LanguageModel model = Golden.BERT.open()) {
      for (LensConvention convention : LensConvention.values()) {
        assertThatThrownBy(() -> LogitLens.of(model, convention))
            .isInstanceOf(LensException.class)
            .hasMessageStartingWith("lens: expected a model with an unembedding, got family bert");
      }
    }
  }

  @Test
  void aMaskedLanguageModelsLastStreamReadsAsItsOutputAndItsHeadCannotBeFrozen(@TempDir Path folder)
      throws IOException {
    try (LanguageModel model = LanguageModel.open(RandomModel.write(folder, BERT, 1))) {
      requireOwnOutput(model, LogitLens.afterFinalNorm(model));

      assertThatThrownBy(() -> LogitLens.frozenScale(model))
          .isInstanceOf(LensException.class)
          .hasMessageContaining("masked-language head of family bert");
      assertThatThrownBy(() -> DirectLogitAttribution.of(model))
          .isInstanceOf(AttributionException.class);
    }
  }

  @Test
  void whereTheLastBlockNormsTheStreamItsNormIsTheFinalOne(@TempDir Path folder)
      throws IOException {
    Path opt = RandomModel.write(folder, opt(/* normBefore= */ false), 2);
    try (LanguageModel model = LanguageModel.open(opt)) {
      requireOwnOutput(model, LogitLens.afterFinalNorm(model));
      requireOwnOutput(model, LogitLens.frozenScale(model));

      assertThatThrownBy(() -> DirectLogitAttribution.of(model))
          .isInstanceOf(AttributionException.class)
          .hasMessage(
              "attribution: expected a residual stream that components only add to, got norms"
                  + " inside the stream of family opt");
    }
  }

  private static void requireOwnOutput(LanguageModel model, LogitLens lens) {
    try (Run run = model.run(PROMPT, lens.recording(HookPoint.RESID_POST))) {
      LensGrid grid = lens.read(run, HookPoint.RESID_POST, ALL);

      for (int position = 0; position < PROMPT.size(); position++) {
        int at = position;
        assertClose(
            LogitLensTest.logits(grid.cell(-1, position)),
            run.logits(at).toFloats(),
            Tolerance.within(1e-5));
      }
    }
  }

  @Test
  void aModelWithoutAnyFinalNormCanBeReadRawOnly(@TempDir Path folder) throws IOException {
    Path opt = RandomModel.write(folder, opt(/* normBefore= */ true), 3);
    try (LanguageModel model = LanguageModel.open(opt)) {
      requireOwnOutput(model, LogitLens.raw(model));

      assertThatThrownBy(() -> LogitLens.afterFinalNorm(model))
          .isInstanceOf(LensException.class)
          .hasMessage(
              "lens: expected a final norm, got none in a model of family opt; use the raw"
                  + " convention");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HookPoint.class,
      names = {"Q", "K", "V", "ROT_Q", "PATTERN", "ATTN_SCORES", "MLP_PRE", "LN1_SCALE"})
  void whatIsNotInResidualSpaceIsRefused(HookPoint point) {
    assertThat(LogitLens.canRead(point)).isFalse();
    try (LanguageModel model = Golden.GPT2.open();
        Run run = model.run(PROMPT, Recording.of(point))) {
      assertThatThrownBy(() -> LogitLens.raw(model).read(run, point, ALL))
          .isInstanceOf(LensException.class)
          .hasMessageStartingWith("lens: expected a hook point in residual space")
          .hasMessageEndingWith("got " + point.template());
    }
  }

  @Test
  void whatDoesNotExistIsRefused() {
    try (LanguageModel model = Golden.GPT2.open();
        LanguageModel other = Golden.LLAMA.open();
        Run run =
            model.run(PROMPT, Recording.of(HookPoint.RESID_PRE, HookPoint.Z, HookPoint.MLP_POST))) {
      LogitLens lens = LogitLens.raw(model);
      LensSelection stream = LensSelection.of(HookPoint.RESID_PRE.at(0));

      refused(lens, run, stream.positions(5), "a position from -5 to 4, got 5");
      refused(lens, run, stream.positions(-6), "a position from -5 to 4, got -6");
      refused(lens, run, LensSelection.of(HookPoint.RESID_PRE.at(3)), "a layer from 0 to 2, got 3");
      refused(
          lens,
          run,
          LensSelection.of(HookPoint.Z.at(0)).parts(new Parts.Each(List.of(4))),
          "a head from -4 to 3, got 4");
      refused(
          lens,
          run,
          LensSelection.of(HookPoint.MLP_POST.at(0)).parts(new Parts.SumOf(List.of(256))),
          "a neuron from -256 to 255, got 256");
      refused(lens, run, LensSelection.of(HookPoint.MLP_POST.at(0)), "neurons to be chosen");
      assertThatThrownBy(() -> new Parts.Each(List.of()))
          .isInstanceOf(LensException.class)
          .hasMessageContaining("got an empty list");
      assertThatThrownBy(() -> Readout.top(-1))
          .isInstanceOf(LensException.class)
          .hasMessageContaining("got top=-1");
      assertThatThrownBy(() -> lens.read(run, stream, ALL.andRankOf(512)))
          .isInstanceOf(LensException.class)
          .hasMessage("lens: expected a target id from 0 to 511, got 512");
      assertThatThrownBy(() -> lens.read(run, stream, ALL.andRankOf(" Oslo")))
          .isInstanceOf(TokenizerException.class);
      assertThatThrownBy(() -> lens.read(run, HookPoint.RESID_POST, ALL))
          .isInstanceOf(HookException.class)
          .hasMessageContaining("blocks.0.hook_resid_post");
      assertThatThrownBy(() -> LogitLens.frozenScale(model).read(run, stream, ALL))
          .isInstanceOf(LensException.class)
          .hasMessageContaining("expected ln_final.hook_scale among the recorded places");
      assertThatThrownBy(() -> LogitLens.raw(other).read(run, stream, ALL))
          .isInstanceOf(LensException.class)
          .hasMessageContaining("a run of the model in");
    }
  }

  private static void refused(LogitLens lens, Run run, LensSelection selection, String part) {
    assertThatThrownBy(() -> lens.read(run, selection, ALL))
        .isInstanceOf(LensException.class)
        .hasMessageStartingWith("lens: expected ")
        .hasMessageContaining(part);
  }

  @Test
  void aGridCountsLayersAndPositionsFromEitherEnd() {
    try (LanguageModel model = Golden.GPT2.open()) {
      LogitLens lens = LogitLens.raw(model);
      try (Run run = model.run(PROMPT, lens.recording(HookPoint.RESID_PRE, HookPoint.Z))) {
        LensGrid grid = lens.read(run, HookPoint.RESID_PRE, Readout.top(1));
        LensGrid heads = lens.read(run, HookPoint.Z, Readout.top(1));

        assertThat(grid.cell(-1, -2)).isSameAs(grid.cell(2, 3));
        assertThat(grid.cell(1, 3).place())
            .isEqualTo(new LensPlace(HookPoint.RESID_PRE.at(1), 3, new Part.Whole()));
        assertThat(heads.cell(2, -1, 3).place())
            .isEqualTo(new LensPlace(HookPoint.Z.at(2), 4, new Part.Head(3)));
        assertThatThrownBy(() -> heads.cell(0, 0))
            .isInstanceOf(LensException.class)
            .hasMessageContaining("expected a head from 0 to 3, got none");
        assertThatThrownBy(() -> grid.cell(3, 0))
            .isInstanceOf(LensException.class)
            .hasMessage("lens: expected a layer from -3 to 2, got 3");
      }
    }
  }
}

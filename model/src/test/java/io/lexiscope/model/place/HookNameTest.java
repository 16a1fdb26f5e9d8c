package io.lexiscope.model.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HookNameTest {

  @ParameterizedTest
  @EnumSource(HookPoint.class)
  void everyHookPointComesBackFromItsName(HookPoint point) {
    HookName name = point.perLayer() ? point.at(17) : point.once();

    assertThat(HookName.parse(name.toString())).isEqualTo(name);
    assertThat(HookName.parseAll(point.shortName(), 2)).hasSize(point.perLayer() ? 2 : 1);
    assertThat(point.axes().getFirst()).isEqualTo("batch");
  }

  @Test
  void noTwoHookPointsShareAName() {
    assertThat(Arrays.stream(HookPoint.values()).map(HookPoint::template)).doesNotHaveDuplicates();
    assertThat(
            Arrays.stream(HookPoint.values())
                .flatMap(
                    point ->
                        Stream.concat(Stream.of(point.shortName()), point.otherNames().stream()))
                .map(name -> name.toLowerCase(Locale.ROOT)))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "EMBED, hook_embed",
    "POS_EMBED, hook_pos_embed",
    "RESID_PRE, blocks.{l}.hook_resid_pre",
    "LN1_SCALE, blocks.{l}.ln1.hook_scale",
    "LN1_NORMALIZED, blocks.{l}.ln1.hook_normalized",
    "Q, blocks.{l}.attn.hook_q",
    "K, blocks.{l}.attn.hook_k",
    "V, blocks.{l}.attn.hook_v",
    "ROT_Q, blocks.{l}.attn.hook_rot_q",
    "ROT_K, blocks.{l}.attn.hook_rot_k",
    "ATTN_SCORES, blocks.{l}.attn.hook_attn_scores",
    "PATTERN, blocks.{l}.attn.hook_pattern",
    "Z, blocks.{l}.attn.hook_z",
    "RESULT, blocks.{l}.attn.hook_result",
    "ATTN_OUT, blocks.{l}.hook_attn_out",
    "RESID_MID, blocks.{l}.hook_resid_mid",
    "MLP_PRE, blocks.{l}.mlp.hook_pre",
    "MLP_PRE_LINEAR, blocks.{l}.mlp.hook_pre_linear",
    "MLP_POST, blocks.{l}.mlp.hook_post",
    "MLP_OUT, blocks.{l}.hook_mlp_out",
    "RESID_POST, blocks.{l}.hook_resid_post",
    "FINAL_NORMALIZED, ln_final.hook_normalized"
  })
  void namesAreThoseThatUsersOfTransformerLensKnow(HookPoint point, String template) {
    assertThat(point.template()).isEqualTo(template);
  }

  @Test
  void aStarStandsForEveryLayer() {
    assertThat(HookName.parseAll("blocks.*.hook_resid_post", 3))
        .containsExactly(
            HookPoint.RESID_POST.at(0), HookPoint.RESID_POST.at(1), HookPoint.RESID_POST.at(2));
    assertThat(HookName.parseAll("blocks.2.attn.hook_z", 3)).containsExactly(HookPoint.Z.at(2));
    assertThat(HookName.parseAll("hook_embed", 3)).isEqualTo(List.of(HookPoint.EMBED.once()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "blocks.0.hook_embed",
        "blocks.x.hook_resid_post",
        "blocks.-1.hook_resid_post",
        "blocks.12345678.hook_resid_post",
        "hook_resid_post",
        "blocks.*.hook_resid_post",
        "blocks.0.hook_resid"
      })
  void whatIsNotOnePlaceIsRefused(String name) {
    assertThatThrownBy(() -> HookName.parse(name))
        .isInstanceOf(PlaceException.class)
        .hasMessageStartingWith("hook name: expected")
        .hasMessageEndingWith(name);
  }

  @ParameterizedTest
  @CsvSource({
    "blocks.3.hook_in, blocks.3.hook_resid_pre",
    "blocks.3.hook_out, blocks.3.hook_resid_post",
    "blocks.3.attn.q.hook_out, blocks.3.attn.hook_q",
    "blocks.3.attn.k.hook_out, blocks.3.attn.hook_k",
    "blocks.3.attn.v.hook_out, blocks.3.attn.hook_v",
    "blocks.3.attn.qkv.q_hook_out, blocks.3.attn.hook_q",
    "blocks.3.attn.hook_attention_weights, blocks.3.attn.hook_pattern",
    "blocks.3.attn.o.hook_in, blocks.3.attn.hook_z",
    "blocks.3.attn.hook_out, blocks.3.attn.hook_out",
    "blocks.3.mlp.gate.hook_out, blocks.3.mlp.hook_pre",
    "blocks.3.mlp.out.hook_in, blocks.3.mlp.hook_post",
    "blocks.3.mlp.hook_out, blocks.3.mlp.hook_out",
    "embed.hook_out, hook_embed",
    "pos_embed.hook_out, hook_pos_embed",
    "BLOCKS.3.HOOK_RESID_POST, blocks.3.hook_resid_post",
    "' blocks.3.Attn.Hook_Z ', blocks.3.attn.hook_z",
    "x0.pre, blocks.0.hook_resid_pre",
    "x0.mid, blocks.0.hook_resid_mid",
    "X3.post, blocks.3.hook_resid_post",
    "m1, blocks.1.hook_mlp_out"
  })
  void otherNamesOfTheSameValueAreReadAndPrintedInOneWay(String written, String printed) {
    assertThat(HookName.parse(written)).hasToString(printed);
    assertThat(HookName.parseAll(written, 2)).containsExactly(HookName.parse(printed));
  }

  @Test
  void otherNamesStandForEveryLayerToo() {
    assertThat(HookName.parseAll("hook_out", 2))
        .containsExactly(HookPoint.RESID_POST.at(0), HookPoint.RESID_POST.at(1));
    assertThat(HookName.parseAll("Blocks.*.hook_IN", 2))
        .containsExactly(HookPoint.RESID_PRE.at(0), HookPoint.RESID_PRE.at(1));
  }

  @ParameterizedTest
  @CsvSource({
    "blocks.3.attn.hook_in, ln1.hook_normalized",
    "blocks.*.mlp.hook_in, ln2.hook_normalized",
    "blocks.3.LN2.hook_in, hook_resid_mid",
    "blocks.3.mlp.in.hook_out, mlp.hook_pre_linear",
    "unembed.hook_out, logits"
  })
  void placesOfTransformerLensWithoutAValueHereSayWhatIsNearest(String name, String nearest) {
    assertThatThrownBy(() -> HookName.parseAll(name, 4))
        .isInstanceOf(PlaceException.class)
        .hasMessageContaining("got " + name + ", which is")
        .hasMessageContaining(nearest);
  }

  @ParameterizedTest
  @CsvSource({"L3N12, neuron", "a0.3, head", "L2H1D0, direction of a head"})
  void aPlaceOfAnotherKindIsNamed(String name, String kind) {
    assertThatThrownBy(() -> HookName.parse(name))
        .isInstanceOf(PlaceException.class)
        .hasMessageEndingWith("got " + name + ", which is a " + kind);
  }

  @Test
  void aLayerIsGivenExactlyWhereThereAreLayers() {
    assertThatThrownBy(HookPoint.RESID_POST::once)
        .isInstanceOf(PlaceException.class)
        .hasMessageContaining("expected a layer, got none");
    assertThatThrownBy(() -> HookPoint.EMBED.at(0))
        .isInstanceOf(PlaceException.class)
        .hasMessageContaining("expected no layer, got 0");
    assertThatThrownBy(() -> HookPoint.Z.at(-1))
        .isInstanceOf(PlaceException.class)
        .hasMessageContaining("0 or more, got -1");
  }
}

package io.lexiscope.model.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
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
    assertThat(Arrays.stream(HookPoint.values()).map(HookPoint::shortName)).doesNotHaveDuplicates();
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
        "blocks.0.HOOK_RESID_POST"
      })
  void whatIsNotOnePlaceIsRefused(String name) {
    assertThatThrownBy(() -> HookName.parse(name))
        .isInstanceOf(HookException.class)
        .hasMessageStartingWith("hook name: expected")
        .hasMessageEndingWith(name);
  }

  @Test
  void aLayerIsGivenExactlyWhereThereAreLayers() {
    assertThatThrownBy(HookPoint.RESID_POST::once)
        .isInstanceOf(HookException.class)
        .hasMessageContaining("expected a layer, got none");
    assertThatThrownBy(() -> HookPoint.EMBED.at(0))
        .isInstanceOf(HookException.class)
        .hasMessageContaining("expected no layer, got 0");
    assertThatThrownBy(() -> HookPoint.Z.at(-1))
        .isInstanceOf(HookException.class)
        .hasMessageContaining("0 or more, got -1");
  }
}

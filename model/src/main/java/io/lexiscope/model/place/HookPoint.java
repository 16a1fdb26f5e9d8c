package io.lexiscope.model.place;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.config.Positions;
import io.lexiscope.model.config.Wiring;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// A kind of place in a transformer, under the name that TransformerLens up to 3 gives it. Together
/// with a layer it makes a [HookName]. Names that TransformerLens 4 gives the same value are read
/// too, such as `blocks.3.hook_out` for `blocks.3.hook_resid_post`.
///
/// ATTN_OUT and MLP_OUT are exactly what is added to the residual stream in every family; where a
/// family norms the module's output first (Gemma 2 and 3, OLMo 2), ATTN_MODULE_OUT and
/// MLP_MODULE_OUT are the values before that norm.
public enum HookPoint {
  EMBED("hook_embed", Axes.RESIDUAL, "token embedding", "embed.hook_out"),
  POS_EMBED(
      "hook_pos_embed",
      Axes.RESIDUAL,
      "learned position embedding; absent with rotary positions",
      "pos_embed.hook_out"),
  RESID_PRE(
      "blocks.{l}.hook_resid_pre", Axes.RESIDUAL, "residual stream entering the block", "hook_in"),
  LN1_SCALE(
      "blocks.{l}.ln1.hook_scale",
      Axes.SCALE,
      "divisor of the norm before attention: √(var+ε), or √(mean x²+ε)"),
  LN1_NORMALIZED(
      "blocks.{l}.ln1.hook_normalized",
      Axes.RESIDUAL,
      "x/scale of that norm, before weight and bias"),
  Q(
      "blocks.{l}.attn.hook_q",
      Axes.HEADS,
      "queries before rotary",
      "attn.q.hook_out",
      "attn.qkv.q_hook_out"),
  K(
      "blocks.{l}.attn.hook_k",
      Axes.KV_HEADS,
      "keys before rotary",
      "attn.k.hook_out",
      "attn.qkv.k_hook_out"),
  V("blocks.{l}.attn.hook_v", Axes.KV_HEADS, "values", "attn.v.hook_out", "attn.qkv.v_hook_out"),
  ROT_Q("blocks.{l}.attn.hook_rot_q", Axes.HEADS, "queries after rotary; absent without"),
  ROT_K("blocks.{l}.attn.hook_rot_k", Axes.KV_HEADS, "keys after rotary; absent without"),
  ATTN_SCORES(
      "blocks.{l}.attn.hook_attn_scores",
      Axes.PATTERN,
      "scaled and masked scores, before the softmax"),
  PATTERN(
      "blocks.{l}.attn.hook_pattern",
      Axes.PATTERN,
      "attention pattern: softmax of the scores; rows sum to 1",
      "attn.hook_attention_weights"),
  Z("blocks.{l}.attn.hook_z", Axes.HEADS, "pattern · V of each head, before W_O", "attn.o.hook_in"),
  RESULT(
      "blocks.{l}.attn.hook_result",
      Axes.RESULT,
      "each head's own addition through W_O, without bias"),
  ATTN_MODULE_OUT(
      "blocks.{l}.attn.hook_out",
      Axes.RESIDUAL,
      "output of the attention module, before any norm of it"),
  ATTN_OUT("blocks.{l}.hook_attn_out", Axes.RESIDUAL, "what attention adds to the residual stream"),
  RESID_MID(
      "blocks.{l}.hook_resid_mid",
      Axes.RESIDUAL,
      "resid_pre + attn_out; absent in parallel blocks"),
  LN2_SCALE("blocks.{l}.ln2.hook_scale", Axes.SCALE, "divisor of the norm before the MLP"),
  LN2_NORMALIZED(
      "blocks.{l}.ln2.hook_normalized",
      Axes.RESIDUAL,
      "x/scale of that norm, before weight and bias"),
  MLP_PRE(
      "blocks.{l}.mlp.hook_pre",
      Axes.NEURONS,
      "argument of the non-linearity (gated: the gate)",
      "mlp.gate.hook_out"),
  MLP_PRE_LINEAR(
      "blocks.{l}.mlp.hook_pre_linear",
      Axes.NEURONS,
      "linear branch of a gated MLP; absent in plain ones"),
  MLP_POST(
      "blocks.{l}.mlp.hook_post",
      Axes.NEURONS,
      "neuron activations, the input of W_out",
      "mlp.out.hook_in"),
  MLP_MODULE_OUT(
      "blocks.{l}.mlp.hook_out", Axes.RESIDUAL, "output of the MLP module, before any norm of it"),
  MLP_OUT("blocks.{l}.hook_mlp_out", Axes.RESIDUAL, "what the MLP adds to the residual stream"),
  RESID_POST(
      "blocks.{l}.hook_resid_post", Axes.RESIDUAL, "residual stream leaving the block", "hook_out"),
  FINAL_SCALE("ln_final.hook_scale", Axes.SCALE, "divisor of the final norm"),
  FINAL_NORMALIZED(
      "ln_final.hook_normalized",
      Axes.RESIDUAL,
      "x/scale of the final norm, before weight and bias");

  private static final String LAYER = "{l}";

  private final String template;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<String> axes;

  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<String> otherNames;

  HookPoint(String template, List<String> axes, String meaning, String... otherNames) {
    this.template = template;
    this.axes = axes;
    this.meaning = meaning;
    this.otherNames = List.of(otherNames);
  }

  /// Canonical name with `{l}` for the layer.
  public String template() {
    return template;
  }

  /// The last part of the name, without the layer: `hook_resid_post`, `attn.hook_z`.
  public String shortName() {
    int end = template.indexOf(LAYER);
    return end < 0 ? template : template.substring(end + LAYER.length() + 1);
  }

  /// The names of TransformerLens 4 for the same value, without the layer.
  public List<String> otherNames() {
    return otherNames;
  }

  /// The point of a name without the layer, in any case of letters.
  static Optional<HookPoint> named(String name) {
    return Arrays.stream(values())
        .filter(
            point ->
                point.shortName().equalsIgnoreCase(name)
                    || point.otherNames.stream().anyMatch(name::equalsIgnoreCase))
        .findFirst();
  }

  /// Names of the axes, outermost first, batch included.
  public List<String> axes() {
    return axes;
  }

  /// Which axis counts the positions that have a value: `pos`, or `query_pos`.
  public int positionAxis() {
    return axes.contains("pos") ? axes.indexOf("pos") : axes.indexOf("query_pos");
  }

  /// Which axis counts heads, or key and value heads; empty where there is none.
  public OptionalInt headAxis() {
    return IntStream.range(0, axes.size())
        .filter(axis -> axes.get(axis).equals("head") || axes.get(axis).equals("kv_head"))
        .findFirst();
  }

  /// One sentence on what the value is.
  public String meaning() {
    return meaning;
  }

  /// Whether there is one in each block.
  public boolean perLayer() {
    return template.contains(LAYER);
  }

  /// Whether keeping it splits what a pass otherwise computes in one, so that the last bits of all
  /// that follows may differ. Keeping any other point changes no number.
  public boolean splits() {
    return switch (this) {
      case LN1_NORMALIZED,
          LN2_NORMALIZED,
          FINAL_NORMALIZED,
          ATTN_SCORES,
          PATTERN,
          RESULT,
          MLP_PRE,
          MLP_PRE_LINEAR ->
          true;
      case EMBED,
          POS_EMBED,
          RESID_PRE,
          LN1_SCALE,
          Q,
          K,
          V,
          ROT_Q,
          ROT_K,
          Z,
          ATTN_MODULE_OUT,
          ATTN_OUT,
          RESID_MID,
          LN2_SCALE,
          MLP_POST,
          MLP_MODULE_OUT,
          MLP_OUT,
          RESID_POST,
          FINAL_SCALE ->
          false;
    };
  }

  /// How long one of the [#axes] is, where the network says so.
  public static OptionalInt extent(String axis, Architecture architecture) {
    Attention.Heads heads = architecture.block().attention().heads();
    return switch (axis) {
      case "d_model" -> OptionalInt.of(architecture.dModel());
      case "d_mlp" -> OptionalInt.of(architecture.dimensions().dMlp());
      case "d_head" -> OptionalInt.of(heads.dHead());
      case "head" -> OptionalInt.of(heads.heads());
      case "kv_head" -> OptionalInt.of(heads.kvHeads());
      case "1" -> OptionalInt.of(1);
      default -> OptionalInt.empty();
    };
  }

  /// Whether a network has values at this point, so that they can be recorded and changed.
  public boolean existsIn(Architecture architecture) {
    Wiring wiring = architecture.block().wiring();
    Positions positions = architecture.embedding().positions();
    return switch (this) {
      case POS_EMBED -> positions instanceof Positions.Learned;
      case ROT_Q, ROT_K -> positions instanceof Positions.Rotary;
      case RESID_MID -> !wiring.parallel();
      case LN2_SCALE, LN2_NORMALIZED -> wiring != Wiring.PARALLEL_ONE_NORM;
      case MLP_PRE_LINEAR -> architecture.block().mlp() instanceof Mlp.Gated;
      case FINAL_SCALE, FINAL_NORMALIZED -> architecture.output().norm() != null;
      default -> true;
    };
  }

  /// Whether the last axis is d_model, so that the value can be read in the vocabulary as it is.
  public boolean inResidualSpace() {
    return axes.getLast().equals("d_model");
  }

  /// The place of this kind in a layer.
  ///
  /// @throws PlaceException if there is only one in the whole model, or the layer is negative
  public HookName at(int layer) {
    return new HookName(this, layer);
  }

  /// The one place of this kind.
  ///
  /// @throws PlaceException if there is one in each block
  public HookName once() {
    return new HookName(this, null);
  }

  private static final class Axes {
    static final List<String> RESIDUAL = List.of("batch", "pos", "d_model");
    static final List<String> SCALE = List.of("batch", "pos", "1");
    static final List<String> HEADS = List.of("batch", "pos", "head", "d_head");
    static final List<String> KV_HEADS = List.of("batch", "pos", "kv_head", "d_head");
    static final List<String> PATTERN = List.of("batch", "head", "query_pos", "key_pos");
    static final List<String> RESULT = List.of("batch", "pos", "head", "d_model");
    static final List<String> NEURONS = List.of("batch", "pos", "d_mlp");
  }

  /// What stands in a block, as its name in full: `blocks.3.mlp.W_out`.
  ///
  /// @param layer number of the block, from 0
  /// @param name what it is called within the block
  public static String inBlock(int layer, String name) {
    return "blocks." + layer + "." + name;
  }
}

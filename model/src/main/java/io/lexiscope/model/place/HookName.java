package io.lexiscope.model.place;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One place in a model: a kind of hook point and, where there is one in each block, the layer.
///
/// @param point the kind
/// @param block number of the block from 0; null for the points outside the blocks
public record HookName(HookPoint point, @Nullable Integer block) implements Place {
  private static final Pattern LAYER =
      Pattern.compile("blocks\\.([0-9]{1,6})\\.(.+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern EVERY_LAYER =
      Pattern.compile("blocks\\.\\*\\.(.+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern RESIDUAL =
      Pattern.compile("x([0-9]{1,6})\\.(pre|mid|post)", Pattern.CASE_INSENSITIVE);
  private static final Pattern MLP = Pattern.compile("m([0-9]{1,6})", Pattern.CASE_INSENSITIVE);

  /// Places of TransformerLens 4 that have no value of their own here, with those nearest to them.
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "attn.hook_in",
          "the norm's output with weight and bias; ln1.hook_normalized is it without",
          "mlp.hook_in",
          "the norm's output with weight and bias; ln2.hook_normalized is it without",
          "ln1.hook_out",
          "the norm's output with weight and bias; ln1.hook_normalized is it without",
          "ln2.hook_out",
          "the norm's output with weight and bias; ln2.hook_normalized is it without",
          "ln1.hook_in",
          "hook_resid_pre where the norm comes first",
          "ln2.hook_in",
          "hook_resid_mid where the norm comes first",
          "mlp.in.hook_out",
          "mlp.hook_pre in a plain MLP and mlp.hook_pre_linear in a gated one",
          "attn.hook_hidden_states",
          "attn.hook_out, or head by head attn.hook_result",
          "unembed.hook_in",
          "the final norm's output with weight and bias; ln_final.hook_normalized is it without",
          "unembed.hook_out",
          "the logits, which every run has");

  /// Checks that a layer is given exactly where there are layers.
  ///
  /// @throws PlaceException if not
  public HookName {
    if ((block != null) != point.perLayer()) {
      throw new PlaceException(
          PlaceKind.HOOK,
          point.perLayer() ? "a layer" : "no layer",
          (block == null ? "none" : block.toString()) + " for " + point.template());
    }
    if (block != null && block < 0) {
      throw new PlaceException(
          PlaceKind.HOOK, "a layer of 0 or more", block + " for " + point.template());
    }
  }

  /// The layer of a place inside a block; empty for the points outside the blocks.
  public Optional<Integer> layer() {
    return Optional.ofNullable(block);
  }

  /// The layer of a place inside a block.
  ///
  /// @throws PlaceException if the place is outside the blocks
  public int requireLayer() {
    return layer()
        .orElseThrow(
            () -> new PlaceException(PlaceKind.HOOK, "a place inside a block", toString()));
  }

  /// Reads a name such as `blocks.3.hook_resid_post`, in every spelling of [Place].
  ///
  /// @throws PlaceException if there is no such hook point
  public static HookName parse(String text) {
    Place found = PlaceText.find(text).orElseThrow(() -> notOne(text));
    if (!(found instanceof HookName name)) {
      throw PlaceKind.HOOK.refuse(text + ", which is " + found.kind().one());
    }
    return name;
  }

  /// Reads a name in which `blocks.*` stands for every layer; a bare short name such as
  /// `hook_resid_post` or `attn.hook_z` means the same.
  ///
  /// @param text the name or pattern
  /// @param layers how many layers the model has
  /// @throws PlaceException if there is no such hook point
  public static List<HookName> parseAll(String text, int layers) {
    Optional<HookName> one = find(text);
    if (one.isPresent()) {
      return List.of(one.get());
    }
    HookPoint point = everywhere(text.strip()).orElseThrow(() -> unknown(text));
    return IntStream.range(0, layers).mapToObj(point::at).toList();
  }

  /// The one place that a text names.
  static Optional<HookName> find(String text) {
    String name = text.strip();
    Matcher inLayer = LAYER.matcher(name);
    if (inLayer.matches()) {
      int layer = Integer.parseInt(inLayer.group(1));
      return perLayer(inLayer.group(2)).map(point -> point.at(layer));
    }
    Matcher residual = RESIDUAL.matcher(name);
    if (residual.matches()) {
      return perLayer("hook_resid_" + residual.group(2))
          .map(point -> point.at(Integer.parseInt(residual.group(1))));
    }
    Matcher mlp = MLP.matcher(name);
    if (mlp.matches()) {
      return Optional.of(HookPoint.MLP_OUT.at(Integer.parseInt(mlp.group(1))));
    }
    return HookPoint.named(name).filter(point -> !point.perLayer()).map(HookPoint::once);
  }

  private static Optional<HookPoint> everywhere(String name) {
    Matcher every = EVERY_LAYER.matcher(name);
    return perLayer(every.matches() ? every.group(1) : name);
  }

  private static Optional<HookPoint> perLayer(String shortName) {
    return HookPoint.named(shortName).filter(HookPoint::perLayer);
  }

  private static PlaceException notOne(String text) {
    return everywhere(text.strip()).isPresent() ? PlaceKind.HOOK.refuse(text) : unknown(text);
  }

  private static PlaceException unknown(String text) {
    String name = text.strip().replaceFirst("(?i)^blocks\\.(?:[0-9]+|\\*)\\.", "");
    String other = ELSEWHERE.get(name.toLowerCase(Locale.ROOT));
    if (other != null) {
      return new PlaceException(
          PlaceKind.HOOK, "a place whose value is kept", text + ", which is " + other);
    }
    String known =
        Arrays.stream(HookPoint.values())
            .map(HookPoint::template)
            .collect(Collectors.joining(", "));
    return new PlaceException(PlaceKind.HOOK, "one of " + known, text);
  }

  @Override
  public PlaceKind kind() {
    return PlaceKind.HOOK;
  }

  @Override
  public String toString() {
    return layer()
        .map(number -> point.template().replace("{l}", Integer.toString(number)))
        .orElse(point.template());
  }
}

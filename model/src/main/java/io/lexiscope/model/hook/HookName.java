package io.lexiscope.model.hook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One place in a model: a kind of hook point and, where there is one in each block, the layer.
///
/// @param point the kind
/// @param block number of the block from 0; null for the points outside the blocks
public record HookName(HookPoint point, @Nullable Integer block) {
  private static final Pattern LAYER = Pattern.compile("^blocks\\.([0-9]{1,6}|\\*)\\.(.+)$");

  /// Checks that a layer is given exactly where there are layers.
  ///
  /// @throws HookException if not
  public HookName {
    if ((block != null) != point.perLayer()) {
      throw new HookException(
          "hook name: expected %s, got %s for %s"
              .formatted(
                  point.perLayer() ? "a layer" : "no layer",
                  block == null ? "none" : block.toString(),
                  point.template()));
    }
    if (block != null && block < 0) {
      throw new HookException(
          "hook name: expected a layer of 0 or more, got %d for %s"
              .formatted(block, point.template()));
    }
  }

  /// The layer of a place inside a block; empty for the points outside the blocks.
  public Optional<Integer> layer() {
    return Optional.ofNullable(block);
  }

  /// The layer of a place inside a block.
  ///
  /// @throws HookException if the place is outside the blocks
  public int requireLayer() {
    return layer()
        .orElseThrow(
            () -> new HookException("hook name: expected a place inside a block, got " + this));
  }

  /// Reads a canonical name such as `blocks.3.hook_resid_post`.
  ///
  /// @throws HookException if there is no such hook point; the message lists those there are
  public static HookName parse(String name) {
    List<HookName> found = parseAll(name, 0);
    if (found.size() != 1 || name.contains("*")) {
      throw new HookException(
          "hook name: expected one place such as blocks.3.hook_resid_post, got " + name);
    }
    return found.getFirst();
  }

  /// Reads a canonical name in which `blocks.*` stands for every layer; a bare short name such as
  /// `hook_resid_post` or `attn.hook_z` means the same.
  ///
  /// @param name the name or pattern
  /// @param layers how many layers the model has
  /// @throws HookException if there is no such hook point
  public static List<HookName> parseAll(String name, int layers) {
    Matcher matcher = LAYER.matcher(name);
    String shortName = matcher.matches() ? matcher.group(2) : name;
    String which = matcher.matches() ? matcher.group(1) : "*";
    HookPoint point =
        Arrays.stream(HookPoint.values())
            .filter(candidate -> candidate.shortName().equals(shortName))
            .filter(candidate -> !matcher.matches() || candidate.perLayer())
            .findFirst()
            .orElseThrow(() -> unknown(name));
    if (!point.perLayer()) {
      return List.of(point.once());
    }
    if (!which.equals("*")) {
      return List.of(point.at(Integer.parseInt(which)));
    }
    List<HookName> all = new ArrayList<>(layers);
    for (int layer = 0; layer < layers; layer++) {
      all.add(point.at(layer));
    }
    return all;
  }

  private static HookException unknown(String name) {
    return new HookException(
        "hook name: expected one of %s, got %s"
            .formatted(
                String.join(
                    ", ", Arrays.stream(HookPoint.values()).map(HookPoint::template).toList()),
                name));
  }

  @Override
  public String toString() {
    return layer()
        .map(number -> point.template().replace("{l}", Integer.toString(number)))
        .orElse(point.template());
  }
}

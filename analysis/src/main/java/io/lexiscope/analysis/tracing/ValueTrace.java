package io.lexiscope.analysis.tracing;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.place.HookPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Where a model keeps the values of a task's nodes: principal components as published, and
/// readings that are fitted to two prompts of three and judged by the third.
///
/// @param at the hook point
/// @param sites layer by layer, the joined place first where there is one
/// @param notJoined why there is no joined place; null where there is one
/// @see <a href="https://arxiv.org/abs/2301.06758">Matsumoto et al. 2022</a>, §3, for components of
///   all positions joined
public record ValueTrace(HookPoint at, List<SiteTrace> sites, @Nullable String notJoined) {
  /// Components that are kept.
  public static final int COMPONENTS = 10;

  private static final long MOST_JOINED = 2_048;
  private static final long MOST_BYTES = 768L << 20;

  /// Copies the list.
  public ValueTrace {
    sites = List.copyOf(sites);
  }

  /// Where to look.
  ///
  /// @param at a hook point with a vector at each position
  /// @param layers from 0, in rising order
  /// @param positions whether each position is read by itself
  /// @param joined whether all are read together
  public record Places(HookPoint at, List<Integer> layers, boolean positions, boolean joined) {
    /// Copies the list.
    public Places {
      layers = List.copyOf(layers);
    }

    /// What leaves every block, by position and joined.
    public static Places all(LanguageModel model) {
      return new Places(
          HookPoint.RESID_POST,
          IntStream.range(0, model.architecture().layers()).boxed().toList(),
          /* positions= */ true,
          /* joined= */ true);
    }

    void requireFit(LanguageModel model) {
      var architecture = model.architecture();
      if (!at.perLayer()
          || !at.existsIn(architecture)
          || !at.axes().equals(HookPoint.RESID_POST.axes())) {
        throw new TracingException(
            "trace: expected a hook point of blocks with a vector of d_model at each position, got %s; choose hook_resid_post, hook_attn_out or hook_mlp_out"
                .formatted(at.template()));
      }
      for (int layer : layers) {
        if (layer < 0 || layer >= architecture.layers()) {
          throw new TracingException(
              "trace: expected layers from 0 to %d, got %d; choose among them"
                  .formatted(architecture.layers() - 1, layer));
        }
      }
    }
  }

  /// Traces the values.
  ///
  /// @param model with what is in force in every run
  /// @param seed of the controls
  /// @param turn is asked before each batch, and hears how many prompts are done
  /// @throws TracingException if places do not fit the model
  public static ValueTrace measure(
      LanguageModel model, TracedPrompts prompts, Places places, long seed, Turn turn) {
    places.requireFit(model);
    TargetColumns columns = new TargetColumns(prompts, seed);
    long width = (long) prompts.length() * model.architecture().dModel();
    String notJoined =
        places.joined() ? whyNotJoined(width, columns.linear(), places.layers().size()) : null;
    List<SiteMoments> sites = new ArrayList<>();
    for (int layer : places.layers()) {
      if (places.joined() && notJoined == null) {
        sites.add(SiteMoments.of(layer, null, Math.toIntExact(width), columns.linear()));
      }
      for (int position = 0; places.positions() && position < prompts.length(); position++) {
        sites.add(SiteMoments.of(layer, position, model.architecture().dModel(), columns.count()));
      }
    }
    SiteMoments.stream(model, prompts, columns, places.at(), sites, turn);
    List<SiteTrace> traced = new ArrayList<>();
    for (SiteMoments site : sites) {
      traced.add(turn.take(() -> SiteReadings.of(site, prompts, columns, seed)));
      turn.progress(traced.size(), sites.size(), "places");
    }
    return new ValueTrace(places.at(), traced, notJoined);
  }

  static @Nullable String whyNotJoined(long width, long targets, long layers) {
    if (width > MOST_JOINED) {
      return "All positions joined are %,d numbers; up to %,d are taken apart into components."
          .formatted(width, MOST_JOINED);
    }
    long bytes = 2 * layers * Moments.bytes(width, targets);
    return bytes > MOST_BYTES
        ? "All positions of %d layers joined would take %,d MiB; choose fewer layers."
            .formatted(layers, bytes >> 20)
        : null;
  }

  /// The best place of a layer for a value by ridge regression at one position.
  ///
  /// @param value index
  public SiteTrace best(int layer, int value) {
    return sites.stream()
        .filter(site -> site.layer() == layer)
        .max(
            Comparator.comparingDouble(
                site -> site.values().get(value).linear().ridge()))
        .orElseThrow(
            () ->
                new TracingException(
                    "trace: expected a traced layer, got %d; trace it first".formatted(layer)));
  }
}

package io.lexiscope.analysis.tracing;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.place.HookPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Where a model keeps the values of a task's nodes: principal components as published, and
/// readings that are fitted to two prompts of three and judged by the third.
///
/// @param at the hook point
/// @param sites layer by layer, the joined place first where there is one
/// @param notJoined why there is no joined place; null where there is one
/// @param checks layer by layer and value by value; empty where no output was given
/// @see <a href="https://arxiv.org/abs/2301.06758">Matsumoto et al. 2022</a>, §3, for components of
///   all positions joined
public record ValueTrace(
    HookPoint at, List<SiteTrace> sites, @Nullable String notJoined, List<CausalCheck> checks) {
  /// Components that are kept.
  public static final int COMPONENTS = 10;

  private static final long MOST_JOINED = 2_048;
  private static final long MOST_BYTES = 768L << 20;

  /// Copies the lists.
  public ValueTrace {
    sites = List.copyOf(sites);
    checks = List.copyOf(checks);
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
  /// @param output what the model answers with, to see what moving a value does to it; null to only
  ///   read
  /// @param seed of the controls
  /// @param turn is asked before each batch, and hears how many prompts are done
  /// @throws TracingException if places do not fit the model
  public static ValueTrace measure(
      LanguageModel model,
      TracedPrompts prompts,
      Places places,
      @Nullable NumericOutput output,
      long seed,
      Turn turn) {
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
    List<CausalCheck> checks = new ArrayList<>();
    if (output != null) {
      MovedRuns runs = new MovedRuns(model, output, turn);
      for (int layer : places.layers()) {
        for (int value = 0; value < prompts.names().size(); value++) {
          int best = best(traced, layer, value);
          SiteMoments site = sites.get(best);
          SiteFits fits = new SiteFits(site.train(), site.test());
          ValueDirection direction =
              ValueDirection.of(
                  model,
                  fits,
                  fits.train().with(value),
                  places.at().at(layer),
                  site.position(),
                  value);
          checks.add(CausalCheck.of(runs, prompts, direction, traced.get(best), value, seed));
        }
      }
    }
    return new ValueTrace(places.at(), traced, notJoined, checks);
  }

  /// The place of a layer at which a value is read best, one position where there is any.
  private static int best(List<SiteTrace> traced, int layer, int value) {
    int best = -1;
    for (int i = 0; i < traced.size(); i++) {
      SiteTrace site = traced.get(i);
      boolean better =
          best < 0
              || (traced.get(best).position() == null && site.position() != null)
              || (site.position() != null
                  && site.values().get(value).linear().ridge()
                      > traced.get(best).values().get(value).linear().ridge());
      if (site.layer() == layer && better) {
        best = i;
      }
    }
    return best;
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
}

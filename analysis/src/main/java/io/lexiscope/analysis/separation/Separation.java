package io.lexiscope.analysis.separation;

import io.lexiscope.analysis.inversion.ListedSpace;
import io.lexiscope.analysis.inversion.MatchedPosition;
import io.lexiscope.analysis.inversion.SiteSweep;
import io.lexiscope.base.Estimate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.site.ActivationConvention;
import io.lexiscope.model.site.ActivationSite;
import io.lexiscope.model.site.SiteReader;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Where two groups of inputs part.
///
/// A place that tells the groups apart is a candidate for where what they differ in is kept; one
/// that nothing else moves keeps nothing else. What the inputs themselves differ in parts at their
/// tokens already: groups are to differ in what is computed, such as a sum or a count.
///
/// @param places best first by separation and invariance; of those that were swapped the ones that
///   move the answer less than a hundredth of the way stand behind the others
/// @param aligned whether positions count from the start
public record Separation(List<SeparatingPlace> places, boolean aligned) {
  private static final int SWAPS = 32;

  /// Share of the way below which a place counts as not used.
  private static final double USED = 0.01;

  /// Copies the list.
  public Separation {
    places = List.copyOf(places);
  }

  /// The sites of a model: what every head adds, and the residual stream before and within its
  /// blocks and behind them.
  public static List<ActivationSite> sites(LanguageModel model) {
    var architecture = model.architecture();
    int heads = architecture.block().attention().heads().heads();
    List<ActivationSite> sites = new ArrayList<>();
    sites.add(new ActivationSite(HookPoint.RESID_PRE.at(0)));
    for (int layer = 0; layer < architecture.layers(); layer++) {
      for (int head = 0; head < heads; head++) {
        sites.add(new ActivationSite(new HeadName(layer, head)));
      }
      for (HookPoint point :
          List.of(HookPoint.RESID_MID, HookPoint.MLP_OUT, HookPoint.RESID_POST)) {
        if (point.existsIn(architecture)) {
          sites.add(new ActivationSite(point.at(layer)));
        }
      }
    }
    return sites;
  }

  /// Ranks all places.
  ///
  /// @param model with what is in force in every run
  /// @param swapped how many of the best are swapped
  /// @param turn is asked before each batch, and hears how many inputs are done
  public static Separation measure(
      LanguageModel model, InputGroups groups, int swapped, Turn turn) {
    List<SiteReader> readers =
        sites(model).stream()
            .map(site -> SiteReader.of(model, site, ActivationConvention.RAW))
            .toList();
    List<TokenIds> all = groups.all();
    int shared = groups.shared();
    boolean aligned = groups.aligned();
    List<List<PlaceSpread>> spreads = new ArrayList<>();
    for (SiteReader reader : readers) {
      List<PlaceSpread> each = new ArrayList<>();
      for (int i = 0; i < shared; i++) {
        each.add(new PlaceSpread(reader.width()));
      }
      spreads.add(each);
    }
    for (boolean testing : new boolean[] {false, true}) {
      List<Integer> chosen = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        if (groups.tests(i) == testing) {
          chosen.add(i);
        }
      }
      new SiteSweep(model, readers, new MatchedPosition.Any(), Set.of())
          .run(
              new ListedSpace(chosen.stream().map(all::get).toList()),
              turn,
              (row, reader, position, values, from) -> {
                int input = chosen.get(row);
                int at = aligned ? position : position - all.get(input).size() + shared;
                if (at >= 0) {
                  PlaceSpread spread = spreads.get(reader).get(at);
                  if (testing) {
                    spread.test(groups.isFirst(input), values, from);
                  } else {
                    spread.teach(groups.isFirst(input), values, from);
                  }
                }
              });
      if (!testing) {
        spreads.forEach(each -> each.forEach(PlaceSpread::taught));
      }
    }
    List<SeparatingPlace> places = new ArrayList<>();
    for (int reader = 0; reader < readers.size(); reader++) {
      for (int at = 0; at < shared; at++) {
        PlaceSpread spread = spreads.get(reader).get(at);
        places.add(
            new SeparatingPlace(
                readers.get(reader).site(),
                aligned ? at : at - shared,
                2 * spread.area() - 1,
                spread.explained(),
                /* swap= */ null));
      }
    }
    places.sort(Comparator.comparingDouble(SeparatingPlace::score).reversed());
    GroupSwaps swaps = GroupSwaps.of(model, groups, SWAPS);
    List<SeparatingPlace> best = places.subList(0, Math.min(swapped, places.size()));
    for (int i = 0; swaps.possible() && i < best.size(); i++) {
      best.set(i, best.get(i).with(swaps.at(best.get(i), turn)));
    }
    best.sort(Comparator.comparing(Separation::isUnused));
    return new Separation(places, aligned);
  }

  private static boolean isUnused(SeparatingPlace place) {
    Estimate swap = place.swap();
    return swap != null && Math.abs(swap.value()) < USED;
  }
}

package io.lexiscope.model.site;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.Place;
import java.util.Optional;
import java.util.regex.Pattern;

/// A place with one vector at each position.
///
/// @param place a hook point, or a head, which stands for what it adds to the residual stream
///   through W_O
public record ActivationSite(Place place) {
  private static final Pattern PUBLISHED =
      Pattern.compile("(x\\d+\\.(pre|mid|post)|a\\d+\\.\\d+|m\\d+)", Pattern.CASE_INSENSITIVE);

  /// Checks the kind of place.
  ///
  /// @throws SiteException if there is no vector at each position
  public ActivationSite {
    boolean pairs = place instanceof HookName name && name.point().axes().get(1).equals("head");
    if (pairs || !(place instanceof HookName || place instanceof HeadName)) {
      throw new SiteException(
          "site: expected a hook point with a vector at each position or a head, got %s; name one such as x0.mid, a0.3 or blocks.1.hook_mlp_out"
              .formatted(place));
    }
  }

  /// Reads a site in every spelling of [Place].
  ///
  /// @throws io.lexiscope.model.place.PlaceException if the text names no place
  /// @throws SiteException if there is no vector at each position
  public static ActivationSite parse(String text) {
    return new ActivationSite(Place.parse(text));
  }

  /// The convention that a spelling stands for: published for the short names of published
  /// inversions (`x0.mid`, `a0.3`, `m1`), raw for all others.
  public static ActivationConvention conventionOf(String text) {
    return PUBLISHED.matcher(text.strip()).matches()
        ? ActivationConvention.PUBLISHED
        : ActivationConvention.RAW;
  }

  /// The short name of published inversions, where there is one.
  public Optional<String> publishedName() {
    return switch (place) {
      case HeadName head -> Optional.of("a" + head.layer() + "." + head.head());
      case HookName name ->
          switch (name.point()) {
            case RESID_PRE -> Optional.of("x" + name.requireLayer() + ".pre");
            case RESID_MID -> Optional.of("x" + name.requireLayer() + ".mid");
            case RESID_POST -> Optional.of("x" + name.requireLayer() + ".post");
            case MLP_OUT -> Optional.of("m" + name.requireLayer());
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  /// Where a pass records it.
  public HookName hook() {
    return place instanceof HeadName head ? HookPoint.Z.at(head.layer()) : (HookName) place;
  }

  /// How many blocks have to run to have it.
  ///
  /// @param layers blocks of the model
  public int blocks(int layers) {
    HookName hook = hook();
    return hook.layer()
        .map(layer -> layer + 1)
        .orElseGet(
            () ->
                hook.point() == HookPoint.EMBED || hook.point() == HookPoint.POS_EMBED
                    ? 0
                    : layers);
  }

  /// Throws unless a model has it.
  ///
  /// @throws SiteException naming what it has
  public void requireIn(Architecture architecture) {
    HookName hook = hook();
    int heads = architecture.block().attention().heads().heads();
    if (!hook.point().existsIn(architecture)
        || hook.layer().orElse(0) >= architecture.layers()
        || (place instanceof HeadName head && head.head() >= heads)) {
      throw new SiteException(
          "site: expected a place of a model of family %s with %d layers and %d heads, got %s; choose one that it has"
              .formatted(architecture.family(), architecture.layers(), heads, place));
    }
  }

  @Override
  public String toString() {
    return place.toString();
  }
}

package io.lexiscope.model.hook;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/// Which hook points a pass is to keep. Nothing else is kept.
public final class Recording {
  private static final Recording NOTHING = new Recording(EnumSet.noneOf(HookPoint.class), Set.of());

  private final Set<HookPoint> everywhere;
  private final Set<HookName> places;

  private Recording(Set<HookPoint> everywhere, Set<HookName> places) {
    this.everywhere = Set.copyOf(everywhere);
    this.places = Set.copyOf(places);
  }

  /// Keeps nothing.
  public static Recording nothing() {
    return NOTHING;
  }

  /// Keeps these points in every layer.
  public static Recording of(HookPoint... points) {
    return new Recording(new LinkedHashSet<>(Arrays.asList(points)), Set.of());
  }

  /// Keeps these places.
  public static Recording of(Collection<HookName> places) {
    return new Recording(Set.of(), new LinkedHashSet<>(places));
  }

  /// Keeps what either keeps.
  public Recording and(Recording other) {
    Set<HookPoint> points = new LinkedHashSet<>(everywhere);
    points.addAll(other.everywhere);
    Set<HookName> names = new LinkedHashSet<>(places);
    names.addAll(other.places);
    return new Recording(points, names);
  }

  /// Whether this place is kept.
  public boolean keeps(HookName name) {
    return everywhere.contains(name.point()) || places.contains(name);
  }

  /// The kinds of points of which at least one place is kept.
  public Set<HookPoint> points() {
    Set<HookPoint> points = EnumSet.noneOf(HookPoint.class);
    Stream.concat(everywhere.stream(), places.stream().map(HookName::point)).forEach(points::add);
    return points;
  }

  /// Places asked for one by one.
  public Set<HookName> places() {
    return places;
  }
}

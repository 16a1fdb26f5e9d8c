package io.lexiscope.model.hook;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Which hook points a pass is to keep, and at which positions. Nothing else is kept or copied.
///
/// ```java
/// Recording.of(HookPoint.RESID_POST);                   // [batch, pos, d_model] of every layer
/// Recording.of(HookPoint.RESID_POST).at(-1);            // [batch, 1, d_model]: the last of each row
/// Recording.of(HookPoint.PATTERN).at(3, -1);            // [batch, head, 2, key_pos]
/// ```
///
/// The axis that shrinks is `pos`, or `query_pos` where there is a value for every pair of
/// positions; positions stand in rising order, each once. [Activations#positions] says which they
/// are.
public final class Recording {
  private static final Recording NOTHING = new Recording(Map.of(), Map.of());

  private final Map<HookPoint, Kept> everywhere;
  private final Map<HookName, Kept> places;

  private Recording(Map<HookPoint, Kept> everywhere, Map<HookName, Kept> places) {
    this.everywhere = Map.copyOf(everywhere);
    this.places = Map.copyOf(places);
  }

  /// Keeps nothing.
  public static Recording nothing() {
    return NOTHING;
  }

  /// Keeps these points in every layer.
  public static Recording of(HookPoint... points) {
    Map<HookPoint, Kept> kept = new LinkedHashMap<>();
    Arrays.stream(points).forEach(point -> kept.put(point, new Kept.Everywhere()));
    return new Recording(kept, Map.of());
  }

  /// Keeps these places.
  public static Recording of(Collection<HookName> places) {
    Map<HookName, Kept> kept = new LinkedHashMap<>();
    places.forEach(place -> kept.put(place, new Kept.Everywhere()));
    return new Recording(Map.of(), kept);
  }

  /// Keeps the same places at these positions only.
  ///
  /// @param positions from 0, or negative from the end of each row; those that a pass over part of
  ///   a sequence does not run are left out
  /// @throws HookException if there is none
  public Recording at(int... positions) {
    return at(Arrays.stream(positions).boxed().toList());
  }

  /// As above.
  public Recording at(Collection<Integer> positions) {
    Kept.At some = Kept.At.of(positions);
    Map<HookPoint, Kept> points = new LinkedHashMap<>();
    everywhere.keySet().forEach(point -> points.put(point, some));
    Map<HookName, Kept> names = new LinkedHashMap<>();
    places.keySet().forEach(name -> names.put(name, some));
    return new Recording(points, names);
  }

  /// Keeps what either keeps.
  public Recording and(Recording other) {
    Map<HookPoint, Kept> points = new LinkedHashMap<>(everywhere);
    other.everywhere.forEach((point, kept) -> points.merge(point, kept, Kept::and));
    Map<HookName, Kept> names = new LinkedHashMap<>(places);
    other.places.forEach((name, kept) -> names.merge(name, kept, Kept::and));
    return new Recording(points, names);
  }

  /// Whether this place is kept.
  public boolean keeps(HookName name) {
    return everywhere.containsKey(name.point()) || places.containsKey(name);
  }

  /// Whether a run that kept this kept all that another recording asks for.
  public boolean covers(Recording other) {
    return other.everywhere.entrySet().stream()
            .allMatch(
                wanted ->
                    everywhere
                        .getOrDefault(wanted.getKey(), new Kept.Nowhere())
                        .covers(wanted.getValue()))
        && other.places.entrySet().stream()
            .allMatch(wanted -> kept(wanted.getKey()).covers(wanted.getValue()));
  }

  /// Whether keeping this may change the last bits of what follows ([HookPoint#splits]).
  public boolean splits() {
    return points().stream().anyMatch(HookPoint::splits);
  }

  /// How many bytes of float32 a run of one prompt keeps by this at most.
  ///
  /// @param length positions of the prompt
  public long bytes(Architecture architecture, int length) {
    long numbers = 0;
    for (var entry : everywhere.entrySet()) {
      int layers = entry.getKey().perLayer() ? architecture.layers() : 1;
      numbers += layers * numbers(entry.getKey(), entry.getValue(), architecture, length);
    }
    for (var entry : places.entrySet()) {
      numbers += numbers(entry.getKey().point(), entry.getValue(), architecture, length);
    }
    return numbers * Float.BYTES;
  }

  private static long numbers(HookPoint point, Kept kept, Architecture architecture, int length) {
    long product = kept.most(length);
    for (int axis = 1; axis < point.axes().size(); axis++) {
      if (axis != point.positionAxis()) {
        product *= HookPoint.extent(point.axes().get(axis), architecture).orElse(length);
      }
    }
    return product;
  }

  Kept kept(HookName name) {
    return everywhere
        .getOrDefault(name.point(), new Kept.Nowhere())
        .and(places.getOrDefault(name, new Kept.Nowhere()));
  }

  /// The kinds of points of which at least one place is kept.
  public Set<HookPoint> points() {
    Set<HookPoint> points = EnumSet.noneOf(HookPoint.class);
    Stream.concat(everywhere.keySet().stream(), places.keySet().stream().map(HookName::point))
        .forEach(points::add);
    return points;
  }

  /// Places asked for one by one.
  public Set<HookName> places() {
    return places.keySet();
  }

  /// Throws unless a sequence has every position that is to be kept.
  ///
  /// @param length of the sequence
  /// @throws HookException naming the first that it has not
  public void requireWithin(int length) {
    Stream.concat(everywhere.values().stream(), places.values().stream())
        .forEach(
            kept -> {
              if (kept instanceof Kept.At at) {
                at.requireWithin(length);
              }
            });
  }
}

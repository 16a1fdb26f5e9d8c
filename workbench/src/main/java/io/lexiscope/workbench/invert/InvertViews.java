package io.lexiscope.workbench.invert;

import io.lexiscope.analysis.inversion.Faithfulness;
import io.lexiscope.analysis.inversion.FeatureReading;
import io.lexiscope.analysis.inversion.InputDistances;
import io.lexiscope.analysis.inversion.InversionQuery;
import io.lexiscope.analysis.inversion.Preimage;
import io.lexiscope.analysis.inversion.PreimageReading;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.site.ActivationSite;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What was found, as a result shows it.
///
/// @param found a preimage for each place
/// @param readings of each
record InvertViews(
    LanguageModel model, List<Preimage> found, List<PreimageReading> readings, double epsilon) {
  /// Consistency from which a feature counts as shared.
  static final double READ = 0.9;

  private static final int STANDARD_TOP = 20;
  private static final int MOST_TOP = 1_000;

  InvertQueryView query() {
    InversionQuery query = found.getFirst().query();
    ActivationSite site = query.reader().site();
    return new InvertQueryView(
        site.toString(),
        site.publishedName().orElse(null),
        query.position(),
        model.tokenizer().display(query.input().get(query.position())),
        query.activation().length());
  }

  List<InvertSample> samples(@Nullable Integer asked, long seed) {
    int top = asked == null ? STANDARD_TOP : asked;
    if (top < 0 || top > MOST_TOP) {
      throw WorkbenchException.misuse(
          "top", "invert: expected 0 to %d inputs, got %d".formatted(MOST_TOP, top));
    }
    Preimage first = found.getFirst();
    InputDistances distances = first.distances();
    int[] members = distances.members(epsilon).toArray();
    Seeded.shuffle(members, Seeded.LXM.from(seed));
    List<InvertSample> samples = new ArrayList<>();
    Arrays.stream(members)
        .limit(top)
        .boxed()
        .sorted(Comparator.comparingDouble(distances::of).thenComparingInt(i -> i))
        .forEach(input -> samples.add(sample(first, input, epsilon)));
    int[] nearest = distances.nearest(members.length + top);
    IntStream.of(nearest)
        .filter(input -> distances.of(input) > (float) epsilon)
        .limit(top)
        .forEach(input -> samples.add(sample(first, input, epsilon)));
    return samples;
  }

  InvertSample sample(Preimage preimage, int input, double bound) {
    TokenIds ids = preimage.space().input(input);
    List<String> tokens = ids.stream().mapToObj(id -> model.tokenizer().display(id)).toList();
    return new InvertSample(
        String.join("", tokens),
        tokens,
        preimage.distances().of(input),
        preimage.distances().position(input),
        /* logProbability= */ null,
        preimage.distances().of(input) <= (float) bound);
  }

  List<InvertFeature> features(@Nullable Faithfulness faithful) {
    List<FeatureReading> features = readings.getFirst().features();
    return IntStream.range(0, features.size())
        .mapToObj(
            i -> {
              FeatureReading feature = features.get(i);
              return new InvertFeature(
                  feature.name(),
                  feature.value(),
                  feature.consistency().value(),
                  feature.consistency(),
                  feature.baseRate(),
                  feature.lift(),
                  feature.isRead(READ),
                  faithful == null ? null : Double.valueOf(faithful.single().get(i).share()));
            })
        .toList();
  }

  List<InvertCurvePoint> curve() {
    return readings.getFirst().curve().stream()
        .map(point -> new InvertCurvePoint(point.epsilon(), point.size(), finite(point)))
        .toList();
  }

  private static List<Double> finite(PreimageReading.CurvePoint point) {
    return point.size() == 0 ? List.of() : point.consistency();
  }

  List<InvertSiteView> places() {
    List<InvertSiteView> places = new ArrayList<>();
    Set<String> before = Set.of();
    for (int i = 0; i < found.size(); i++) {
      Preimage one = found.get(i);
      ActivationSite site = one.query().reader().site();
      List<FeatureReading> features = readings.get(i).features();
      Set<String> read =
          features.stream()
              .filter(feature -> feature.isRead(READ))
              .map(FeatureReading::name)
              .collect(Collectors.toCollection(HashSet::new));
      Set<String> here = read;
      int size = one.distances().sizeAt(epsilon);
      places.add(
          new InvertSiteView(
              site.toString(),
              site.publishedName().orElse(null),
              size,
              i == 0 ? null : Integer.valueOf(shared(found.get(i - 1), one)),
              size == 0
                  ? List.of()
                  : features.stream().map(feature -> feature.consistency().value()).toList(),
              before.stream().filter(name -> !here.contains(name)).sorted().toList()));
      before = read;
    }
    return places;
  }

  private int shared(Preimage one, Preimage other) {
    return (int)
        one.distances()
            .members(epsilon)
            .filter(input -> other.distances().of(input) <= (float) epsilon)
            .count();
  }

  static InvertExplained explained(Faithfulness faithful, int inputs) {
    return new InvertExplained(
        inputs,
        faithful.pairs().stream()
            .map(pair -> new InvertPair(pair.feature(), pair.share()))
            .toList(),
        Double.isNaN(faithful.whole()) ? null : Double.valueOf(faithful.whole()));
  }
}

package io.lexiscope.analysis.study;

import io.lexiscope.analysis.inversion.ActivationMetric;
import io.lexiscope.analysis.inversion.AdditionGrammar;
import io.lexiscope.analysis.inversion.ContrastPairs;
import io.lexiscope.analysis.inversion.ContrastPairs.Among;
import io.lexiscope.analysis.inversion.ContrastPairs.Flow;
import io.lexiscope.analysis.inversion.FeatureReading;
import io.lexiscope.analysis.inversion.HeadPatches;
import io.lexiscope.analysis.inversion.InversionQuery;
import io.lexiscope.analysis.inversion.MatchedPosition;
import io.lexiscope.analysis.inversion.Preimage;
import io.lexiscope.analysis.inversion.PreimageReading;
import io.lexiscope.analysis.inversion.Search;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.site.ActivationConvention;
import io.lexiscope.model.site.ActivationSite;
import io.lexiscope.model.site.SiteReader;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The case study of three-digit addition.
final class AdditionChecks {
  private static final String QUERY = "B615+861=";
  private static final int EQUALS = 8;
  private static final double EPSILON = 0.1;
  private static final double READ = 0.9;
  private static final int MOST_PAIRS = 500;

  private final StudySubject subject;
  private final LanguageModel model;
  private final boolean authors;

  /// A site of the published table.
  ///
  /// @param size of its set
  /// @param near how far a size may be from it
  /// @param content what the set is said to share
  private record Site(String name, int size, int near, String content) {}

  /// A flow of the published table.
  ///
  /// @param total what all heads together take off
  /// @param carrier the head that takes off most
  private record Published(Flow flow, double total, String carrier) {}

  AdditionChecks(StudySubject subject) {
    this.subject = subject;
    this.model = subject.model();
    Architecture architecture = model.architecture();
    this.authors =
        architecture.dModel() == 32
            && architecture.layers() == 2
            && architecture.block().attention().heads().heads() == 4;
  }

  List<StudyCheck> preimages(Study.Turns turns) {
    List<Site> sites =
        List.of(
            new Site("a0.0", 20_000, 0, "{F1,S1}"),
            new Site("a0.1", 20_000, 0, "{F1,S1}"),
            new Site("a0.2", 50_000, 0, "one of the hundreds is 6"),
            new Site("a0.3", 33_890, 40, "carry from F2+S2"),
            new Site("x0.mid", 5_616, 10, "{F1,S1}, carry from F2+S2"));
    TokenIds ids = model.tokenizer().encode(QUERY).ids();
    List<InversionQuery> queries = new ArrayList<>();
    List<Preimage> found = new ArrayList<>();
    turns.run(
        () -> {
          for (Site site : sites) {
            var reader =
                SiteReader.of(
                    model, ActivationSite.parse(site.name()), ActivationConvention.PUBLISHED);
            queries.add(InversionQuery.of(model, reader, ids, EQUALS));
          }
        });
    var search =
        new Search(new MatchedPosition.FromStart(EQUALS), ActivationMetric.EUCLIDEAN, Set.of());
    var space = new AdditionGrammar().whole(model.tokenizer(), QUERY);
    found.addAll(Preimage.find(model, queries, space, search, StudyTurn.of(turns)));
    return IntStream.range(0, sites.size())
        .mapToObj(
            i -> Stream.of(size(sites.get(i), found.get(i)), content(sites.get(i), found.get(i))))
        .flatMap(checks -> checks)
        .toList();
  }

  private StudyCheck size(Site site, Preimage found) {
    int size = found.distances().sizeAt(EPSILON);
    String name = "inputs that share " + site.name() + " of 615+861 at =, of 810,000";
    String published = String.format(Locale.ROOT, "%,d", site.size());
    String measured = String.format(Locale.ROOT, "%,d", size);
    return authors
        ? StudyCheck.of(
            name,
            published,
            measured,
            Math.abs(size - site.size()) <= site.near(),
            "within ± " + site.near())
        : StudyCheck.measuredOnly(name, published, measured, "published for another checkpoint");
  }

  private StudyCheck content(Site site, Preimage found) {
    PreimageReading reading =
        PreimageReading.of(
            found, new AdditionGrammar().features(QUERY), EPSILON, model.tokenizer());
    String read =
        reading.features().stream()
            .filter(feature -> feature.isRead(READ))
            .map(FeatureReading::name)
            .collect(Collectors.joining(", "));
    return StudyCheck.measuredOnly(
        "what they share with 615+861 at " + site.name(),
        site.content(),
        read.isEmpty() ? "nothing in 9 of 10" : read,
        "features with the query's value in 9 of 10 members and more often than in all inputs");
  }

  List<StudyCheck> flows(Study.Turns turns) {
    List<Published> flows =
        List.of(
            new Published(new Flow("F1,S1 → A1", 1, 1, Among.ALL), 25.3, "a0.1"),
            new Published(new Flow("F2,S2 → A1", 2, 1, Among.SMALL), 13.5, "a0.3"),
            new Published(new Flow("F2,S2 → A2, A1≠1", 2, 2, Among.NO_ONE_IN_FRONT), 35.3, "a0.2"),
            new Published(new Flow("F3,S3 → A2, A1≠1", 3, 2, Among.NO_ONE_IN_FRONT), 15.2, "a0.3"),
            new Published(new Flow("F2,S2 → A3, A1=1", 2, 3, Among.FOUR_DIGITS), 35.2, "a0.2"),
            new Published(new Flow("F3,S3 → A3, A1=1", 3, 3, Among.FOUR_DIGITS), 15.1, "a0.3"),
            new Published(new Flow("F3,S3 → A3, A1≠1", 3, 3, Among.NO_ONE_IN_FRONT), 35.8, "a1.3"),
            new Published(new Flow("F3,S3 → A4, A1=1", 3, 4, Among.FOUR_DIGITS), 37.4, "a1.3"));
    List<HeadName> heads = heads(model);
    int count = Math.min(MOST_PAIRS, subject.sizes().examples());
    List<StudyCheck> checks = new ArrayList<>();
    for (Published flow : flows) {
      HeadPatches patches =
          HeadPatches.measure(
              model,
              ContrastPairs.sums(model.tokenizer(), flow.flow(), count, subject.seed()),
              HeadPatches.growing(heads, /* position= */ -1),
              StudyTurn.of(turns));
      List<Double> increments = patches.increments();
      double total = increments.stream().mapToDouble(Double::doubleValue).sum();
      HeadName most = heads.get(increments.indexOf(Collections.max(increments)));
      checks.add(
          InversionStudy.near(
              authors,
              flow.flow().name() + ": logit difference that all heads together take off",
              flow.total(),
              total,
              /* distance= */ 2));
      checks.add(
          StudyCheck.measuredOnly(
              flow.flow().name() + ": head that takes off most",
              flow.carrier(),
              String.format(
                  Locale.ROOT,
                  "a%d.%d (%.1f)",
                  most.layer(),
                  most.head(),
                  Collections.max(increments)),
              "two heads that carry nearly the same may change places"));
    }
    return checks;
  }

  static List<HeadName> heads(LanguageModel model) {
    int each = model.architecture().block().attention().heads().heads();
    return IntStream.range(0, model.architecture().layers() * each)
        .mapToObj(i -> new HeadName(i / each, i % each))
        .toList();
  }
}

package io.lexiscope.analysis.study;

import io.lexiscope.analysis.inversion.ActivationMetric;
import io.lexiscope.analysis.inversion.ContrastPairs;
import io.lexiscope.analysis.inversion.CountingGrammar;
import io.lexiscope.analysis.inversion.FeatureSet;
import io.lexiscope.analysis.inversion.HeadAt;
import io.lexiscope.analysis.inversion.HeadPatches;
import io.lexiscope.analysis.inversion.ListedSpace;
import io.lexiscope.analysis.inversion.MatchedPosition;
import io.lexiscope.analysis.inversion.SiteSweep;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.site.ActivationConvention;
import io.lexiscope.model.site.ActivationSite;
import io.lexiscope.model.site.SiteReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The case study of character counting.
final class CountingChecks {
  private static final double EPSILON = 0.1;
  private static final int MOST = 1_000;

  private final StudySubject subject;
  private final LanguageModel model;
  private final boolean authors;

  /// A site of the published table.
  ///
  /// @param fromEnd its position, of strings that end with the colon
  /// @param count share of pairs within ε with the same count
  /// @param letter share of them with the same letter
  private record Site(String name, int fromEnd, double count, double letter) {}

  CountingChecks(StudySubject subject) {
    this.subject = subject;
    this.model = subject.model();
    Architecture architecture = model.architecture();
    this.authors =
        architecture.dModel() == 64
            && architecture.layers() == 2
            && architecture.block().attention().heads().heads() == 1;
  }

  List<StudyCheck> shared(Study.Turns turns) {
    List<String> texts =
        new CountingGrammar()
            .draw("B|x:", Math.min(MOST, subject.sizes().examples()), subject.seed());
    List<StudyCheck> checks = new ArrayList<>();
    for (Site site :
        List.of(
            new Site("a0.0", -2, 0.416, 1),
            new Site("x0.mid", -2, 0.591, 1),
            new Site("x0.post", -2, 0.969, 1),
            new Site("a1.0", -1, 0.925, 0.061),
            new Site("x1.post", -1, 1, 0.088))) {
      double[] shares = shares(texts, site, turns);
      String where = site.name() + (site.fromEnd() == -1 ? " at the colon" : " at the target");
      checks.add(
          check("same count where " + where + " is the same", site.count(), shares[0], 0.05));
      checks.add(
          check("same letter where " + where + " is the same", site.letter(), shares[1], 0.05));
    }
    return checks;
  }

  private StudyCheck check(String name, double published, double measured, double distance) {
    return Double.isNaN(measured)
        ? StudyCheck.notApplicable(
            name, String.format(Locale.ROOT, "%.3f", published), "no two strings are that near")
        : InversionStudy.near(authors, name, published, measured, distance);
  }

  /// Shares of pairs within ε.
  private double[] shares(List<String> texts, Site site, Study.Turns turns) {
    var reader =
        SiteReader.of(model, ActivationSite.parse(site.name()), ActivationConvention.PUBLISHED);
    List<float[]> vectors = new ArrayList<>();
    new SiteSweep(model, List.of(reader), new MatchedPosition.FromEnd(site.fromEnd()), Set.of())
        .run(
            new ListedSpace(
                texts.stream().map(text -> model.tokenizer().encode(text).ids()).toList()),
            StudyTurn.of(turns),
            (input, r, position, values, from) ->
                vectors.add(Arrays.copyOfRange(values, from, from + reader.width())));
    FeatureSet features = new CountingGrammar().features("");
    List<List<String>> read = texts.stream().map(text -> features.of(text, 0)).toList();
    double pairs = 0;
    double[] same = new double[2];
    for (int i = 0; i < vectors.size(); i++) {
      for (int j = 0; j < vectors.size(); j++) {
        if (i != j && ActivationMetric.EUCLIDEAN.of(vectors.get(i), vectors.get(j), 0) <= EPSILON) {
          pairs++;
          same[0] += read.get(i).get(1).equals(read.get(j).get(1)) ? 1 : 0;
          same[1] += read.get(i).get(0).equals(read.get(j).get(0)) ? 1 : 0;
        }
      }
    }
    return new double[] {same[0] / pairs, same[1] / pairs};
  }

  List<StudyCheck> patching(Study.Turns turns) {
    if (!authors) {
      return List.of(
          StudyCheck.notApplicable(
              "heads patched one after another",
              "a0.0 at the target and a1.0 at the colon carry the count",
              "published for a model of one head a layer"));
    }
    var colon = new HeadAt(new HeadName(0, 0), -1);
    var target = new HeadAt(new HeadName(0, 0), -2);
    var last = new HeadAt(new HeadName(1, 0), -1);
    List<List<HeadAt>> sets =
        List.of(
            List.of(colon),
            List.of(target),
            List.of(last),
            List.of(colon, target),
            List.of(colon, target, last));
    HeadPatches patches =
        HeadPatches.measure(
            model,
            ContrastPairs.strings(
                model.tokenizer(), Math.min(MOST, subject.sizes().examples()), subject.seed()),
            sets,
            StudyTurn.of(turns));
    List<String> names =
        List.of(
            "a0.0 at the colon",
            "a0.0 at the target",
            "a1.0 at the colon",
            "a0.0 at both",
            "all three");
    double[] published = {18.08, -16.29, -17.20, -16.33, -17.31};
    List<StudyCheck> checks = new ArrayList<>();
    checks.add(
        InversionStudy.near(
            authors, "logit difference without a patch", 18.22, patches.none().value(), 1.5));
    for (int i = 0; i < published.length; i++) {
      checks.add(
          InversionStudy.near(
              authors,
              "logit difference with " + names.get(i) + " patched",
              published[i],
              patches.patched().get(i).value(),
              1.5));
    }
    return checks;
  }
}

package io.lexiscope.cli.invert;

import io.lexiscope.base.Estimate;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.workbench.invert.InvertExplained;
import io.lexiscope.workbench.invert.InvertFeature;
import io.lexiscope.workbench.invert.InvertResult;
import io.lexiscope.workbench.invert.InvertSample;
import io.lexiscope.workbench.invert.InvertSiteView;
import io.lexiscope.workbench.invert.InvertSwapView;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A preimage as tables.
final class InvertText {
  private static final int NARROWEST = 16;
  private static final int BESIDE = 30;
  private static final int PAIRS = 3;

  private InvertText() {}

  static String of(InvertResult result, int columns) {
    StringBuilder text = new StringBuilder();
    var query = result.query();
    text.append(
        String.format(
            Locale.ROOT,
            "%s%s at position %d (%s), %s%n%s of %s inputs within %s %s (%s; %s)%n%n",
            query.at(),
            query.name() == null ? "" : " = " + query.name(),
            query.position(),
            Text.token(query.token()),
            result.conventionMeaning(),
            Text.count(result.size()),
            Text.count(result.inputs()),
            result.metric().label(),
            result.epsilon(),
            result.among(),
            result.exact() ? "all there are" : "a sample: the share counts, not the number"));
    text.append(samples(result.samples(), columns));
    if (!result.own().isEmpty()) {
      text.append('\n').append(samples(result.own(), columns));
    }
    if (!result.features().isEmpty()) {
      text.append('\n').append(features(result.features()));
    }
    if (result.places().size() > 1) {
      text.append('\n').append(places(result.places()));
    }
    InvertExplained explained = result.explained();
    if (explained != null) {
      text.append('\n').append(explained(explained));
    }
    InvertSwapView swap = result.swap();
    if (swap != null) {
      text.append('\n').append(swap(swap));
    }
    return text.append(String.format(Locale.ROOT, "%n%.1f s", result.seconds())).toString();
  }

  private static String samples(List<InvertSample> samples, int columns) {
    TextTable table = new TextTable("", ">distance", ">position", "input");
    for (InvertSample sample : samples) {
      table.row(
          sample.accepted() ? "in" : "out",
          Text.number(sample.distance(), 4),
          sample.position(),
          Text.fit(Text.token(sample.text()), Math.max(NARROWEST, columns - BESIDE)));
    }
    return table.toString();
  }

  private static String features(List<InvertFeature> features) {
    TextTable table =
        new TextTable("feature", "value", ">in set", ">of all", ">lift", ">explains", "");
    features.stream()
        .sorted((one, other) -> Double.compare(other.lift(), one.lift()))
        .forEach(
            feature -> {
              Double explains = feature.explained();
              table.row(
                  feature.name(),
                  Text.token(feature.value()),
                  percent(feature.interval()),
                  Text.number(100 * feature.baseRate(), 1) + " %",
                  Text.number(feature.lift(), 2),
                  explains == null ? "" : Text.number(100 * explains, 1) + " %",
                  feature.read() ? "read" : "");
            });
    return table.toString();
  }

  private static String percent(Estimate share) {
    return String.format(
        Locale.ROOT,
        "%s %% (%s–%s)",
        Text.number(100 * share.value(), 1),
        Text.number(100 * share.low(), 1),
        Text.number(100 * share.high(), 1));
  }

  private static String places(List<InvertSiteView> places) {
    TextTable table = new TextTable("place", ">members", ">of those before", "forgotten");
    for (InvertSiteView place : places) {
      String name = place.name();
      Integer shared = place.shared();
      table.row(
          name == null ? place.at() : name,
          Text.count(place.size()),
          shared == null ? "" : Text.count(shared),
          String.join(", ", place.forgotten()));
    }
    return table.toString();
  }

  private static String explained(InvertExplained explained) {
    Double whole = explained.whole();
    Stream<String> pairs =
        explained.pairs().stream()
            .limit(PAIRS)
            .map(pair -> pair.features() + " " + Text.number(100 * pair.share(), 1) + " %");
    return String.format(
        Locale.ROOT,
        "explained of the variance over %s inputs: %s; best pairs: %s%n",
        Text.count(explained.inputs()),
        whole == null ? "nothing is read" : Text.number(100 * whole, 1) + " % by all that is read",
        String.join(", ", pairs.toList()));
  }

  private static String swap(InvertSwapView swap) {
    return String.format(
        Locale.ROOT,
        "answer %s kept with the activation of members: %s (of %d), of matched others: %s (of %d)%n",
        Text.token(swap.answer()),
        percent(swap.members()),
        swap.members().n(),
        percent(swap.others()),
        swap.others().n());
  }
}

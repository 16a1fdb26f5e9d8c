package io.lexiscope.workbench.detox;

import io.lexiscope.analysis.detox.DetoxRow;
import io.lexiscope.analysis.detox.DetoxRowKind;
import io.lexiscope.base.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Draws the dose-response curve of a detoxification experiment as SVG: above the share of toxic
/// continuations with its intervals beside baseline and random control, below the rise of the
/// perplexity.
public final class DetoxPlot {
  private static final int WIDTH = 640;
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int PANEL = 190;
  private static final String TOXIC = "#b3261e";
  private static final String COST = "#1f5fa8";

  private DetoxPlot() {}

  /// The SVG document.
  public static String write(DetoxResult result) {
    List<DetoxRow> doses =
        result.rows().stream().filter(row -> row.kind() == DetoxRowKind.DOSE).toList();
    double most = doses.stream().mapToDouble(DetoxPlot::dose).max().orElse(1);
    double least = Math.min(0, doses.stream().mapToDouble(DetoxPlot::dose).min().orElse(0));
    Scale x = new Scale(least, most > least ? most : least + 1, LEFT, WIDTH - RIGHT);
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
            .formatted(WIDTH, 2 * PANEL + 120));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    text(
        svg,
        LEFT,
        20,
        "start",
        "%s: %d value vectors set to %s"
            .formatted(
                result.model(),
                result.vectors().size(),
                result.setup().inSpreads()
                    ? "their means and some of their own spreads"
                    : "a coefficient"));
    Scale share = new Scale(0, 1, 40 + PANEL, 40);
    frame(svg, x, share, doses, "toxic continuations", 100, "%");
    level(svg, x, share, result.baseline().toxicity(), "no change");
    result.rows().stream()
        .filter(row -> row.kind() == DetoxRowKind.RANDOM)
        .forEach(row -> level(svg, x, share, row.toxicity(), "random vectors"));
    curve(svg, x, share, doses, TOXIC, DetoxRow::toxicity, DetoxRow::toxicityInterval);
    double highest =
        doses.stream().mapToDouble(DetoxPlot::rise).filter(Double::isFinite).max().orElse(0.1);
    double lowest =
        doses.stream().mapToDouble(DetoxPlot::rise).filter(Double::isFinite).min().orElse(0);
    int top = 40 + PANEL + 40;
    Scale rise = new Scale(Math.min(0, lowest), Math.max(0.01, highest * 1.1), top + PANEL, top);
    frame(svg, x, rise, doses, "rise of perplexity", 100, "%");
    curve(svg, x, rise, doses, COST, DetoxPlot::rise, DetoxRow::perplexityRise);
    text(
        svg,
        (LEFT + WIDTH - RIGHT) / 2.0,
        top + PANEL + 36,
        "middle",
        result.setup().inSpreads() ? "spreads from the mean" : "coefficient");
    return svg.append("</svg>\n").toString();
  }

  /// From a range of values to a range of pixels.
  private record Scale(double low, double high, double from, double to) {
    double at(double value) {
      return from + (Math.clamp(value, low, high) - low) / (high - low) * (to - from);
    }
  }

  /// Reads an interval of a row.
  private interface Interval {
    @Nullable Estimate of(DetoxRow row);
  }

  private static double dose(DetoxRow row) {
    Double coefficient = row.coefficient();
    return coefficient == null ? 0 : coefficient;
  }

  private static double rise(DetoxRow row) {
    Estimate rise = row.perplexityRise();
    return rise == null ? Double.NaN : rise.value();
  }

  private static void frame(
      StringBuilder svg,
      Scale x,
      Scale y,
      List<DetoxRow> doses,
      String title,
      double factor,
      String unit) {
    line(svg, x.from(), y.from(), x.to(), y.from(), "#333", "");
    line(svg, x.from(), y.from(), x.from(), y.to(), "#333", "");
    for (int tick = 0; tick <= 4; tick++) {
      double value = y.low() + (y.high() - y.low()) * tick / 4;
      line(svg, x.from() - 4, y.at(value), x.from(), y.at(value), "#333", "");
      text(
          svg,
          x.from() - 8,
          y.at(value) + 4,
          "end",
          String.format(Locale.ROOT, "%.3g %s", factor * value, unit));
    }
    for (DetoxRow row : doses) {
      line(svg, x.at(dose(row)), y.from(), x.at(dose(row)), y.from() + 4, "#333", "");
      text(
          svg,
          x.at(dose(row)),
          y.from() + 17,
          "middle",
          String.format(Locale.ROOT, "%.4g", dose(row)));
    }
    text(svg, x.from() + 6, y.to() + 2, "start", title);
  }

  private static void level(StringBuilder svg, Scale x, Scale y, double value, String name) {
    line(svg, x.from(), y.at(value), x.to(), y.at(value), "#777", " stroke-dasharray=\"4 4\"");
    text(svg, x.to(), y.at(value) - 4, "end", name);
  }

  private static void curve(
      StringBuilder svg,
      Scale x,
      Scale y,
      List<DetoxRow> doses,
      String colour,
      ToDoubleFunction<DetoxRow> value,
      Interval interval) {
    StringBuilder points = new StringBuilder();
    for (DetoxRow row : doses) {
      double number = value.applyAsDouble(row);
      if (!Double.isFinite(number)) {
        continue;
      }
      double across = x.at(dose(row));
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", across, y.at(number)));
      Estimate range = interval.of(row);
      if (range != null && Double.isFinite(range.low()) && Double.isFinite(range.high())) {
        line(svg, across, y.at(range.low()), across, y.at(range.high()), colour, "");
      }
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n",
              across,
              y.at(number),
              colour));
    }
    svg.append(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>%n"
            .formatted(points.toString().strip(), colour));
  }

  private static void line(
      StringBuilder svg, double x1, double y1, double x2, double y2, String colour, String more) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"%s/>%n",
            x1,
            y1,
            x2,
            y2,
            colour,
            more));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String content) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")));
  }
}

package io.lexiscope.workbench.patch;

import io.lexiscope.analysis.patching.PatchDirection;
import io.lexiscope.analysis.patching.PatchGrid;
import io.lexiscope.analysis.patching.PatchReport;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a sweep found, in a sentence.
final class PatchFinding {
  /// A share of the way below which a place is not said to carry the difference.
  private static final double CARRIES = 0.1;

  private PatchFinding() {}

  static List<PatchedCell> strongest(PatchReport report) {
    boolean heads = report.plan().byHead();
    HookPoint at = report.plan().at();
    return report.strongest().stream()
        .map(
            cell ->
                new PatchedCell(
                    at == HookPoint.Z
                        ? "L%dH%d".formatted(cell.layer(), cell.column())
                        : at.at(cell.layer()).toString(),
                    cell.layer(),
                    heads ? null : Integer.valueOf(cell.column()),
                    heads ? Integer.valueOf(cell.column()) : null,
                    cell.value(),
                    cell.share()))
        .toList();
  }

  static String of(PatchReport report, List<PatchedCell> strongest, List<TokenView> ribbon) {
    String metric = report.plan().measure().metric().label();
    List<PatchGrid.Cell> carrying =
        report.strongest().stream().filter(cell -> cell.share() >= CARRIES).toList();
    boolean corrupt = report.plan().direction() == PatchDirection.DENOISING;
    double clean = report.grid().clean().value();
    double other = report.grid().corrupt().value();
    String way =
        String.format(
            Locale.ROOT, "%.4g to %.4g", corrupt ? other : clean, corrupt ? clean : other);
    if (carrying.isEmpty()) {
      return "No single place moves the %s a tenth of the way from %s.".formatted(metric, way);
    }
    return report.plan().byHead()
        ? heads(report, strongest, metric, way)
        : positions(report, carrying, ribbon, metric, way);
  }

  private static String heads(
      PatchReport report, List<PatchedCell> strongest, String metric, String way) {
    String names =
        strongest.stream()
            .filter(cell -> cell.share() >= CARRIES)
            .map(
                cell ->
                    String.format(
                        Locale.ROOT,
                        "%s (%.0f %%)",
                        report.plan().at() == HookPoint.Z
                            ? cell.at()
                            : cell.at() + " head " + cell.head(),
                        100 * cell.share()))
            .collect(Collectors.joining(", "));
    return "%s the %s furthest on the way from %s at %s."
        .formatted(subject(report), metric, way, names);
  }

  /// Where the difference is from block to block.
  private static String positions(
      PatchReport report,
      List<PatchGrid.Cell> carrying,
      List<TokenView> ribbon,
      String metric,
      String way) {
    List<String> stretches = new ArrayList<>();
    for (int i = 0; i < carrying.size(); ) {
      int end = i;
      double least = carrying.get(i).share();
      double most = least;
      while (end + 1 < carrying.size()
          && carrying.get(end + 1).column() == carrying.get(i).column()) {
        end++;
        least = Math.min(least, carrying.get(end).share());
        most = Math.max(most, carrying.get(end).share());
      }
      int first = carrying.get(i).layer();
      int last = carrying.get(end).layer();
      stretches.add(
          String.format(
              Locale.ROOT,
              "%d “%s” in %s (%s)",
              carrying.get(i).column(),
              ribbon.get(carrying.get(i).column()).text(),
              first == last ? "layer " + first : "layers " + first + " to " + last,
              first == last || Math.round(100 * least) == Math.round(100 * most)
                  ? "%.0f %%".formatted(100 * most)
                  : "%.0f to %.0f %%".formatted(100 * least, 100 * most)));
      i = end + 1;
    }
    return "%s the %s furthest on the way from %s at position %s."
        .formatted(subject(report), metric, way, String.join(", then ", stretches));
  }

  private static String subject(PatchReport report) {
    return switch (report.plan().direction()) {
      case DENOISING -> "The clean run's values, put one by one into the corrupt run, bring";
      case NOISING -> "The corrupt run's values, put one by one into the clean run, bring";
      case ZERO -> "Zeros, put one by one in the place of the clean run's values, bring";
      case MEAN -> "Means, put one by one in the place of the clean run's values, bring";
    };
  }
}

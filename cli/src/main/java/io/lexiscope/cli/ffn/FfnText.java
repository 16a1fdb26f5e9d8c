package io.lexiscope.cli.ffn;

import io.lexiscope.analysis.ffn.FfnBalanceView;
import io.lexiscope.analysis.ffn.FfnEventKind;
import io.lexiscope.analysis.ffn.FfnEventView;
import io.lexiscope.analysis.ffn.FfnLayerView;
import io.lexiscope.analysis.ffn.FfnOrder;
import io.lexiscope.analysis.ffn.FfnStateView;
import io.lexiscope.analysis.ffn.SubUpdateView;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.workbench.ffn.FfnResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Feed-forward parts as text: for each layer the words before, the sub-updates, the words after.
final class FfnText {
  private static final int STATE_WORDS = 5;
  private static final int VALUE_WORDS = 4;
  private static final int NAMED = 3;

  private FfnText() {}

  static String of(FfnResult result, int columns) {
    StringBuilder text = new StringBuilder();
    for (FfnLayerView layer : result.layers()) {
      text.append(layer(result, layer, columns)).append('\n');
    }
    text.append(events(result));
    text.append(
        String.format(
            Locale.ROOT,
            "scores are logits by the lens “%s”, listed by %s%n",
            result.convention().description(),
            result.order() == FfnOrder.DOMINANCE
                ? "dominance |m|·‖v‖, share in % of the layer's sum"
                : "size of score, share in % of the layer's sum of |m|·‖v‖"));
    if (result.nullVectors() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "* beyond what %d random vectors of the same length reach; a negative m turns a vector's words round%n",
              result.nullVectors()));
    }
    text.append(result.identity()).append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "largest difference of sum and FFN output %s; %d layers in %.0f ms",
            Text.small(
                result.layers().stream()
                    .mapToDouble(FfnLayerView::residualError)
                    .max()
                    .orElse(Double.NaN)),
            result.layers().size(),
            result.milliseconds()));
    return text.toString();
  }

  private static String layer(FfnResult result, FfnLayerView layer, int columns) {
    String word =
        Text.token(layer.target().text())
            + (result.against() == null ? "" : " − " + Text.token(result.against().text()));
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "layer %d, position %d “%s”%n",
            layer.layer(),
            layer.position(),
            Text.token(result.header().tokens().get(layer.position()).text())));
    if (!finite(layer)) {
      return text.append("  not finite: no words\n").toString();
    }
    text.append("  before  ").append(state(layer.before())).append('\n');
    TextTable table =
        new TextTable("  neuron", ">m", ">‖v‖", ">share", ">" + word, "promotes", "suppresses");
    int room = Math.max(16, (columns - 44) / 2);
    for (SubUpdateView update : layer.subUpdates()) {
      List<TokenReading> up = update.reversed() ? update.bottom() : update.top();
      List<TokenReading> down = update.reversed() ? update.top() : update.bottom();
      table.row(
          "  " + update.name(),
          String.format(Locale.ROOT, "%+.2f", update.coefficient()),
          String.format(Locale.ROOT, "%.2f", update.norm()),
          String.format(Locale.ROOT, "%.1f", 100 * update.share()),
          String.format(Locale.ROOT, "%+.3f", update.score()),
          Text.fit(words(up, update), room),
          Text.fit(words(down, update), room));
    }
    FfnBalanceView balance = layer.balance();
    table.row(
        "  others",
        Text.count(layer.neurons() - layer.subUpdates().size()),
        "",
        String.format(Locale.ROOT, "%.1f", 100 * (1 - layer.listedShare())),
        String.format(Locale.ROOT, "%+.3f", balance.others()),
        "",
        "");
    table.row("  bias", "", Text.number(layer.biasNorm(), 2), "", signed(balance.bias()), "", "");
    if (balance.intervention() != 0) {
      table.row("  intervention", "", "", "", signed(balance.intervention()), "", "");
    }
    table.row("  change", "", "", "", signed(balance.change()), "", "");
    text.append(table);
    text.append("  after   ").append(state(layer.after())).append('\n');
    if (!result.scoresAddUp()) {
      text.append("  (by this lens scores of parts do not add up to the change)\n");
    }
    return text.toString();
  }

  private static boolean finite(FfnLayerView layer) {
    return Double.isFinite(layer.residualError())
        && Double.isFinite(layer.before().entropy())
        && Double.isFinite(layer.after().entropy());
  }

  private static String signed(double logits) {
    return String.format(Locale.ROOT, "%+.3f", logits);
  }

  private static String state(FfnStateView state) {
    return state.top().stream()
            .limit(STATE_WORDS)
            .map(word -> Text.token(word.text()) + " " + Text.probability(word.probability()))
            .collect(Collectors.joining("  "))
        + String.format(
            Locale.ROOT, "   (%s #%,d)", Text.token(state.target().text()), state.target().rank());
  }

  private static String words(List<TokenReading> words, SubUpdateView update) {
    return words.stream()
        .limit(VALUE_WORDS)
        .map(word -> Text.token(word.text()) + (beyond(word.logit(), update) ? "*" : ""))
        .collect(Collectors.joining(" "));
  }

  private static boolean beyond(double logit, SubUpdateView update) {
    @Nullable Double top = update.nullTop();
    @Nullable Double bottom = update.nullBottom();
    return top != null && bottom != null && (logit > top || logit < bottom);
  }

  private static String events(FfnResult result) {
    StringBuilder text = new StringBuilder();
    for (FfnEventView event : result.events()) {
      if (!Double.isFinite(event.min()) || !Double.isFinite(event.max())) {
        continue;
      }
      text.append(
          String.format(
              Locale.ROOT,
              "%s at layer %d, position %d: %s rank %,d → %,d; scores of the ten dominant %+.2f … %+.2f (%s)%n",
              event.kind() == FfnEventKind.SATURATION ? "saturation" : "elimination",
              event.layer(),
              event.position(),
              Text.token(event.token().text()),
              event.rankBefore(),
              event.rankAfter(),
              event.min(),
              event.max(),
              event.subUpdates().stream()
                  .sorted(java.util.Comparator.comparingDouble(update -> -Math.abs(update.score())))
                  .limit(NAMED)
                  .map(
                      update ->
                          update.name() + String.format(Locale.ROOT, " %+.2f", update.score()))
                  .collect(Collectors.joining(", "))));
    }
    return text.isEmpty() ? "" : text.append('\n').toString();
  }
}

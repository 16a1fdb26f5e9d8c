package io.lexiscope.cli.gradients;

import io.lexiscope.analysis.gradient.GradientCell;
import io.lexiscope.analysis.gradient.GradientSign;
import io.lexiscope.analysis.gradient.MatrixGradientShape;
import io.lexiscope.analysis.gradient.ReversedHead;
import io.lexiscope.analysis.gradient.UpdateEffect;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.workbench.gradients.GradientsResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Gradients as text: every matrix where the loss is read, and each matrix as a whole.
final class GradientsText {
  private GradientsText() {}

  static String of(GradientsResult result, int columns) {
    StringBuilder text = new StringBuilder();
    String target =
        result.target().stream().map(word -> Text.token(word.text())).collect(Collectors.joining());
    text.append(
        String.format(
            Locale.ROOT,
            "loss %.4f nats for %s%s after position %d%n%n",
            result.loss(),
            target,
            result.against() == null ? "" : " against " + Text.token(result.against().text()),
            result.position()));
    TextTable table =
        new TextTable("matrix", ">pos", "token", ">‖x‖", ">‖δ‖", ">rank", "reads", "opposite");
    int room = Math.max(16, (columns - 56) / 2);
    for (GradientCell cell : result.matrices()) {
      table.row(
          cell.layer() + "." + cell.matrix(),
          cell.position(),
          Text.token(result.header().tokens().get(cell.position()).text()),
          Text.number(cell.inputNorm(), 3),
          Text.number(cell.vjpNorm(), 4),
          cell.targetRank() == null ? "" : Text.count(cell.targetRank()),
          Text.fit(words(cell.inputTop() == null ? cell.vjpTop() : cell.inputTop()), room)
              + (cell.small() ? " *" : ""),
          Text.fit(words(cell.vjpBottom()), room));
    }
    text.append(table).append('\n');
    TextTable shapes = new TextTable("matrix", ">rank of the gradient", ">norm");
    for (MatrixGradientShape shape : result.ranks()) {
      shapes.row(
          shape.layer() + "." + shape.matrix(), shape.numericalRank(), Text.small(shape.norm()));
    }
    text.append(shapes).append('\n');
    for (UpdateEffect effect : result.effects()) {
      text.append(
          String.format(
              Locale.ROOT,
              "a step of %s on %s: loss %s predicted, %s measured%n",
              Text.small(effect.step()),
              effect.matrices(),
              Text.signed(effect.predicted(), 5),
              effect.measured() == null ? "not" : Text.signed(effect.measured(), 5)));
    }
    if (result.reversed() != null) {
      for (ReversedHead head : result.reversed()) {
        text.append(
            String.format(
                Locale.ROOT,
                "reversed attention L%dH%d  %s%n",
                head.layer(),
                head.head(),
                Text.small(head.norm())));
      }
    }
    return text.append(
            result.sign() == GradientSign.DESCENT
                ? "words of W_O and W_out are of −δ: what an update moves towards; of all others what it imprints, x\n"
                : "words of W_O and W_out are of δ, where the loss grows: an update moves to their opposite\n")
        .append(
            String.format(
                Locale.ROOT,
                "read by %s; * shorter than %s, lost in the whole final norm; %,d words, %.0f ms",
                result.reading().description(),
                Text.small(result.smallNorm()),
                result.vocabulary(),
                result.milliseconds()))
        .toString();
  }

  private static String words(@Nullable List<TokenReading> words) {
    return words == null
        ? ""
        : words.stream().map(word -> Text.token(word.text())).collect(Collectors.joining(" "));
  }
}

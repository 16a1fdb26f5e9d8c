package io.lexiscope.cli.lens;

import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.model.reading.TargetReading;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.lens.LensResult;
import io.lexiscope.workbench.lens.PlaceReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A lens result as text: a grid of layers × positions for one hook point at several positions, a
/// list of words otherwise.
final class LensText {
  private static final int CELL = 14;
  private static final int BAR = 16;

  private LensText() {}

  static String of(LensResult result, int columns) {
    boolean grid =
        result.grid().at().size() == 1
            && result.grid().positions().size() > 1
            && result.readings().stream()
                .allMatch(reading -> reading.head() == null && reading.neuron() == null);
    return grid ? grid(result, columns) : lists(result);
  }

  private static String grid(LensResult result, int columns) {
    Map<Integer, Map<Integer, PlaceReading>> rows = new LinkedHashMap<>();
    for (PlaceReading reading : result.readings()) {
      Integer layer = reading.layer();
      rows.computeIfAbsent(layer == null ? 0 : layer, key -> new LinkedHashMap<>())
          .put(reading.position(), reading);
    }
    List<Integer> layers = new ArrayList<>(rows.keySet()).reversed();
    List<Integer> positions = result.grid().positions();
    int perLine = Math.max(1, (columns - 6) / CELL);
    StringBuilder text = new StringBuilder(result.grid().at().getFirst()).append('\n');
    for (int first = 0; first < positions.size(); first += perLine) {
      List<Integer> some = positions.subList(first, Math.min(first + perLine, positions.size()));
      text.append('\n').append(" ".repeat(6));
      for (int position : some) {
        text.append(pad(position + " " + Text.token(token(result, position).text())));
      }
      text.append('\n');
      for (int layer : layers) {
        text.append(String.format(Locale.ROOT, "%4d  ", layer));
        for (int position : some) {
          PlaceReading reading = rows.getOrDefault(layer, Map.of()).get(position);
          text.append(pad(reading == null ? "" : cell(reading)));
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static TokenView token(LensResult result, int position) {
    return result.header().tokens().get(position);
  }

  private static String cell(PlaceReading reading) {
    if (!finite(reading)) {
      return "not finite";
    }
    TargetReading target = reading.target();
    if (reading.top().isEmpty()) {
      return target == null ? "" : "#" + target.rank();
    }
    TokenReading best = reading.top().getFirst();
    String number = target == null ? short2(best.probability()) : "#" + target.rank();
    return Text.fit(Text.token(best.text()), CELL - 2 - number.length()) + " " + number;
  }

  private static String short2(double probability) {
    return String.format(Locale.ROOT, "%.2f", probability).substring(probability < 0.995 ? 1 : 0);
  }

  private static String pad(String cell) {
    String fitted = Text.fit(cell, CELL - 1);
    return fitted + " ".repeat(CELL - Text.width(fitted));
  }

  private static String lists(LensResult result) {
    StringBuilder text = new StringBuilder();
    for (PlaceReading reading : result.readings()) {
      text.append(heading(result, reading)).append('\n');
      if (!finite(reading)) {
        text.append('\n');
        continue;
      }
      text.append(words(reading.top(), /* bars= */ true));
      List<TokenReading> bottom = reading.bottom();
      if (bottom != null && !bottom.isEmpty()) {
        text.append("  lowest\n").append(words(bottom, /* bars= */ false));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /// Words of numbers that are none would be the first of the vocabulary.
  private static boolean finite(PlaceReading reading) {
    return Double.isFinite(reading.norm()) && Double.isFinite(reading.entropy());
  }

  private static String heading(LensResult result, PlaceReading reading) {
    StringBuilder line = new StringBuilder(reading.at());
    if (reading.head() != null) {
      line.append(" head ").append(reading.head());
    }
    if (reading.neuron() != null) {
      line.append(" neuron ").append(reading.neuron());
    }
    line.append(
        String.format(
            Locale.ROOT,
            " at %d “%s”: ",
            reading.position(),
            Text.token(token(result, reading.position()).text())));
    if (!finite(reading)) {
      return line.append("not finite, no words").toString();
    }
    line.append(
        String.format(
            Locale.ROOT,
            "norm %.3g, entropy %.2f %s",
            reading.norm(),
            reading.entropy(),
            result.units().entropy()));
    target(line, reading.target());
    target(line, reading.against());
    return line.toString();
  }

  private static void target(StringBuilder line, @Nullable TargetReading target) {
    if (target != null) {
      line.append(
          String.format(
              Locale.ROOT,
              ", %s rank %,d (%s)",
              Text.token(target.text()),
              target.rank(),
              Text.probability(target.probability())));
    }
  }

  private static String words(List<TokenReading> words, boolean bars) {
    double largest = words.stream().mapToDouble(TokenReading::probability).max().orElse(1);
    TextTable table = new TextTable("  word", ">probability", ">logit", "");
    for (TokenReading word : words) {
      table.row(
          "  " + Text.token(word.text()),
          Text.probability(word.probability()),
          Text.number(word.logit(), 2),
          bars && largest > 0 ? Text.bar(word.probability() / largest, BAR) : "");
    }
    return table.toString();
  }
}

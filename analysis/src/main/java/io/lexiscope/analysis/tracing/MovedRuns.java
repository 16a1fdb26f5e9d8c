package io.lexiscope.analysis.tracing;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Rows;
import io.lexiscope.model.Run;
import io.lexiscope.model.RunBatch;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Runs prompts, each changed in its own way, and keeps the number each answers with.
final class MovedRuns {
  private static final int MOST_TOKENS = 4_096;

  private final LanguageModel model;
  private final NumericOutput output;
  private final Turn turn;

  MovedRuns(LanguageModel model, NumericOutput output, Turn turn) {
    this.model = model;
    this.output = output;
    this.turn = turn;
  }

  /// Hears what a run had at a place, \[pos · d_model\], by place.
  @FunctionalInterface
  interface Sink {
    void accept(int row, List<float[]> values);
  }

  static Rows.Row row(TokenIds tokens) {
    return new Rows.Row(tokens, Interventions.none());
  }

  /// The answers of prompts as they are or changed.
  double[] answers(List<Rows.Row> rows) {
    return answers(rows, List.of(), (_, _) -> {});
  }

  /// The answers, and what was at some places.
  double[] answers(List<Rows.Row> rows, List<HookName> places, Sink sink) {
    List<Double> all = new ArrayList<>();
    int length = rows.isEmpty() ? 1 : rows.getFirst().tokens().size();
    int most = Math.max(1, MOST_TOKENS / length);
    for (int from = 0; from < rows.size(); from += most) {
      int first = from;
      List<Rows.Row> part = rows.subList(from, Math.min(rows.size(), from + most));
      double[] answers =
          turn.take(
              () -> {
                Recording recording = places.isEmpty() ? Recording.nothing() : Recording.of(places);
                try (RunBatch runs = model.run(new Rows(part), recording)) {
                  if (!places.isEmpty()) {
                    for (int row = 0; row < part.size(); row++) {
                      Run run = runs.row(row);
                      sink.accept(
                          first + row,
                          places.stream().map(place -> run.activation(place).toFloats()).toList());
                    }
                  }
                  return output.read(model, runs);
                }
              });
      Arrays.stream(answers).forEach(all::add);
      turn.progress(all.size(), rows.size(), "runs");
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }
}

package io.lexiscope.model.intervene;

import io.lexiscope.model.place.HookName;
import io.lexiscope.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What is changed in each row of a batch.
///
/// @param rows in the order of the batch
public record RowInterventions(List<OfRow> rows) {

  /// Copies the list.
  public RowInterventions {
    rows = List.copyOf(rows);
  }

  /// What is changed in one row.
  ///
  /// @param promptLength positions of its prompt, from which negative positions count
  public record OfRow(Interventions interventions, int promptLength) {}

  /// The same interventions in prompts of these lengths.
  public static RowInterventions same(Interventions interventions, List<Integer> promptLengths) {
    return new RowInterventions(
        promptLengths.stream().map(length -> new OfRow(interventions, length)).toList());
  }

  /// The functions for one pass, by place, as [Interventions#changes].
  ///
  /// @param past number of positions before the pass's first
  /// @throws InterventionException if a negative position lies before a prompt
  public Map<HookName, List<UnaryOperator<Tensor>>> changes(int past) {
    List<PlaceEdit.Part> parts = new ArrayList<>();
    int first = 0;
    for (int row = 1; row <= rows.size(); row++) {
      if (row == rows.size() || !rows.get(row).equals(rows.get(first))) {
        parts.add(new PlaceEdit.Part(first, row - first, rows.get(first)));
        first = row;
      }
    }
    return PlaceEdit.changes(parts, past, rows.size());
  }
}

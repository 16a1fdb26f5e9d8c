package io.lexiscope.model;

import io.lexiscope.model.place.HookName;
import io.lexiscope.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Prompts that went through a model side by side. Closed by its owner, with the model at the
/// latest.
public final class RunBatch implements OpenRun {
  private final LanguageModel model;
  private final Outcome outcome;
  private final List<Run> rows = new ArrayList<>();

  RunBatch(LanguageModel model, Rows rows, Outcome outcome) {
    this.model = model;
    this.outcome = outcome;
    for (int i = 0; i < rows.rows().size(); i++) {
      Rows.Row row = rows.rows().get(i);
      this.rows.add(
          Run.row(
              model.with(row.interventions()), row.tokens(), outcome.row(i, row.tokens().size())));
    }
  }

  /// One prompt, as if it had run alone; ends with this batch.
  ///
  /// @param row from 0
  public Run row(int row) {
    return rows.get(row);
  }

  /// The prompts, in the order asked for.
  public List<Run> rows() {
    return List.copyOf(rows);
  }

  /// The values of all rows at a place, in float32 on the CPU, of the shape that
  /// [io.lexiscope.model.place.HookPoint#axes] names; padding means nothing. Owned by this batch.
  ///
  /// @throws io.lexiscope.model.hook.HookException if it was not recorded
  public Tensor activation(HookName name) {
    return outcome.activations().get(name);
  }

  /// The last residual streams after the final norm, [batch, pos, d_model], float32; padding means
  /// nothing. Owned by this batch.
  public Tensor last() {
    return outcome.last();
  }

  @Override
  public void close() {
    outcome.scope().close();
    model.forget(this);
  }
}

package io.lexiscope.workbench.train;

import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.NamesFile;
import io.lexiscope.workbench.ask.Request;
import org.jspecify.annotations.Nullable;

/// Asks to train a model by a recipe.
///
/// @param recipe name of a bundled recipe, or a recipe file
/// @param output folder of the result
/// @param resume whether to go on from the last checkpoint in the folder; false when absent
/// @param steps another number of steps than the recipe's
public record TrainRequest(
    @NamesFile(FileUse.NAME_OR_DATA) String recipe,
    @NamesFile(FileUse.WORK_FOLDER) String output,
    @Nullable Boolean resume,
    @Nullable Integer steps)
    implements Request<TrainResult> {
  /// The same from the last checkpoint on.
  TrainRequest resumed() {
    return new TrainRequest(recipe, output, /* resume= */ true, steps);
  }
}

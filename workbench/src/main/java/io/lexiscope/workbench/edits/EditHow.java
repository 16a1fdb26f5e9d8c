package io.lexiscope.workbench.edits;

import io.lexiscope.analysis.edit.ShiftKey;
import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.NamesFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an edit is made, with its settings.
///
/// @param method `shift` when absent
/// @param layer from 0, negatives from the end; searched when absent. Of `memit` and `alphaEdit`
///   the last of the layers
/// @param step of methods that have one, above 0; searched when absent
/// @param matrices of `gradient`, such as `W_out`; all of the layer when absent
/// @param span how many layers `memit` and `alphaEdit` edit, 3 when absent
/// @param key what stands for the key of `shift`, `plain` when absent
/// @param ridge added to the text's second moment of `rome` and `memit`, as a share of its mean
///   diagonal; 0.01 when absent
/// @param weight of the text against the edit in `memit`, 1 when absent
/// @param steps most steps of `rome`, `memit`, `alphaEdit` and `fineTuning`, 25 when absent
/// @param corpus text whose keys an edit keeps clear of; the model's default text when absent
public record EditHow(
    @Nullable EditMethodName method,
    @Nullable Integer layer,
    @Nullable Double step,
    @Nullable List<String> matrices,
    @Nullable Integer span,
    @Nullable ShiftKey key,
    @Nullable Double ridge,
    @Nullable Double weight,
    @Nullable Integer steps,
    @NamesFile(FileUse.DATA) @Nullable String corpus) {
  /// Copies the list.
  public EditHow {
    matrices = matrices == null ? null : List.copyOf(matrices);
  }
}

/// Changes of low rank laid over a model's weights: reversible, stackable, and with an identity.
///
/// ```
///  WeightPatch (matrix, terms inputᵀ·output, origin) ──► PatchStack ──► WeightEdits, open
///                                                                          │ LanguageModel.with
///     weights, mapped, untouched ──────────────────────────────────────────▼
///     x ──► x·W + (x·A)·B in every pass; W + A·B wherever a matrix is read; ModelIdentity
/// ```
///
/// Memory: [io.lexiscope.model.edit.WeightEdits] owns the factors until it is closed and no pass
/// uses them; everything else is records. Threads: all may be shared. Start with
/// [io.lexiscope.model.edit.WeightEdits#open].
@NullMarked
package io.lexiscope.model.edit;

import org.jspecify.annotations.NullMarked;

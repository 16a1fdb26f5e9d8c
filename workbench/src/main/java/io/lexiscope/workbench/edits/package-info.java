/// The verbs `edit`, `apply` and `evaluate-edits`: make a model say something else, write it out,
/// and tell how far that went.
///
/// ```
///  EditRequest ──────────► EditUseCase ──────────► analysis.edit.Editor ──► EditResult, a file of patches
///  ApplyRequest ─────────► ApplyUseCase ─────────► model.export ──────────► a folder or an adapter
///  EvaluateEditsRequest ─► EvaluateEditsUseCase ─► EditEvaluation ────────► EvaluateEditsResult
/// ```
///
/// Memory: the use cases keep nothing; the shelf owns the models. Threads: free to share. Start
/// with [EditUseCase].
@NullMarked
package io.lexiscope.workbench.edits;

import org.jspecify.annotations.NullMarked;

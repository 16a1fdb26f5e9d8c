/// Interventions as data: what to change, at which positions and how, applied to a forward pass and
/// never left in the model.
///
/// ```
///  Intervention (target, where, change), in order ──► Interventions.changes(pass)
///  WordDirection ──► vectors for changes                  └──► one function at each hook point
///  ActivationSource (mean, run, file) ── in turns ──► Change    a row of RowInterventions each its own
/// ```
///
/// Memory: interventions are plain data; the functions make tensors in the scope of the pass.
/// Threads: every type is immutable and may be shared. Start with
/// [io.lexiscope.model.intervene.Intervention].
@NullMarked
package io.lexiscope.model.intervene;

import org.jspecify.annotations.NullMarked;

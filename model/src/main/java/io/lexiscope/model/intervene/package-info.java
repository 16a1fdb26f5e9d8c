/// Interventions as data: what to change, at which positions and how, applied to a forward pass and
/// never left in the model.
///
/// ```
///  JSON ◄──► List of Intervention ──► Interventions.changes(pass) ──► functions at hook points
/// ```
///
/// Memory: interventions are plain data; the functions make tensors in the scope of the pass.
/// Threads: every type is immutable and may be shared. Start with
/// [io.lexiscope.model.intervene.Intervention].
@NullMarked
package io.lexiscope.model.intervene;

import org.jspecify.annotations.NullMarked;

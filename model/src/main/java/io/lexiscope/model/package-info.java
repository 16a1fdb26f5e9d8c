/// Opens a model folder and runs prompts through it.
///
/// ```
///  folder ──► LanguageModel ──► run(prompt, recording) ──► Run ──► activations, logits
///                   │            │  │
///                   │            │  └─ Rows ──► RunBatch ──► a Run for each row
///                   │            └─ resume(run, layer) ──► the rest of that pass
///                   └── with(interventions), with(edits) ──► a view: same weights, another behaviour
/// ```
///
/// Memory: a model owns its weights, a run all it hands out, which needs no scope to be read; both
/// are closed, a run with its model at the latest. Threads: a model may be shared; a run is read by
/// one thread at a time. Start with [io.lexiscope.model.LanguageModel#open].
@NullMarked
package io.lexiscope.model;

import org.jspecify.annotations.NullMarked;

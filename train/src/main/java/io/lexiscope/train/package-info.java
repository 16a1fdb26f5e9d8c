/// Trains small transformers by recipe and measures what they learned.
///
/// ```
///  Recipe ─► Training ─┬─ TaskTokenizer ─► tokenizer.json
///                      ├─ BatchStream: number ─► Batch ─┐
///                      ├─ Trainer: Transformer, loss, gradients, AdamW ◄┘ ─► loss.csv
///                      ├─ TrainingState: checkpoint/state.safetensors (resume)
///                      └─ ModelFolder: config.json, model.safetensors, recipe.json, README.md
///  LanguageModel + task ─► Evaluations ─► Metric
/// ```
///
/// Memory: a run owns its tensors and frees them when it ends. Threads: a run is confined to the
/// thread that calls it. Start with [Training#run] and [Evaluations#run].
@NullMarked
package io.lexiscope.train;

import org.jspecify.annotations.NullMarked;

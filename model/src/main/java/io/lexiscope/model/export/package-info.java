/// Writes edited models out, so that an edit runs elsewhere.
///
/// ```
///  LanguageModel with edits ──► EditedModelFolder: Hugging Face layout, W + A·B in the files
///  PatchStack ────────────────► LoraAdapter: PEFT, A and B as they are
/// ```
///
/// Memory: one edited matrix at a time is formed; everything else is copied as it lies. Threads:
/// one to a folder. Start with [io.lexiscope.model.export.LoraAdapter].
@NullMarked
package io.lexiscope.model.export;

import org.jspecify.annotations.NullMarked;

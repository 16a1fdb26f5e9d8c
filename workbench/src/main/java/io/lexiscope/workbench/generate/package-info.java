/// The verb `generate`: a continuation of a prompt, token by token, with an early exit where one is
/// asked for.
///
/// ```
///  GenerateRequest ──► GenerateUseCase ──► model.generate ──► GenerateResult
///                           ├── GrowingText: ids to text, character by character
///                           └── EarlyExitReports: what the early exit saved
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [GenerateUseCase].
@NullMarked
package io.lexiscope.workbench.generate;

import org.jspecify.annotations.NullMarked;

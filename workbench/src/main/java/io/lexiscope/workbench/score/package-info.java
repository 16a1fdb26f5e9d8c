/// The verb `score`: the loss of a text, token by token.
///
/// ```
///  ScoreRequest ──► ScoreUseCase ──► windows over the text ──► ScoreResult (ScoredToken…)
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [ScoreUseCase].
@NullMarked
package io.lexiscope.workbench.score;

import org.jspecify.annotations.NullMarked;

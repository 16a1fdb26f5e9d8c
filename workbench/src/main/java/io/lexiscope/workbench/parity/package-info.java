/// The verb `parity`: how far a model is from reference numbers, and from itself by another way.
///
/// ```
///  ParityRequest ──► ParityUseCase ──► golden file, self-checks ──► ParityResult (SelfCheckView…)
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [ParityUseCase].
@NullMarked
package io.lexiscope.workbench.parity;

import org.jspecify.annotations.NullMarked;

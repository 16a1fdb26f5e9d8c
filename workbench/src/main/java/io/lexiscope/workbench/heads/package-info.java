/// The verb `heads`: where attention heads look, why, and what they move.
///
/// ```
///  HeadsRequest ──► HeadsUseCase ──► analysis.attention ──► HeadsResult (HeadReading…, HeadsTraits, HeadCard)
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns models and runs. Threads: free to share.
/// Start with [HeadsUseCase].
@NullMarked
package io.lexiscope.workbench.heads;

import org.jspecify.annotations.NullMarked;

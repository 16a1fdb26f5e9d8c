/// The verb `attribution`: which heads, neurons and parts wrote a word.
///
/// ```
///  AttributionRequest ──► AttributionUseCase ──► analysis.attribution ──► AttributionResult (ComponentContribution…)
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [AttributionUseCase].
@NullMarked
package io.lexiscope.workbench.attribution;

import org.jspecify.annotations.NullMarked;

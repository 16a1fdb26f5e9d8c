/// The verb `patch`: what one run computed, put into another.
///
/// ```
///  PatchRequest ─► PatchUseCase ─► analysis.patching (PatchReport) ─► PatchResult
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [PatchUseCase].
@NullMarked
package io.lexiscope.workbench.patch;

import org.jspecify.annotations.NullMarked;

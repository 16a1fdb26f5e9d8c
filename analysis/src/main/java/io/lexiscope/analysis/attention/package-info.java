/// Takes attention apart head by head: what each head looks at, why, what it moves and what that
/// pushes.
///
/// ```
///  Run ──► HeadLayer ─┬─ pattern, outputs through W_O, memory values
///                     ├─ HeadSide: query, key ◄── StreamWriters ──► AttentionScore  (Σ terms = score)
///                     ├─ × TargetDirection, VectorLens ──► HeadReading            (words, push)
///                     └─ HeadFinder ──► HeadTraits                                  (over prompts)
/// ```
///
/// Memory: one layer at a time; a pattern is made for the queries asked for; results are plain
/// records. Threads: everything here is immutable and may be shared while its run is open. Start
/// with [io.lexiscope.analysis.attention.HeadReader].
@NullMarked
package io.lexiscope.analysis.attention;

import org.jspecify.annotations.NullMarked;

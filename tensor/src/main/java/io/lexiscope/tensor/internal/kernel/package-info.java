/// Matrix products, attention, norms and vocabulary readings of inference in Java's vector
/// instructions, straight on native memory.
///
/// ```
///  x [rows, in] ──┬─ one row ───────────────────► SingleRow walks the weight from end to end
///                 ├─ few rows, weight [out, in] ─► RowDots   lanes run along the sum
///                 ├─ more rows, weight [out, in] ► RowLanes  lanes are rows ──► VocabularyScan
///                 └─ weight [in, out] ───────────► OutLanes  lanes are outputs
///     outputs ─► Finish: non-linearity or residual, by the thread that made them
///  q, k, v [pos, head, d_head] ─► Attention ─► OutLanes both ways; keys may lie in pages (Keys)
///  rows ─► RowWork ─► Norms, Pointwise
///  weights in half precision are widened panel by panel (Widening), for a single row in registers
///  (HalfPairs); Workers share the outputs
///  their inner loops (OutTiles, RowTiles, DotTiles, RowStreams, WideningLoops) are written by the
///  build from one description: src/main/tiles/KernelTiles.java
/// ```
///
/// Memory: addresses are borrowed for the call; scratch belongs to [Scratch] and is reused. No
/// bounds are checked below [Products]: callers pass what tensors vouch for. Threads: a product may
/// be asked for from any thread; helpers are shared. Start with [Kernels] and [Products].
///
/// These classes load the incubating module `jdk.incubator.vector`; only [Kernels] decides whether
/// they are touched.
@NullMarked
package io.lexiscope.tensor.internal.kernel;

import org.jspecify.annotations.NullMarked;

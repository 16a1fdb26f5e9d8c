/// Numbers stored in blocks, as GGUF files hold them: some small integers and the scales they
/// share, widened to the very floats that the reference implementation gives.
///
/// ```
///  bytes of a row ─► BlockType#widen ─► floats
///                      ├─ SimpleBlocks    Q4_0 Q4_1 Q5_0 Q5_1 Q8_0 Q8_1
///                      ├─ SuperBlocks     Q2_K … Q6_K Q8_K
///                      ├─ TableBlocks     IQ4_NL IQ4_XS MXFP4 NVFP4
///                      ├─ GridBlocks      IQ1_S IQ1_M IQ2_XXS IQ2_XS IQ2_S IQ3_XXS IQ3_S
///                      └─ TernaryBlocks   TQ1_0 TQ2_0 Q1_0
/// ```
///
/// Memory: none; callers give arrays. Threads: everything is stateless. Start with
/// [BlockType#widen].
///
/// @see <a href="https://github.com/ggml-org/ggml/blob/master/src/ggml-quants.c">ggml-quants.c, the
///   reference</a>
@NullMarked
package io.lexiscope.tensor.block;

import org.jspecify.annotations.NullMarked;

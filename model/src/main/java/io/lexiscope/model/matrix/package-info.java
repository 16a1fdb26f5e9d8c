/// The weights of a network by what they do: block by block, map by map, matrix by matrix.
///
/// ```
///  ModelWeights<T> ─┬─ EmbeddingWeights<T>
///                   ├─ BlockWeights<T> of each layer ─┬─ NormWeights<T>
///                   │                                 ├─ AttentionWeights<T> ─┐
///                   │                                 └─ MlpWeights<T> ───────┴─► Linear<T>
///                   └─ OutputWeights<T>
///  MatrixName (layer, MatrixKind) ─► BlockMatrix<T>: a Linear, and which of its Outputs are meant
/// ```
///
/// `T` is what stands for a weight: a tensor in a model, a stretch of a file, a shape to make.
///
/// Memory: records hold what they are given and own nothing. Threads: everything is immutable and
/// may be shared. Start with [io.lexiscope.model.matrix.ModelWeights].
@NullMarked
package io.lexiscope.model.matrix;

import org.jspecify.annotations.NullMarked;

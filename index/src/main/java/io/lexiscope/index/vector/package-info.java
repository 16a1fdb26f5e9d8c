/// The vectors that a model's parts write into the residual stream, each with a name and a number.
///
/// ```
///  MLP W_out row i of layer l ............... neuron     L3N812
///  σ·v of the r-th singular direction of W_V·W_O ... head       L3H5D0
///  b_out of the MLP, of the attention ....... bias       L3.b_mlp  L3.b_attn
///                        └──► Catalogue: number ↔ name ──► CatalogueVectors: rows [n, d_model]
/// ```
///
/// A neuron's coefficient and its vector are given by the network: the non-linearity fixes the
/// basis. The dimensions of a head's values are not (any rotation between W_V and W_O gives the
/// same head), so heads are read along their singular directions, which do not depend on it.
///
/// Memory: one layer's matrices at a time. Threads: catalogues are free to share. Start with
/// [io.lexiscope.index.vector.Catalogue].
@NullMarked
package io.lexiscope.index.vector;

import org.jspecify.annotations.NullMarked;

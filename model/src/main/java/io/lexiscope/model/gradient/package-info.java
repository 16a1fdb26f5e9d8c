/// What enters the matrices and places of a model and what comes back to them from a scalar, by one
/// pass forwards and one backwards, without the gradient of any weight.
///
/// ```
///  prompt ──► forward ──► logits ──► Loss, a scalar      x  of a matrix: what it was given
///               │  ▲                    │                δ  of a matrix: ∂loss/∂(what it gave)
///               ▼  │ δ·Wᵀ               ▼                ∂loss/∂W = Σ xᵀδ, formed on request only
///             Taps: matrices ◄── backwards               places: value and ∂loss/∂value
/// ```
///
/// A gradient is Σ xᵢᵀδᵢ over the positions i (Katz et al. 2024, eq. 8), of no higher rank than
/// there are positions, so x and δ say all of it in a few vectors. Matrices that a checkpoint
/// stores together are taken apart; queries, keys and values are those before their norm and
/// rotary.
///
/// Memory: a [io.lexiscope.model.gradient.Backward] owns what its passes kept, about the
/// activations of the layers from the first tap on, until it is closed; weights stay as they lie in
/// memory. Threads: one to each; a model may be shared. Start with
/// [io.lexiscope.model.gradient.Backward#of].
@NullMarked
package io.lexiscope.model.gradient;

import org.jspecify.annotations.NullMarked;

package io.lexiscope.model.edit;

import io.lexiscope.model.matrix.MatrixName;
import java.util.List;

/// A change of low rank to one matrix: `W' = W + Σ inputₖᵀ·outputₖ`. A module that reads x then
/// gives `x·W + Σ (x·inputₖ) outputₖ`: what the input picks up, the output adds.
///
/// @param target which matrix
/// @param terms their number is the rank at most; at least one
/// @param origin where it comes from
/// @see <a href="https://arxiv.org/abs/2402.12865">Katz et al. 2024, §5.2</a>: a gradient's terms
///   imprint inputs and shift outputs
public record WeightPatch(MatrixName target, List<PatchTerm> terms, PatchOrigin origin) {

  /// Copies the list and checks it.
  ///
  /// @throws EditException if there is no term, or terms differ in width
  public WeightPatch {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new EditException("patch: expected at least one term, got none at " + target);
    }
    PatchTerm first = terms.getFirst();
    for (PatchTerm term : terms) {
      if (term.input().size() != first.input().size()
          || term.output().size() != first.output().size()) {
        throw new EditException(
            "patch: expected terms of %d inputs and %d outputs like the first, got %d and %d at %s"
                .formatted(
                    first.input().size(),
                    first.output().size(),
                    term.input().size(),
                    term.output().size(),
                    target));
      }
    }
  }

  /// Largest rank of what is added.
  public int rank() {
    return terms.size();
  }

  /// Width of what the matrix reads, d_in.
  public int inputs() {
    return terms.getFirst().input().size();
  }

  /// Width of what the matrix gives, d_out.
  public int outputs() {
    return terms.getFirst().output().size();
  }

  /// The same change in another strength.
  public WeightPatch times(double factor) {
    return new WeightPatch(
        target,
        terms.stream()
            .map(term -> new PatchTerm(term.input(), term.output().times(factor)))
            .toList(),
        origin);
  }

  /// SHA-256 of what it does, in hexadecimal digits: the target and the numbers, not the origin.
  public String hash() {
    return PatchHash.of(this);
  }
}

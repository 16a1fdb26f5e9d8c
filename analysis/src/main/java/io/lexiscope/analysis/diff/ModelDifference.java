package io.lexiscope.analysis.diff;

import io.lexiscope.analysis.gradient.MatrixNames;
import io.lexiscope.base.FloatVector;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Linalg;
import io.lexiscope.tensor.RandomSource;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the difference of two models of one shape in words: what a fine-tune, an edit or an
/// adapter laid into the weights.
///
/// The difference of each matrix, ΔW [d_in, d_out], is taken apart into `Σ σ·uᵀ·v`. An update by
/// gradients is such a sum with the inputs x in the place of u and the vector-Jacobian products δ
/// in that of v, so the sides of the leading factors read as imprint and shift of the backward
/// lens.
///
/// ```java
/// try (LanguageModel tuned = LanguageModel.open(Path.of("tuned"))) {
///   DifferenceQuestion question = new DifferenceQuestion(5, 5, 20, 0);
///   DifferenceReport report = ModelDifference.of(model, tuned, question, Turn.immediately());
///   report.leading().getFirst().factor().shiftTop(); // what the fine-tune taught it to say
/// }
/// ```
///
/// @see <a href="https://arxiv.org/abs/2402.12865">Katz et al. 2024, §4: imprint and shift</a>
public final class ModelDifference {
  /// Smaller factors than this, in the largest, are what rounding leaves of a low rank.
  private static final double ROUNDING = 1e-5;

  private final LanguageModel base;
  private final LanguageModel other;
  private final DifferenceQuestion question;
  private final Turn turn;
  private final FactorWords words;

  private ModelDifference(
      LanguageModel base, LanguageModel other, DifferenceQuestion question, Turn turn) {
    this.base = base;
    this.other = other;
    this.question = question;
    this.turn = turn;
    this.words = new FactorWords(other, question.top());
  }

  /// Sets a model against another, with what is in force in them.
  ///
  /// @param other whose weights say what the factors mean; the difference is its weights less those
  ///   of `base`
  /// @param turn is asked between matrices
  /// @throws DifferenceException if they are not of one shape, or cannot be read in words
  public static DifferenceReport of(
      LanguageModel base, LanguageModel other, DifferenceQuestion question, Turn turn) {
    requireOneShape(base, other);
    return new ModelDifference(base, other, question, turn).report();
  }

  private static void requireOneShape(LanguageModel base, LanguageModel other) {
    List<MatrixName> names = MatrixName.all(base.architecture());
    boolean same =
        names.equals(MatrixName.all(other.architecture()))
            && names.stream()
                .allMatch(
                    name ->
                        name.kind().inputs(base.architecture())
                                == name.kind().inputs(other.architecture())
                            && name.kind().outputs(base.architecture())
                                == name.kind().outputs(other.architecture()));
    if (!same) {
      throw new DifferenceException(
          "diff: expected two models of one shape, got %d layers of width %d and %d of width %d; compare a model with its fine-tune"
              .formatted(
                  base.architecture().layers(),
                  base.architecture().dModel(),
                  other.architecture().layers(),
                  other.architecture().dModel()));
    }
    if (!other.transformer().hasUnembedding()) {
      throw new DifferenceException(
          "diff: expected models with an unembedding, got family %s without a language head; choose language models"
              .formatted(other.architecture().family()));
    }
  }

  /// A term of a difference before anybody asked for its words.
  ///
  /// @param norm of the whole difference
  /// @param left u, [d_in]
  /// @param right v, [d_out]
  private record Term(
      MatrixName name, double norm, double weight, FloatVector left, FloatVector right) {}

  private DifferenceReport report() {
    List<MatrixDifference> matrices = new ArrayList<>();
    List<Term> leading = new ArrayList<>();
    List<Term> random = new ArrayList<>();
    int unchanged = 0;
    long number = 0;
    List<MatrixName> names = MatrixName.all(base.architecture());
    for (MatrixName name : names) {
      turn.progress(number, names.size(), "matrices");
      long seed = question.seed() + number++;
      MatrixDifference found = turn.take(() -> difference(name, leading));
      if (found.norm() == 0) {
        unchanged++;
        continue;
      }
      matrices.add(found);
      turn.take(() -> keepLargest(random, ofRandom(name, found.norm(), seed)));
    }
    return new DifferenceReport(
        matrices, unchanged, inWords(leading), inWords(random), turn.take(this::others));
  }

  /// Largest first, as many as are asked for of the whole model.
  private int keepLargest(List<Term> kept, List<Term> more) {
    kept.addAll(more);
    kept.sort(Comparator.comparingDouble((Term term) -> -term.weight()));
    kept.subList(Math.min(question.leading(), kept.size()), kept.size()).clear();
    return kept.size();
  }

  private List<LeadingFactor> inWords(List<Term> terms) {
    return terms.stream()
        .map(
            term ->
                new LeadingFactor(
                    term.name().layer(),
                    MatrixNames.of(term.name().kind()),
                    turn.take(() -> factors(List.of(term)).getFirst())))
        .toList();
  }

  private MatrixDifference difference(MatrixName name, List<Term> leading) {
    return TensorScope.tidy(
        () -> {
          Tensor before = matrix(base, name);
          Tensor change = matrix(other, name).sub(before);
          double norm = length(change);
          List<Term> terms = norm == 0 ? List.of() : terms(name, change, norm);
          keepLargest(leading, terms);
          return new MatrixDifference(
              name.layer(),
              MatrixNames.of(name.kind()),
              norm,
              norm / length(before),
              factors(terms.subList(0, Math.min(question.factors(), terms.size()))));
        });
  }

  private List<Term> ofRandom(MatrixName name, double norm, long seed) {
    return TensorScope.tidy(
        () -> {
          MatrixKind kind = name.kind();
          try (RandomSource source = RandomSource.seeded(seed)) {
            Tensor drawn =
                source.normal(
                    Shape.of(kind.inputs(base.architecture()), kind.outputs(base.architecture())),
                    0,
                    1);
            return terms(name, drawn.mul(norm / length(drawn)), norm);
          }
        });
  }

  /// As many as either list may hold.
  private List<Term> terms(MatrixName name, Tensor change, double norm) {
    Linalg.Svd svd = Linalg.svd(change.contiguous());
    float[] values = svd.values().toFloats();
    int most = Math.min(Math.max(question.factors(), question.leading()), values.length);
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < most && values[i] > ROUNDING * values[0]; i++) {
      terms.add(
          new Term(
              name,
              norm,
              values[i],
              FloatVector.of(svd.left().select(1, i).contiguous().toFloats()),
              FloatVector.of(svd.right().select(0, i).contiguous().toFloats())));
    }
    return terms;
  }

  /// The words of terms of one matrix.
  private List<DifferenceFactor> factors(List<Term> terms) {
    if (terms.isEmpty()) {
      return List.of();
    }
    return TensorScope.tidy(
        () -> {
          List<FactorWords.Sides> sides =
              words.read(
                  terms.getFirst().name(),
                  rows(terms.stream().map(Term::left).toList()),
                  rows(terms.stream().map(Term::right).toList()));
          List<DifferenceFactor> factors = new ArrayList<>();
          for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            factors.add(
                new DifferenceFactor(
                    term.weight(),
                    term.weight() * term.weight() / (term.norm() * term.norm()),
                    sides.get(i).imprint(),
                    sides.get(i).shift()));
          }
          return factors;
        });
  }

  private static Tensor rows(List<FloatVector> vectors) {
    return Tensors.stack(
        vectors.stream()
            .map(vector -> Tensors.of(vector.toArray(), Shape.of(vector.size())))
            .toList(),
        0);
  }

  private static Tensor matrix(LanguageModel model, MatrixName name) {
    return Linears.matrix(model.transformer().weights().matrix(name, model.architecture()));
  }

  private static double length(Tensor tensor) {
    return TensorScope.tidy(
        () -> {
          Tensor wide = wide(tensor);
          return Math.sqrt(wide.mul(wide).sum().item());
        });
  }

  /// Parameters that hold no matrix of a block, by their names in the checkpoints.
  private DifferenceReport.Others others() {
    Map<String, Tensor> before = beside(base);
    Map<String, Tensor> after = beside(other);
    List<ParameterDifference> differ = new ArrayList<>();
    Set<String> unmatched = new HashSet<>(before.keySet());
    unmatched.addAll(after.keySet());
    before.forEach(
        (name, one) -> {
          Tensor two = after.get(name);
          if (two == null || !one.shape().equals(two.shape())) {
            return;
          }
          unmatched.remove(name);
          double norm = TensorScope.tidy(() -> length(wide(two).sub(wide(one))));
          if (norm > 0) {
            differ.add(new ParameterDifference(name, norm, norm / length(one)));
          }
        });
    differ.sort(Comparator.comparingDouble((ParameterDifference one) -> -one.relative()));
    return new DifferenceReport.Others(differ, unmatched.size());
  }

  private static Map<String, Tensor> beside(LanguageModel model) {
    Set<Tensor> inBlocks = Collections.newSetFromMap(new IdentityHashMap<>());
    for (MatrixName name : MatrixName.all(model.architecture())) {
      inBlocks.add(
          model.transformer().weights().matrix(name, model.architecture()).linear().weight());
    }
    Map<String, Tensor> beside = new HashMap<>(model.parameters());
    beside.values().removeIf(inBlocks::contains);
    return beside;
  }

  /// Blocks are widened to float32 first.
  private static Tensor wide(Tensor tensor) {
    return (tensor.dtype() == DType.BLOCKS ? tensor.to(DType.FLOAT32) : tensor).to(DType.FLOAT64);
  }
}

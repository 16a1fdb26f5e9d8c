package io.lexiscope.analysis.diff;

import io.lexiscope.analysis.gradient.MatrixNames;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  private ModelDifference(
      LanguageModel base, LanguageModel other, DifferenceQuestion question, Turn turn) {
    this.base = base;
    this.other = other;
    this.question = question;
    this.turn = turn;
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

  private DifferenceReport report() {
    FactorWords words = new FactorWords(other, question.top());
    List<MatrixDifference> matrices = new ArrayList<>();
    List<LeadingFactor> factors = new ArrayList<>();
    List<LeadingFactor> random = new ArrayList<>();
    int unchanged = 0;
    long number = 0;
    List<MatrixName> names = MatrixName.all(base.architecture());
    for (MatrixName name : names) {
      turn.progress(number, names.size(), "matrices");
      long seed = question.seed() + number++;
      MatrixDifference found = turn.take(() -> difference(name, words));
      if (found.norm() == 0) {
        unchanged++;
        continue;
      }
      matrices.add(found);
      factors.addAll(placed(found.layer(), found.matrix(), found.factors()));
      random.addAll(
          placed(
              found.layer(),
              found.matrix(),
              turn.take(() -> ofRandom(name, found.norm(), seed, words))));
    }
    return new DifferenceReport(
        matrices, unchanged, leading(factors), leading(random), turn.take(this::others));
  }

  private static List<LeadingFactor> placed(
      int layer, String matrix, List<DifferenceFactor> factors) {
    return factors.stream().map(factor -> new LeadingFactor(layer, matrix, factor)).toList();
  }

  private List<LeadingFactor> leading(List<LeadingFactor> all) {
    return all.stream()
        .sorted(Comparator.comparingDouble((LeadingFactor one) -> -one.factor().weight()))
        .limit(question.leading())
        .toList();
  }

  private MatrixDifference difference(MatrixName name, FactorWords words) {
    return TensorScope.tidy(
        () -> {
          Tensor before = matrix(base, name);
          Tensor change = matrix(other, name).sub(before);
          double norm = length(change);
          return new MatrixDifference(
              name.layer(),
              MatrixNames.of(name.kind()),
              norm,
              norm / length(before),
              norm == 0 ? List.of() : factors(name, change, norm, words));
        });
  }

  private List<DifferenceFactor> ofRandom(
      MatrixName name, double norm, long seed, FactorWords words) {
    return TensorScope.tidy(
        () -> {
          MatrixKind kind = name.kind();
          try (RandomSource source = RandomSource.seeded(seed)) {
            Tensor drawn =
                source.normal(
                    Shape.of(kind.inputs(base.architecture()), kind.outputs(base.architecture())),
                    0,
                    1);
            return factors(name, drawn.mul(norm / length(drawn)), norm, words);
          }
        });
  }

  private List<DifferenceFactor> factors(
      MatrixName name, Tensor change, double norm, FactorWords words) {
    Linalg.Svd svd = Linalg.svd(change.contiguous());
    float[] values = svd.values().toFloats();
    int count = 0;
    while (count < Math.min(question.factors(), values.length)
        && values[count] > ROUNDING * values[0]) {
      count++;
    }
    List<FactorWords.Sides> sides =
        words.read(
            name,
            svd.left().narrow(1, 0, count).transpose(0, 1).contiguous(),
            svd.right().narrow(0, 0, count).contiguous());
    List<DifferenceFactor> factors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      factors.add(
          new DifferenceFactor(
              values[i],
              values[i] * (double) values[i] / (norm * norm),
              sides.get(i).imprint(),
              sides.get(i).shift()));
    }
    return factors;
  }

  private static Tensor matrix(LanguageModel model, MatrixName name) {
    return Linears.matrix(model.transformer().weights().matrix(name, model.architecture()));
  }

  private static double length(Tensor tensor) {
    return TensorScope.tidy(
        () -> {
          Tensor wide = tensor.to(DType.FLOAT64);
          return Math.sqrt(wide.mul(wide).sum().item());
        });
  }

  /// Parameters that hold no matrix of a block, by their name in both checkpoints.
  private List<ParameterDifference> others() {
    Map<String, Tensor> theirs = new HashMap<>(other.parameters());
    List<ParameterDifference> others = new ArrayList<>();
    base.parameters()
        .forEach(
            (name, before) -> {
              Tensor after = theirs.get(name);
              if (after == null
                  || isMatrixOfABlock(before)
                  || !before.shape().equals(after.shape())
                  || before.dtype() == DType.BLOCKS) {
                return;
              }
              double norm = TensorScope.tidy(() -> length(wide(after).sub(wide(before))));
              if (norm > 0) {
                others.add(new ParameterDifference(name, norm, norm / length(before)));
              }
            });
    others.sort(Comparator.comparingDouble((ParameterDifference one) -> -one.relative()));
    return others;
  }

  private static Tensor wide(Tensor tensor) {
    return tensor.to(DType.FLOAT64);
  }

  private boolean isMatrixOfABlock(Tensor parameter) {
    return MatrixName.all(base.architecture()).stream()
        .anyMatch(
            name ->
                base.transformer().weights().matrix(name, base.architecture()).linear().weight()
                    == parameter);
  }
}

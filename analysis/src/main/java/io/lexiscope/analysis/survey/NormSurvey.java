package io.lexiscope.analysis.survey;

import io.lexiscope.base.Estimate;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What norms do to the words of the stream, beside what they do to random vectors as long.
///
/// @see <a href="https://arxiv.org/abs/2305.13417">Katz and Belinkov 2023, §5.2</a>
final class NormSurvey {
  private final LanguageModel model;
  private final WordSpread words;
  private final SurveyPlan plan;
  private final List<Norm> norms = new ArrayList<>();
  private int prompts;

  /// One norm, and what it did so far.
  private static final class Norm {
    private final int layer;

    /// 1 before attention, 2 before the MLP.
    private final int number;

    /// Sum of Δp by word.
    private final double[] shifts;

    private final List<Double> moved = new ArrayList<>();
    private final List<Double> random = new ArrayList<>();

    Norm(int layer, int number, int vocabulary) {
      this.layer = layer;
      this.number = number;
      this.shifts = new double[vocabulary];
    }
  }

  NormSurvey(LanguageModel model, SurveyPlan plan) {
    this.model = model;
    this.words = WordSpread.of(model);
    this.plan = plan;
    Architecture architecture = model.architecture();
    int vocabulary = architecture.dimensions().vocabulary();
    for (int layer = 0; layer < architecture.layers(); layer++) {
      for (int number = 1; number <= 2; number++) {
        if (norm(model, layer, number) != null) {
          norms.add(new Norm(layer, number, vocabulary));
        }
      }
    }
  }

  static Recording recording(LanguageModel model) {
    Recording points = Recording.of(HookPoint.RESID_PRE).at(-1);
    return model.architecture().block().wiring().parallel()
        ? points
        : points.and(Recording.of(HookPoint.RESID_MID).at(-1));
  }

  /// The norm that a sublayer reads the stream through; null where it reads it as it is, or where
  /// another reads through the same.
  static @Nullable AffineNorm norm(LanguageModel model, int layer, int number) {
    Wiring wiring = model.architecture().block().wiring();
    BlockWeights.Norms<Tensor> norms = model.transformer().weights().blocks().get(layer).norms();
    NormWeights<Tensor> weights =
        switch (wiring) {
          case PRE_NORM, PARALLEL_TWO_NORMS, SANDWICH -> number == 1 ? norms.ln1() : norms.ln2();
          case PARALLEL_ONE_NORM -> number == 1 ? norms.ln1() : null;
          case OUTPUT_NORM, POST_NORM -> null;
        };
    return weights == null ? null : new AffineNorm(model.architecture().block().norm(), weights);
  }

  /// Adds one prompt, read at its last position.
  void add(Run run) {
    RandomGenerator random = Seeded.stream("survey norms", plan.seed(), prompts++);
    boolean parallel = model.architecture().block().wiring().parallel();
    for (Norm one : norms) {
      TensorScope.tidyRun(
          () -> {
            HookPoint read =
                one.number == 1 || parallel ? HookPoint.RESID_PRE : HookPoint.RESID_MID;
            Tensor stream = run.activation(read.at(one.layer), run.length() - 1);
            add(one, stream, random);
          });
    }
  }

  private void add(Norm one, Tensor stream, RandomGenerator random) {
    AffineNorm norm = norm(model, one.layer, one.number);
    if (norm == null) {
      return;
    }
    float[] drawn = new float[(int) stream.size(0)];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = (float) random.nextGaussian();
    }
    Tensor other = Tensors.of(drawn, Shape.of(drawn.length));
    double length = stream.norm(-1, /* keepAxis= */ false).item();
    Tensor before =
        Tensors.stack(
            List.of(stream, other.mul(length / other.norm(-1, /* keepAxis= */ false).item())), 0);
    Tensor change = change(words, norm, before);
    float[] shifts = change.select(0, 0).toFloats();
    for (int word = 0; word < shifts.length; word++) {
      one.shifts[word] += shifts[word];
    }
    float[] moved = change.abs().sum(-1, /* keepAxis= */ false).toFloats();
    one.moved.add(moved[0] / 2.0);
    one.random.add(moved[1] / 2.0);
  }

  /// Probabilities after a norm less those before, [rows, vocabulary]; rows sum to 0.
  ///
  /// @param before [rows, d_model]
  static Tensor change(WordSpread words, AffineNorm norm, Tensor before) {
    return TensorScope.tidy(
        () -> words.probabilities(norm.apply(before)).sub(words.probabilities(before)));
  }

  List<NormFilter> layers() {
    return norms.stream().map(this::layer).toList();
  }

  private NormFilter layer(Norm one) {
    List<Integer> order =
        IntStream.range(0, one.shifts.length)
            .boxed()
            .filter(word -> !model.reader().underTrained().contains(word))
            .sorted(Comparator.comparingDouble((Integer word) -> -one.shifts[word]))
            .toList();
    int count = Math.min(plan.words(), order.size());
    return new NormFilter(
        one.layer,
        one.number,
        new NormMoved(mean(one.moved), mean(one.random)),
        shifts(one, order.subList(0, count)),
        shifts(one, order.reversed().subList(0, count)));
  }

  private List<WordShift> shifts(Norm one, List<Integer> of) {
    return of.stream()
        .map(
            word ->
                new WordShift(word, model.tokenizer().display(word), one.shifts[word] / prompts))
        .toList();
  }

  private static Estimate mean(List<Double> sample) {
    return Estimate.mean(sample.stream().mapToDouble(Double::doubleValue).toArray());
  }
}

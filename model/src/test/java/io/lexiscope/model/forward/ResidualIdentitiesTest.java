package io.lexiscope.model.forward;

import static io.lexiscope.model.GoldenModel.doubles;
import static io.lexiscope.model.GoldenModel.floats;
import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Unembedding;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the values at the hook points of a block have to do with each other, in plain Java doubles.
class ResidualIdentitiesTest {
  private static final TokenIds PROMPT = GoldenModel.prompt(13);
  private static final int LAYER = 1;
  private static final Tolerance FLOAT = new Tolerance(5e-5, 2e-5);

  private static double[] at(Run run, HookPoint point) {
    return doubles(run.activation(point.perLayer() ? point.at(LAYER) : point.once()));
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = new double[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }

  private static BlockWeights<Tensor> weights(LanguageModel model) {
    return model.transformer().weights().blocks().get(LAYER);
  }

  /// Norm of each row, written out.
  private static double[] norm(double[] rows, Norm kind, NormWeights<Tensor> weights) {
    double[] gain = doubles(weights.weight());
    double @Nullable [] bias = weights.bias() == null ? null : doubles(weights.bias());
    int width = gain.length;
    double[] result = new double[rows.length];
    for (int row = 0; row < rows.length / width; row++) {
      double mean = 0;
      double square = 0;
      for (int i = 0; i < width; i++) {
        mean += rows[row * width + i] / width;
      }
      mean = kind instanceof Norm.LayerNorm ? mean : 0;
      for (int i = 0; i < width; i++) {
        square += Math.pow(rows[row * width + i] - mean, 2) / width;
      }
      double offset = kind instanceof Norm.RmsNorm rms && rms.unitOffset() ? 1 : 0;
      for (int i = 0; i < width; i++) {
        result[row * width + i] =
            (rows[row * width + i] - mean) / Math.sqrt(square + kind.epsilon()) * (gain[i] + offset)
                + (bias == null ? 0 : bias[i]);
      }
    }
    return result;
  }

  /// `x · W + b` for each row, written out.
  private static double[] apply(double[] rows, Linear<Tensor> linear) {
    double[] matrix = TensorScope.tidy(() -> doubles(Linears.rowsAreInputs(linear)));
    double @Nullable [] bias = linear.bias() == null ? null : doubles(linear.bias());
    int in = Math.toIntExact(TensorScope.tidy(() -> Linears.rowsAreInputs(linear).size(0)));
    int out = matrix.length / in;
    double[] result = new double[rows.length / in * out];
    for (int row = 0; row < rows.length / in; row++) {
      for (int o = 0; o < out; o++) {
        double total = bias == null ? 0 : bias[o];
        for (int i = 0; i < in; i++) {
          total += rows[row * in + i] * matrix[i * out + o];
        }
        result[row * out + o] = total;
      }
    }
    return result;
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void theStreamIsTheSumOfWhatIsAddedToIt(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        Run run =
            model.run(
                PROMPT,
                Recording.of(
                    HookPoint.RESID_PRE,
                    HookPoint.RESID_MID,
                    HookPoint.RESID_POST,
                    HookPoint.ATTN_OUT,
                    HookPoint.MLP_OUT))) {
      Wiring wiring = model.architecture().block().wiring();
      Norm kind = model.architecture().block().norm();
      double[] mid = sum(at(run, HookPoint.RESID_PRE), at(run, HookPoint.ATTN_OUT));
      if (!wiring.parallel()) {
        assertClose(floats(at(run, HookPoint.RESID_MID)), floats(mid), FLOAT);
      }
      double[] before =
          wiring == Wiring.POST_NORM ? norm(mid, kind, weights(model).norms().ln1()) : mid;
      double[] post = sum(before, at(run, HookPoint.MLP_OUT));
      assertClose(floats(at(run, HookPoint.RESID_POST)), floats(post), FLOAT);

      double[] next =
          wiring == Wiring.POST_NORM
              ? norm(post, kind, Objects.requireNonNull(weights(model).norms().ln2()))
              : post;
      double[] entering = doubles(run.activation(HookPoint.RESID_PRE.at(LAYER + 1)));
      assertClose(floats(entering), floats(next), FLOAT);
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void whatIsAddedIsTheModulesOutputThroughTheNormAfterItWhereThereIsOne(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        Run run =
            model.run(
                PROMPT,
                Recording.of(
                    HookPoint.ATTN_OUT,
                    HookPoint.ATTN_MODULE_OUT,
                    HookPoint.MLP_OUT,
                    HookPoint.MLP_MODULE_OUT))) {
      BlockWeights.Norms<Tensor> norms = weights(model).norms();
      Norm kind = model.architecture().block().norm();
      double[] attention = at(run, HookPoint.ATTN_MODULE_OUT);
      double[] mlp = at(run, HookPoint.MLP_MODULE_OUT);
      switch (model.architecture().block().wiring()) {
        case SANDWICH -> {
          attention = norm(attention, kind, Objects.requireNonNull(norms.ln1Post()));
          mlp = norm(mlp, kind, Objects.requireNonNull(norms.ln2Post()));
        }
        case OUTPUT_NORM -> {
          attention = norm(attention, kind, norms.ln1());
          mlp = norm(mlp, kind, Objects.requireNonNull(norms.ln2()));
        }
        case PRE_NORM, PARALLEL_ONE_NORM, PARALLEL_TWO_NORMS, POST_NORM -> {}
      }
      assertClose(floats(at(run, HookPoint.ATTN_OUT)), floats(attention), FLOAT);
      assertClose(floats(at(run, HookPoint.MLP_OUT)), floats(mlp), FLOAT);
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void headsThroughTheOutputMatrixSumToTheModulesOutput(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        Run run =
            model.run(
                PROMPT, Recording.of(HookPoint.Z, HookPoint.RESULT, HookPoint.ATTN_MODULE_OUT));
        Run plain = model.run(PROMPT, Recording.of(HookPoint.ATTN_MODULE_OUT))) {
      Linear<Tensor> out = weights(model).attention().out();
      Attention.Heads heads = model.architecture().block().attention().heads();
      double[] z = at(run, HookPoint.Z);
      double[] result = at(run, HookPoint.RESULT);
      double[] matrix = TensorScope.tidy(() -> doubles(Linears.rowsAreInputs(out)));
      int width = model.architecture().dModel();
      double[] perHead = new double[result.length];
      double[] total = new double[PROMPT.size() * width];
      for (int p = 0; p < PROMPT.size(); p++) {
        for (int h = 0; h < heads.heads(); h++) {
          for (int o = 0; o < width; o++) {
            int to = (p * heads.heads() + h) * width + o;
            for (int d = 0; d < heads.dHead(); d++) {
              perHead[to] +=
                  z[(p * heads.heads() + h) * heads.dHead() + d]
                      * matrix[(h * heads.dHead() + d) * width + o];
            }
            total[p * width + o] += result[to];
          }
        }
        for (int o = 0; o < width && out.bias() != null; o++) {
          total[p * width + o] += doubles(out.bias())[o];
        }
      }

      assertClose(floats(result), floats(perHead), FLOAT);
      assertClose(floats(at(run, HookPoint.ATTN_MODULE_OUT)), floats(total), FLOAT);
      assertClose(floats(at(plain, HookPoint.ATTN_MODULE_OUT)), floats(total), FLOAT);
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void neuronsThroughTheOutputMatrixSumToTheModulesOutput(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(PROMPT, Recording.of(HookPoint.MLP_POST, HookPoint.MLP_MODULE_OUT))) {
      double[] expected = apply(at(run, HookPoint.MLP_POST), weights(model).mlp().out());

      assertClose(floats(at(run, HookPoint.MLP_MODULE_OUT)), floats(expected), FLOAT);
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void patternsSumToOneAndMixTheValues(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        Run written =
            model.run(
                PROMPT,
                Recording.of(HookPoint.PATTERN, HookPoint.ATTN_SCORES, HookPoint.V, HookPoint.Z));
        Run fused = model.run(PROMPT, Recording.of(HookPoint.Z))) {
      Attention.Heads heads = model.architecture().block().attention().heads();
      double[] pattern = at(written, HookPoint.PATTERN);
      double[] scores = at(written, HookPoint.ATTN_SCORES);
      double[] v = at(written, HookPoint.V);
      int length = PROMPT.size();
      double[] z = new double[length * heads.queryWidth()];
      for (int h = 0; h < heads.heads(); h++) {
        int shared = h / (heads.heads() / heads.kvHeads());
        for (int q = 0; q < length; q++) {
          double row = 0;
          for (int k = 0; k < length; k++) {
            double weight = pattern[(h * length + q) * length + k];
            row += weight;
            boolean hidden = scores[(h * length + q) * length + k] == Double.NEGATIVE_INFINITY;
            assertThat(weight == 0).isEqualTo(hidden);
            assertThat(hidden || k <= q || !model.architecture().causal()).isTrue();
            for (int d = 0; d < heads.dHead(); d++) {
              z[(q * heads.heads() + h) * heads.dHead() + d] +=
                  weight * v[(k * heads.kvHeads() + shared) * heads.dHead() + d];
            }
          }
          assertClose(row, 1, Tolerance.within(1e-5));
        }
      }

      assertClose(floats(at(written, HookPoint.Z)), floats(z), FLOAT);
      assertClose(floats(at(fused, HookPoint.Z)), floats(z), FLOAT);
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void normalizedIsCentredAndDividedByTheScaleWithoutGainAndBias(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        Run run =
            model.run(
                PROMPT,
                Recording.of(
                    HookPoint.RESID_PRE,
                    HookPoint.RESID_MID,
                    HookPoint.ATTN_MODULE_OUT,
                    HookPoint.LN1_SCALE,
                    HookPoint.LN1_NORMALIZED))) {
      HookPoint input =
          switch (model.architecture().block().wiring()) {
            case POST_NORM -> HookPoint.RESID_MID;
            case OUTPUT_NORM -> HookPoint.ATTN_MODULE_OUT;
            case PRE_NORM, PARALLEL_ONE_NORM, PARALLEL_TWO_NORMS, SANDWICH -> HookPoint.RESID_PRE;
          };
      Norm kind = model.architecture().block().norm();
      double[] x = at(run, input);
      int width = model.architecture().dModel();
      double[] scale = new double[PROMPT.size()];
      double[] normalized = new double[x.length];
      for (int p = 0; p < scale.length; p++) {
        double mean = 0;
        for (int i = 0; i < width; i++) {
          mean += kind instanceof Norm.LayerNorm ? x[p * width + i] / width : 0;
        }
        double square = 0;
        for (int i = 0; i < width; i++) {
          square += Math.pow(x[p * width + i] - mean, 2) / width;
        }
        scale[p] = Math.sqrt(square + kind.epsilon());
        for (int i = 0; i < width; i++) {
          normalized[p * width + i] = (x[p * width + i] - mean) / scale[p];
        }
      }

      assertClose(floats(at(run, HookPoint.LN1_SCALE)), floats(scale), FLOAT);
      assertClose(floats(at(run, HookPoint.LN1_NORMALIZED)), floats(normalized), FLOAT);
    }
  }

  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void logitsAreTheUnembeddingOfTheLastNormedStream(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(PROMPT, Recording.of(HookPoint.RESID_POST))) {
      int last = model.architecture().layers() - 1;
      double[] normed =
          norm(
              doubles(run.activation(HookPoint.RESID_POST.at(last))),
              Objects.requireNonNull(model.architecture().output().norm()),
              Objects.requireNonNull(model.transformer().weights().output().norm()));
      Unembedding map = model.transformer().unembedding();
      double[] matrix = doubles(map.weight());
      double @Nullable [] bias = map.bias() == null ? null : doubles(map.bias());
      int words = map.vocabularySize();
      int width = model.architecture().dModel();
      double[] expected = new double[PROMPT.size() * words];
      for (int p = 0; p < PROMPT.size(); p++) {
        for (int id = 0; id < words; id++) {
          double logit = bias == null ? 0 : bias[id];
          for (int i = 0; i < width; i++) {
            logit += normed[p * width + i] * matrix[id * width + i];
          }
          double cap = map.softCap().orElse(0);
          expected[p * words + id] = cap > 0 ? cap * Math.tanh(logit / cap) : logit;
        }
      }

      assertClose(run.logits().toFloats(), floats(expected), Tolerance.within(2e-4));
      assertClose(
          run.logits(-1).toFloats(),
          java.util.Arrays.copyOfRange(floats(expected), expected.length - words, expected.length),
          Tolerance.within(2e-4));
    }
  }
}

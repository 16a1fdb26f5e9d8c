package io.lexiscope.model.forward;

import static io.lexiscope.model.GoldenModel.doubles;
import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Autograd;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One more key and value in every layer.
class ConditioningTest {
  private static final Tolerance ROUNDING = new Tolerance(2e-5, 2e-5);

  /// Length of the step along the gradient.
  private static final double STEP = 0.02;

  private static final List<TokenIds> PROMPTS =
      List.of(GoldenModel.prompt(9), GoldenModel.prompt(5));
  private static final TokenBatch BATCH = new TokenBatch(PROMPTS, /* padding= */ 0);

  private static Tensor random(long seed, long... dims) {
    Random random = new Random(seed);
    Shape shape = Shape.of(dims);
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensors.of(values, shape);
  }

  private static Conditioning.ExtraKey extra(Transformer transformer, int rows, long seed) {
    Attention.Heads heads = transformer.architecture().block().attention().heads();
    int layers = transformer.architecture().layers();
    return new Conditioning.ExtraKey(
        random(seed, rows, layers, heads.kvHeads(), heads.dHead()),
        random(seed + 1, rows, layers, heads.kvHeads(), heads.dHead()));
  }

  /// From queries, keys and values as the pass itself recorded them, in doubles: the softmax of one
  /// more score and the mixture of one more value.
  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void headsMixOneMoreValueByOneMoreScore(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      Transformer transformer = model.transformer();
      TensorScope.tidyRun(
          () -> {
            Conditioning.ExtraKey extra = extra(transformer, /* rows= */ 1, 5);
            ActiveHooks hooks =
                new ActiveHooks(
                    Recording.of(
                        HookPoint.V, HookPoint.Z, HookPoint.ATTN_SCORES, HookPoint.PATTERN),
                    Map.of());
            Tensor ignored =
                transformer.forward(TokenBatch.of(PROMPTS.getFirst()), hooks, null, extra);
            assertThat(ignored.size(1)).isEqualTo(9);
            for (int layer = 0; layer < transformer.architecture().layers(); layer++) {
              requireMixture(transformer, hooks, extra, layer);
            }
          });
    }
  }

  private static void requireMixture(
      Transformer transformer, ActiveHooks hooks, Conditioning.ExtraKey extra, int layer) {
    Attention.Heads heads = transformer.architecture().block().attention().heads();
    int d = heads.dHead();
    int kv = heads.kvHeads();
    double[] scores = doubles(hooks.activations().get(HookPoint.ATTN_SCORES.at(layer)));
    double[] pattern = doubles(hooks.activations().get(HookPoint.PATTERN.at(layer)));
    double[] values = doubles(hooks.activations().get(HookPoint.V.at(layer)));
    double[] more = doubles(extra.values().select(1, layer));
    float[] z = hooks.activations().get(HookPoint.Z.at(layer)).toFloats();
    float[] expected = new float[z.length];
    int length = 9;
    int keys = length + 1;
    for (int head = 0; head < heads.heads(); head++) {
      int group = head / (heads.heads() / kv);
      for (int q = 0; q < length; q++) {
        int row = (head * length + q) * keys;
        assertThat(scores[row]).as("the extra key is seen").isFinite();
        assertThat(pattern[row]).isPositive();
        for (int i = 0; i < d; i++) {
          double sum = pattern[row] * more[group * d + i];
          for (int k = 0; k < length; k++) {
            sum += pattern[row + 1 + k] * values[(k * kv + group) * d + i];
          }
          expected[(q * heads.heads() + head) * d + i] = (float) sum;
        }
      }
    }
    assertClose(z, expected, ROUNDING);
  }

  /// The written-out softmax above against the attention that never holds the pattern.
  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void fusedAttentionGivesTheSame(GoldenModel golden) {
    io.lexiscope.model.KernelPaths.onEach(
        () -> {
          try (LanguageModel model = golden.open()) {
            TensorScope.tidyRun(
                () -> {
                  Transformer transformer = model.transformer();
                  Conditioning.ExtraKey extra = extra(transformer, /* rows= */ 2, 9);
                  ActiveHooks watched = new ActiveHooks(Recording.of(HookPoint.PATTERN), Map.of());

                  Tensor written = transformer.forward(BATCH, watched, null, extra);
                  Tensor fused = transformer.forward(BATCH, ActiveHooks.none(), null, extra);

                  requireSame(fused, written);
                });
          }
        });
  }

  /// Both rows without the padding of the shorter one.
  private static void requireSame(Tensor got, Tensor expected) {
    assertClose(got.narrow(0, 0, 1).toFloats(), expected.narrow(0, 0, 1).toFloats(), ROUNDING);
    assertClose(
        got.narrow(0, 1, 1).narrow(1, 0, 5).toFloats(),
        expected.narrow(0, 1, 1).narrow(1, 0, 5).toFloats(),
        ROUNDING);
  }

  /// A key far away from every query takes no part.
  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void rowsHaveTheirOwnKeyAndOneWithoutValueOnlyTakesItsShare(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      TensorScope.tidyRun(
          () -> {
            Transformer transformer = model.transformer();
            Conditioning.ExtraKey both = extra(transformer, /* rows= */ 2, 3);
            Tensor together = transformer.forward(BATCH, ActiveHooks.none(), null, both);
            for (int row = 0; row < 2; row++) {
              Conditioning.ExtraKey own =
                  new Conditioning.ExtraKey(
                      both.keys().narrow(0, row, 1), both.values().narrow(0, row, 1));
              Tensor alone =
                  transformer.forward(
                      TokenBatch.of(PROMPTS.get(row)), ActiveHooks.none(), null, own);
              assertClose(
                  together.narrow(0, row, 1).narrow(1, 0, PROMPTS.get(row).size()).toFloats(),
                  alone.toFloats(),
                  ROUNDING);
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void withACacheItIsSeenFromEveryStep(GoldenModel golden) {
    io.lexiscope.model.KernelPaths.onEach(
        () -> {
          try (LanguageModel model = golden.open()) {
            Transformer transformer = model.transformer();
            TokenIds prompt = PROMPTS.getFirst();
            TensorScope.tidyRun(
                () -> {
                  Conditioning.ExtraKey extra = extra(transformer, /* rows= */ 1, 4);
                  Tensor whole =
                      transformer.forward(TokenBatch.of(prompt), ActiveHooks.none(), null, extra);
                  try (KvCache cache = KvCache.create(transformer, /* batch= */ 1, 12)) {
                    for (int[] step : new int[][] {{0, 4}, {4, 5}, {5, 9}}) {
                      Tensor part =
                          transformer.forward(
                              TokenBatch.of(prompt.slice(step[0], step[1])),
                              ActiveHooks.none(),
                              cache,
                              extra);
                      assertClose(
                          part.toFloats(),
                          whole.narrow(1, step[0], step[1] - step[0]).toFloats(),
                          ROUNDING);
                    }
                  }
                });
          }
        });
  }

  /// As the decoder of the paper computes it: the vector beside the normed stream through the
  /// block's own matrix, `[q|k|v] = x · W + b`.
  @Test
  void keysOfVectorsAreTheBlocksOwnProjections() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      TensorScope.tidyRun(
          () -> {
            Tensor vectors = random(8, 2, 3, 64);
            Conditioning.ExtraKey extra = model.transformer().extraKey(vectors);
            for (int layer = 0; layer < 3; layer++) {
              String name = "transformer.h.%d.attn.c_attn.".formatted(layer);
              double[] w = weight(model, name + "weight");
              double[] b = weight(model, name + "bias");
              double[] x = doubles(vectors.select(1, layer));
              assertClose(extra.keys().select(1, layer).toFloats(), product(x, w, b, 64), ROUNDING);
              assertClose(
                  extra.values().select(1, layer).toFloats(), product(x, w, b, 128), ROUNDING);
            }
          });
    }
  }

  private static double[] weight(LanguageModel model, String name) {
    return doubles(Objects.requireNonNull(model.parameters().get(name), name));
  }

  /// 64 columns of `x · W + b`, x [2, 64], W [64, 192].
  private static float[] product(double[] x, double[] w, double[] b, int from) {
    float[] out = new float[2 * 64];
    for (int row = 0; row < 2; row++) {
      for (int column = 0; column < 64; column++) {
        double sum = b[from + column];
        for (int i = 0; i < 64; i++) {
          sum += x[row * 64 + i] * w[i * 192 + from + column];
        }
        out[row * 64 + column] = (float) sum;
      }
    }
    return out;
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void gradientsFlowIntoKeyAndValueAsFiniteDifferencesSay(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      Transformer transformer = model.transformer();
      TensorScope.tidyRun(
          () -> {
            int layers = transformer.architecture().layers();
            Tensor vectors = random(6, 2, layers, 64).requireGrad();
            Tensor weights = random(7, 2, 9, 64);

            Tensor gradient =
                Autograd.grad(loss(transformer, vectors, weights), List.of(vectors)).getFirst();

            double length = Math.sqrt(gradient.mul(gradient).sum().item());
            Tensor step = gradient.mul(STEP / length);
            double up = loss(transformer, vectors.detach().add(step), weights).item();
            double down = loss(transformer, vectors.detach().sub(step), weights).item();
            assertThat(gradient.norm(-1, /* keepAxis= */ false).toFloats()).doesNotContain(0f);
            assertClose(length, (up - down) / (2 * STEP), new Tolerance(/* absolute= */ 0, 1e-2));
          });
    }
  }

  private static Tensor loss(Transformer transformer, Tensor vectors, Tensor weights) {
    return transformer
        .forward(BATCH, ActiveHooks.none(), null, transformer.extraKey(vectors))
        .mul(weights)
        .sum();
  }

  @Test
  void anotherShapeIsRefused() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      TensorScope.tidyRun(
          () -> {
            Conditioning.ExtraKey three = extra(model.transformer(), /* rows= */ 3, 2);
            assertThatThrownBy(
                    () -> model.transformer().forward(BATCH, ActiveHooks.none(), null, three))
                .isInstanceOf(ForwardException.class)
                .hasMessageContaining("[batch, layer, kv_head, d_head] = [2, 3, 4, 16]");
            assertThatThrownBy(() -> model.transformer().extraKey(random(1, 2, 2, 64)))
                .hasMessageContaining("[batch, layer=3, d_model=64], got [2, 2, 64]");
          });
    }
  }
}

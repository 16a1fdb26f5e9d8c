package io.lexiscope.model.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.config.Activation;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.AttentionSpan;
import io.lexiscope.model.config.Block;
import io.lexiscope.model.config.Dimensions;
import io.lexiscope.model.config.Embedding;
import io.lexiscope.model.config.Head;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.Output;
import io.lexiscope.model.config.Positions;
import io.lexiscope.model.config.QkNorm;
import io.lexiscope.model.config.RotaryFrequencies;
import io.lexiscope.model.config.RotaryScaling;
import io.lexiscope.model.config.SoftCap;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.source.ModelSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every golden configuration, spelled out in full.
class GoldenConfigTest {
  private static final SoftCap UNCAPPED = new SoftCap.None();
  private static final QkNorm NO_QK_NORM = new QkNorm.None();
  private static final AttentionSpan GLOBAL = new AttentionSpan.Global();
  private static final AttentionSpan EIGHT = new AttentionSpan.Sliding(8);
  private static final Norm RMS6 = new Norm.RmsNorm(1e-6, /* unitOffset= */ false);
  private static final Norm GEMMA = new Norm.RmsNorm(1e-6, /* unitOffset= */ true);
  private static final Norm LAYER5 = new Norm.LayerNorm(1e-5);
  private static final Mlp SWIGLU = new Mlp.Gated(Activation.SILU, /* bias= */ false);
  private static final Positions LEARNED = new Positions.Learned(0, 0);

  @Test
  void bert() {
    var norm = new Norm.LayerNorm(1e-12);
    expect(
        "bert-a",
        new Architecture(
            "bert",
            dimensions(3, /* context= */ 128),
            new Embedding(64, 1, new Positions.Learned(0, 2), norm),
            new Block(
                Wiring.POST_NORM,
                norm,
                attention(heads(4, 16), 0.25, Attention.Mask.global(false, 3), true, true),
                new Mlp.Plain(Activation.GELU_ERF, true)),
            new Output(null, new Head.Encoder(true, 0, Head.Masked.NONE))));
  }

  @Test
  void gemma2() {
    expect(
        "gemma2-a",
        new Architecture(
            "gemma2",
            dimensions(3, /* context= */ 8192),
            new Embedding(64, 8, rotary(32, 10_000), null),
            new Block(
                Wiring.SANDWICH,
                GEMMA,
                new Attention(
                    heads(2, 32),
                    new Attention.Scores(1 / Math.sqrt(24), false, new SoftCap.Tanh(50)),
                    new Attention.Mask(true, List.of(EIGHT, GLOBAL, EIGHT)),
                    NO_QK_NORM,
                    new Attention.Biases(false, false)),
                new Mlp.Gated(Activation.GELU_TANH, false)),
            new Output(GEMMA, new Head.Language(true, false, new SoftCap.Tanh(30)))));
  }

  @Test
  void gemma3() {
    expect(
        "gemma3-text-a",
        new Architecture(
            "gemma3_text",
            dimensions(6, /* context= */ 131_072),
            new Embedding(
                64,
                8,
                new Positions.Rotary(
                    16, Positions.Layout.HALVES, frequencies(1_000_000), frequencies(10_000)),
                null),
            new Block(
                Wiring.SANDWICH,
                GEMMA,
                new Attention(
                    heads(2, 16),
                    new Attention.Scores(1 / 16.0, false, UNCAPPED),
                    new Attention.Mask(true, List.of(EIGHT, EIGHT, GLOBAL, EIGHT, EIGHT, GLOBAL)),
                    new QkNorm.PerHead(GEMMA),
                    new Attention.Biases(false, false)),
                new Mlp.Gated(Activation.GELU_TANH, false)),
            new Output(GEMMA, language(true, false))));
  }

  @Test
  void gptNeo() {
    expect(
        "gpt-neo-a",
        new Architecture(
            "gpt_neo",
            dimensions(4, /* context= */ 128),
            new Embedding(64, 1, LEARNED, null),
            new Block(
                Wiring.PRE_NORM,
                LAYER5,
                attention(
                    heads(4, 16),
                    1,
                    new Attention.Mask(true, List.of(GLOBAL, EIGHT, GLOBAL, EIGHT)),
                    false,
                    true),
                new Mlp.Plain(Activation.GELU_TANH, true)),
            new Output(LAYER5, language(true, false))));
  }

  @Test
  void gptNeoX() {
    expect(
        "gpt-neox-a",
        new Architecture(
            "gpt_neox",
            dimensions(3, /* context= */ 128),
            new Embedding(64, 1, rotary(4, 10_000), null),
            new Block(
                Wiring.PARALLEL_TWO_NORMS,
                LAYER5,
                attention(heads(4, 16), 0.25, causal(3), true, true),
                new Mlp.Plain(Activation.GELU_ERF, true)),
            new Output(LAYER5, language(false, false))));
  }

  @Test
  void gpt2() {
    expect(
        "gpt2-a",
        new Architecture(
            "gpt2",
            dimensions(3, /* context= */ 128),
            new Embedding(64, 1, LEARNED, null),
            new Block(
                Wiring.PRE_NORM,
                LAYER5,
                attention(heads(4, 16), 0.25, causal(3), true, true),
                new Mlp.Plain(Activation.GELU_TANH, true)),
            new Output(LAYER5, language(true, false))));
  }

  @Test
  void gptJ() {
    expect(
        "gptj-a",
        new Architecture(
            "gptj",
            dimensions(3, /* context= */ 128),
            new Embedding(
                64,
                1,
                new Positions.Rotary(
                    8, Positions.Layout.INTERLEAVED, frequencies(10_000), frequencies(10_000)),
                null),
            new Block(
                Wiring.PARALLEL_ONE_NORM,
                LAYER5,
                attention(heads(4, 16), 0.25, causal(3), false, false),
                new Mlp.Plain(Activation.GELU_TANH, true)),
            new Output(LAYER5, language(false, true))));
  }

  @Test
  void llama() {
    expect("llama-a", llamaLike("llama", 256, causal(3), false, RMS6, NO_QK_NORM, heads(2, 16)));
  }

  @Test
  void mistral() {
    expect(
        "mistral-a",
        llamaLike(
            "mistral",
            131_072,
            new Attention.Mask(true, List.of(EIGHT, EIGHT, EIGHT)),
            false,
            RMS6,
            NO_QK_NORM,
            heads(2, 16)));
  }

  @Test
  void olmo2() {
    var norm = new Norm.RmsNorm(1e-5, /* unitOffset= */ false);
    var like =
        llamaLike("olmo2", 2048, causal(3), false, norm, new QkNorm.WholeWidth(norm), heads(2, 16));
    expect(
        "olmo2-a",
        new Architecture(
            "olmo2",
            like.dimensions(),
            like.embedding(),
            new Block(Wiring.OUTPUT_NORM, norm, like.block().attention(), like.block().mlp()),
            like.output()));
  }

  @Test
  void opt() {
    expect(
        "opt-a",
        new Architecture(
            "opt",
            dimensions(3, /* context= */ 128),
            new Embedding(64, 1, new Positions.Learned(2, 0), null),
            new Block(
                Wiring.PRE_NORM,
                LAYER5,
                attention(heads(4, 16), 0.25, causal(3), true, true),
                new Mlp.Plain(Activation.RELU, true)),
            new Output(LAYER5, language(true, false))));
  }

  @Test
  void phi() {
    expect(
        "phi-a",
        new Architecture(
            "phi",
            dimensions(3, /* context= */ 2048),
            new Embedding(64, 1, rotary(8, 10_000), null),
            new Block(
                Wiring.PARALLEL_ONE_NORM,
                LAYER5,
                attention(heads(4, 16), 0.25, causal(3), true, true),
                new Mlp.Plain(Activation.GELU_TANH, true)),
            new Output(LAYER5, language(false, true))));
  }

  @Test
  void qwen2() {
    expect(
        "qwen2-a",
        new Architecture(
            "qwen2",
            dimensions(3, /* context= */ 32_768),
            new Embedding(64, 1, rotary(16, 10_000), null),
            new Block(
                Wiring.PRE_NORM,
                RMS6,
                attention(heads(2, 16), 0.25, causal(3), true, false),
                SWIGLU),
            new Output(RMS6, language(true, false))));
  }

  @Test
  void qwen3() {
    expect(
        "qwen3-a",
        llamaLike("qwen3", 32_768, causal(3), true, RMS6, new QkNorm.PerHead(RMS6), heads(2, 32)));
  }

  private static void expect(String folder, Architecture expected) {
    assertThat(Families.read(ModelSource.of(Golden.folder(folder))).architecture())
        .isEqualTo(expected);
  }

  private static Architecture llamaLike(
      String family,
      int context,
      Attention.Mask mask,
      boolean tied,
      Norm norm,
      QkNorm qkNorm,
      Attention.Heads heads) {
    return new Architecture(
        family,
        dimensions(3, context),
        new Embedding(64, 1, rotary(heads.dHead(), 10_000), null),
        new Block(
            Wiring.PRE_NORM,
            norm,
            new Attention(
                heads,
                new Attention.Scores(1 / Math.sqrt(heads.dHead()), false, UNCAPPED),
                mask,
                qkNorm,
                new Attention.Biases(false, false)),
            SWIGLU),
        new Output(norm, language(tied, false)));
  }

  private static Dimensions dimensions(int layers, int context) {
    return new Dimensions(layers, 64, 256, 512, context);
  }

  private static Attention.Heads heads(int kvHeads, int dHead) {
    return new Attention.Heads(4, kvHeads, dHead);
  }

  private static Attention.Mask causal(int layers) {
    return Attention.Mask.global(true, layers);
  }

  private static Attention attention(
      Attention.Heads heads, double scale, Attention.Mask mask, boolean qkv, boolean out) {
    return new Attention(
        heads,
        new Attention.Scores(scale, false, UNCAPPED),
        mask,
        NO_QK_NORM,
        new Attention.Biases(qkv, out));
  }

  private static Head language(boolean tied, boolean bias) {
    return new Head.Language(tied, bias, UNCAPPED);
  }

  private static RotaryFrequencies frequencies(double theta) {
    return new RotaryFrequencies(theta, new RotaryScaling.None());
  }

  private static Positions.Rotary rotary(int dimensions, double theta) {
    return new Positions.Rotary(
        dimensions, Positions.Layout.HALVES, frequencies(theta), frequencies(theta));
  }
}

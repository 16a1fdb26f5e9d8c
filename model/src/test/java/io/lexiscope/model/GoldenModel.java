package io.lexiscope.model;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.forward.Compute;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The tiny models of all families among the test resources: 512 words, width 64, three layers.
public enum GoldenModel {
  GPT2("gpt2-a"),
  GPT_NEO("gpt-neo-a"),
  LLAMA("llama-a"),
  GPTJ("gptj-a"),
  GPT_NEOX("gpt-neox-a"),
  MISTRAL("mistral-a"),
  QWEN2("qwen2-a"),
  QWEN3("qwen3-a"),
  GEMMA2("gemma2-a"),
  GEMMA3("gemma3-text-a"),
  OPT("opt-a"),
  PHI("phi-a"),
  OLMO2("olmo2-a"),
  BERT("bert-a");

  private final String name;

  GoldenModel(String name) {
    this.name = name;
  }

  /// Opens the model.
  @MustBeClosed
  public LanguageModel open() {
    return LanguageModel.open(Path.of("src/test/resources/golden", name));
  }

  /// Opens the model to compute in another type.
  @MustBeClosed
  public LanguageModel open(Compute compute) {
    return LanguageModel.open(Path.of("src/test/resources/golden", name), compute);
  }

  /// Seeded random tokens.
  public static TokenIds prompt(int length) {
    return TokenIds.of(Seeded.CONGRUENTIAL.from(length).ints(length, 3, 500).toArray());
  }

  /// Every place that a network has.
  public static List<HookName> places(Architecture architecture) {
    List<HookName> places = new ArrayList<>();
    for (HookPoint point : HookPoint.values()) {
      if (point.existsIn(architecture)) {
        for (int layer = 0; layer < (point.perLayer() ? architecture.layers() : 1); layer++) {
          places.add(point.perLayer() ? point.at(layer) : point.once());
        }
      }
    }
    return places;
  }

  /// The elements of a tensor, row-major.
  public static double[] doubles(Tensor tensor) {
    float[] floats = TensorScope.tidy(() -> tensor.to(DType.FLOAT32).contiguous().toFloats());
    double[] doubles = new double[floats.length];
    Arrays.setAll(doubles, i -> floats[i]);
    return doubles;
  }

  /// As floats, for comparisons.
  public static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}

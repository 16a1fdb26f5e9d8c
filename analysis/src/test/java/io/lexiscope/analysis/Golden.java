package io.lexiscope.analysis;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.weights.Safetensors;
import io.lexiscope.model.weights.TensorViews;
import io.lexiscope.tensor.TensorScope;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;

/// The tiny models of all families with a reference's numbers, T = 24 positions, 512 words.
public enum Golden {
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

  private final Path folder;

  Golden(String name) {
    this.folder = Path.of("../model/src/test/resources/golden", name);
  }

  /// Opens the model.
  @MustBeClosed
  public LanguageModel open() {
    return LanguageModel.open(folder);
  }

  /// The reference's prompt.
  public TokenIds prompt() {
    float[] numbers = numbers("input_ids");
    int[] ids = new int[numbers.length];
    Arrays.setAll(ids, i -> (int) numbers[i]);
    return TokenIds.of(ids);
  }

  /// A tensor of the reference, row-major.
  public float[] numbers(String name) {
    try (Arena arena = Arena.ofConfined()) {
      Safetensors file = Safetensors.open(folder.resolve("golden.safetensors"), arena);
      return TensorScope.tidy(() -> TensorViews.of(file.get(name).orElseThrow()).toFloats());
    }
  }
}

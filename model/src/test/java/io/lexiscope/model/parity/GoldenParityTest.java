package io.lexiscope.model.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.tensor.NativeRuntime;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenParityTest {

  private static final List<String> FAMILIES =
      List.of(
          "gpt2-a",
          "gpt-neo-a",
          "llama-a",
          "gptj-a",
          "gpt-neox-a",
          "mistral-a",
          "qwen2-a",
          "qwen3-a",
          "gemma2-a",
          "gemma3-text-a",
          "opt-a",
          "phi-a",
          "olmo2-a",
          "bert-a");

  static List<String> families() {
    return FAMILIES;
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyNumberOfTheReferenceIsReached(String name) {
    requireReached(name);
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyNumberOfTheReferenceIsReachedByTheKernels(String name) {
    NativeRuntime.useKernels(true);
    try {
      assertThat(NativeRuntime.warmUpKernels()).isTrue();
      requireReached(name);
    } finally {
      NativeRuntime.useKernels(false);
    }
  }

  private static void requireReached(String name) {
    Path folder = Path.of("src/test/resources/golden", name);
    try (LanguageModel model = LanguageModel.open(folder)) {

      ParityReport report = Parity.check(model, folder.resolve("golden.safetensors"), 1e-4);

      assertThat(report.unknown()).isEmpty();
      assertThat(model.unusedWeights()).isEmpty();
      assertThat(report.passed()).as(report.maxAbsDiff().toString()).isTrue();
    }
  }
}

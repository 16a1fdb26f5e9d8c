package io.lexiscope.model.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.weights.Safetensors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Settings that the golden folders do not have, each against the reference; made by
/// `make_variants.py`.
class VariantParityTest {
  private static final Path FOLDER = Path.of("src/test/resources/variants");

  static Stream<Path> variants() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyNumberOfTheReferenceIsReached(Path folder) {
    try (LanguageModel model = LanguageModel.open(folder)) {

      ParityReport report = Parity.check(model, folder.resolve("golden.safetensors"), 1e-4);

      assertThat(report.unknown()).isEmpty();
      assertThat(model.unusedWeights()).isEmpty();
      assertThat(report.passed()).as(report.maxAbsDiff().toString()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theFileSaysWhatMadeIt(Path folder) {
    try (Arena arena = Arena.ofConfined()) {
      assertThat(Safetensors.open(folder.resolve("golden.safetensors"), arena).metadata())
          .containsEntry("made_by", "make_variants.py")
          .containsKeys("transformers", "torch", "seed");
    }
  }

  @Test
  void everyFamilyHasAVariant() throws IOException {
    List<String> names = variants().map(path -> String.valueOf(path.getFileName())).toList();

    assertThat(
            List.of(
                "bert",
                "gemma2",
                "gemma3",
                "gpt-neo-",
                "gpt-neox",
                "gpt2",
                "gptj",
                "llama",
                "mistral",
                "olmo2",
                "opt",
                "phi-",
                "phi3",
                "qwen2",
                "qwen3"))
        .allMatch(family -> names.stream().anyMatch(name -> name.startsWith(family)));
  }
}

package io.lexiscope.model.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.RandomModel;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.NativeRuntime;
import io.lexiscope.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BackwardMemoryTest {
  private static final TokenIds PROMPT = TokenIds.of(5, 1, 9, 33, 2, 7, 7, 4);

  /// Bytes of the matrices of [#CONFIG]: 4 layers of 12 · 1024².
  private static final long MATRICES = 4L * 12 * 1024 * 1024 * Float.BYTES;

  private static final Map<String, Object> CONFIG =
      Map.of(
          "model_type", "gpt2",
          "vocab_size", 64,
          "n_positions", 32,
          "n_embd", 1024,
          "n_layer", 4,
          "n_head", 16);

  /// Peaks of resident memory above what was resident before.
  private static long peak(Runnable body) throws IOException {
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    long before = status("VmRSS");
    body.run();
    return status("VmHWM") - before;
  }

  private static long status(String field) throws IOException {
    Matcher matcher =
        Pattern.compile(field + ":\\s+([0-9]+) kB")
            .matcher(Files.readString(Path.of("/proc/self/status")));
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1)) << 10;
  }

  private static void taped(LanguageModel model) {
    TensorScope.tidyRun(
        () -> {
          try (Backward backward =
              Backward.of(
                  model, PROMPT, new Loss.MeanNextToken(), Taps.atMatrices(model.architecture()))) {
            assertThat(backward.loss()).isFinite();
          }
        });
  }

  private static void plain(LanguageModel model) {
    TensorScope.tidyRun(
        () ->
            assertThat(PlainGradients.ofWeights(model, PROMPT, new Loss.MeanNextToken()))
                .isNotEmpty());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void noGradientOfAWeightIsEverHeld(@TempDir Path folder) throws IOException {
    try (LanguageModel model =
        LanguageModel.open(RandomModel.writeLarge(folder.resolve("large"), CONFIG))) {
      for (boolean kernels : new boolean[] {false, true}) {
        NativeRuntime.useKernels(kernels);
        try {
          assertThat(NativeRuntime.warmUpKernels()).isEqualTo(kernels);
          taped(model); // every page of the weights is in memory from here on

          assertThat(peak(() -> taped(model))).isLessThan(MATRICES / 20);
        } finally {
          NativeRuntime.useKernels(false);
        }
      }
      // The same measurement sees gradients of weights where there are some.
      assertThat(peak(() -> plain(model))).isGreaterThan(MATRICES * 9 / 10);
    }
  }
}

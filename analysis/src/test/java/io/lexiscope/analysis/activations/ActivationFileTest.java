package io.lexiscope.analysis.activations;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.Golden;
import io.lexiscope.model.forward.ForwardException;
import io.lexiscope.model.hook.HookException;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.weights.Safetensors;
import io.lexiscope.model.weights.TensorViews;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivationFileTest {
  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsWhatThePassComputed() {
    var file = folder.resolve("a.safetensors");
    try (var model = Golden.LLAMA.open()) {
      var ids = Golden.LLAMA.prompt();

      var written = ActivationFile.write(model, ids, List.of("attn.hook_pattern", "logits"), file);

      assertThat(written).allSatisfy(tensor -> assertThat(tensor.notFinite()).isZero());
      try (var run = model.run(ids, Recording.of(HookPoint.PATTERN));
          var arena = Arena.ofConfined()) {
        var stored = Safetensors.open(file, arena);
        assertThat(stored.names()).hasSize(2 + model.architecture().layers());
        for (var place : run.recorded()) {
          assertClose(
              numbers(stored, place.toString()),
              run.activation(place).toFloats(),
              Tolerance.exact());
        }
        var logits = run.logits().toFloats();
        assertClose(numbers(stored, "logits"), logits, Tolerance.exact());
        assertThat(stored.get("logits").orElseThrow().shape())
            .containsExactly(1L, (long) ids.size(), 512L);
      }
    }
  }

  @Test
  void thePooledVectorOfAnEncoderIsTheReferences() {
    var file = folder.resolve("a.safetensors");
    try (var model = Golden.BERT.open();
        var arena = Arena.ofConfined()) {
      ActivationFile.write(model, Golden.BERT.prompt(), List.of("pooled"), file);

      assertClose(
          numbers(Safetensors.open(file, arena), "pooled"),
          Golden.BERT.numbers("pooled"),
          Tolerance.within(1e-5));
    }
  }

  @Test
  void aHeadTheModelDoesNotHaveLeavesNoFile() throws Exception {
    try (var model = Golden.LLAMA.open()) {
      assertThatThrownBy(
              () ->
                  ActivationFile.write(
                      model,
                      Golden.LLAMA.prompt(),
                      List.of("outputs"),
                      folder.resolve("a.safetensors")))
          .isInstanceOf(ForwardException.class)
          .hasMessageContaining("a classification or regression head");
    }
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aPlaceTheModelDoesNotHaveLeavesNoFile() throws Exception {
    var file = folder.resolve("a.safetensors");
    try (var model = Golden.LLAMA.open()) {
      assertThatThrownBy(
              () ->
                  ActivationFile.write(
                      model, Golden.LLAMA.prompt(), List.of("hook_pos_embed"), file))
          .isInstanceOf(HookException.class)
          .hasMessageContaining("hook_pos_embed");
    }
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private static float[] numbers(Safetensors file, String name) {
    return TensorScope.tidy(() -> TensorViews.of(file.get(name).orElseThrow()).toFloats());
  }
}

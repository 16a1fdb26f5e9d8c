package io.lexiscope.model.export;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.base.FloatVector;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.edit.EditException;
import io.lexiscope.model.edit.PatchOrigin;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.edit.PatchTerm;
import io.lexiscope.model.edit.WeightEdits;
import io.lexiscope.model.edit.WeightPatch;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.weights.Safetensors;
import io.lexiscope.tensor.testing.Tolerance;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportTest {
  private static final TokenIds PROMPT = GoldenModel.prompt(9);

  @TempDir private Path folder;

  private static PatchStack everyMatrix(Architecture architecture) {
    RandomGenerator random = Seeded.CONGRUENTIAL.from(3);
    List<WeightPatch> patches = new ArrayList<>();
    for (MatrixName name : MatrixName.all(architecture)) {
      if (name.layer() == 1) {
        patches.add(
            new WeightPatch(
                name,
                List.of(term(name, architecture, random), term(name, architecture, random)),
                PatchOrigin.named("test")));
      }
    }
    return new PatchStack(patches);
  }

  private static PatchTerm term(
      MatrixName name, Architecture architecture, RandomGenerator random) {
    return new PatchTerm(
        vector(name.kind().inputs(architecture), random),
        vector(name.kind().outputs(architecture), random));
  }

  private static FloatVector vector(int size, RandomGenerator random) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) (0.15 * random.nextGaussian());
    }
    return FloatVector.of(numbers);
  }

  private static float[] last(LanguageModel model) {
    try (var run = model.run(PROMPT, Recording.nothing())) {
      return run.last().toFloats();
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void theFolderComputesWhatTheViewDoes(GoldenModel golden) throws Exception {
    try (LanguageModel model = golden.open();
        WeightEdits edits =
            WeightEdits.open(model.architecture(), everyMatrix(model.architecture()))) {
      float[] before = last(model);
      float[] expected = last(model.with(edits));
      Path target = folder.resolve(golden.name());
      List<Path> written = EditedModelFolder.write(model.with(edits), target);

      assertThat(written).allMatch(Files::isRegularFile);
      try (LanguageModel opened = LanguageModel.open(target)) {
        assertThat(opened.patches().isEmpty()).isTrue();
        assertClose(last(opened), expected, Tolerance.within(2e-5));
      }
      assertThat(expected).isNotEqualTo(before);
      assertThatThrownBy(() -> EditedModelFolder.write(model.with(edits), target))
          .isInstanceOf(EditException.class)
          .hasMessageContaining("expected an empty folder");
    }
  }

  @Test
  void anAdapterHasTheNamesAndShapesOfItsModules() {
    try (LanguageModel model = GoldenModel.LLAMA.open()) {
      LoraAdapter.write(model, everyMatrix(model.architecture()), folder);
      try (Arena arena = Arena.ofConfined()) {
        Safetensors file = Safetensors.open(folder.resolve("adapter_model.safetensors"), arena);
        String query = "base_model.model.model.layers.1.self_attn.q_proj.";
        long width = model.architecture().dModel();
        assertThat(file.get(query + "lora_A.weight").orElseThrow().shape())
            .containsExactly(2L, width);
        assertThat(file.get(query + "lora_B.weight").orElseThrow().shape())
            .containsExactly(
                (long) model.architecture().block().attention().heads().queryWidth(), 2L);
      }
    }
  }

  @Test
  void nothingIsWrittenWithoutPatches() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      assertThatThrownBy(() -> EditedModelFolder.write(model, folder))
          .isInstanceOf(EditException.class)
          .hasMessageContaining("expected one patch or more");
      assertThat(folder).isEmptyDirectory();
    }
  }
}

package io.lexiscope.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.config.Head;
import io.lexiscope.model.matrix.OutputWeights;
import io.lexiscope.model.source.ModelSource;
import io.lexiscope.model.weights.Checkpoint;
import io.lexiscope.model.weights.SafetensorsWriter;
import io.lexiscope.model.weights.SafetensorsWriter.Item;
import io.lexiscope.model.weights.StoredTensor;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.model.weights.WeightsException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WeightBinderTest {
  @TempDir Path scratch;

  static Stream<String> folders() {
    return Golden.FOLDERS.stream();
  }

  @ParameterizedTest
  @MethodSource("folders")
  void everyWeightOfAGoldenCheckpointHasItsPlaceAndNoneIsLeftOver(String folder) {
    var config = Families.read(ModelSource.of(Golden.folder(folder)));

    try (var checkpoint = Checkpoint.open(Golden.folder(folder))) {
      var bound = WeightBinder.bind(config.architecture(), config.family().names(), checkpoint);

      assertThat(bound.unused()).isEmpty();
      assertThat(bound.weights().all())
          .extracting(StoredTensor::name)
          .containsExactlyInAnyOrderElementsOf(checkpoint.names());
      assertThat(bound.architecture()).isEqualTo(config.architecture());
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void thePlanOfAGoldenConfigurationNamesExactlyTheStoredWeights(String folder) {
    var config = Families.read(ModelSource.of(Golden.folder(folder)));
    // The one folder saved from the bare model, whose names have no prefix.
    String prefix = folder.equals("bert-a") ? "bert." : "";

    try (var checkpoint = Checkpoint.open(Golden.folder(folder))) {
      assertThat(config.plan().all())
          .extracting(WeightSlot::name)
          .containsExactlyInAnyOrderElementsOf(
              checkpoint.names().stream().map(name -> prefix + name).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void namesWithoutTheirPrefixAndWithOldBuffersBindToo(String folder) {
    var config = Families.read(ModelSource.of(Golden.folder(folder)));
    var prefix = config.family().names().prefixes().getFirst();
    var buffer = floats(prefix + "h.0.attn.bias", /* count= */ 4, /* value= */ 1);

    try (var checkpoint =
        rewritten(
            folder,
            name -> name.startsWith(prefix) ? name.substring(prefix.length()) : name,
            List.of(buffer))) {
      var bound = WeightBinder.bind(config.architecture(), config.family().names(), checkpoint);

      assertThat(bound.unused()).isEmpty();
      assertThat(bound.weights().all()).hasSize(checkpoint.names().size() - 1);
    }
  }

  @Test
  void normsStoredAsGammaAndBetaAreFound() {
    var config = Families.read(ModelSource.of(Golden.folder("bert-a")));

    try (var checkpoint =
        rewritten(
            "bert-a",
            name ->
                "bert."
                    + name.replace("LayerNorm.weight", "LayerNorm.gamma")
                        .replace("LayerNorm.bias", "LayerNorm.beta"),
            List.of())) {
      var bound = WeightBinder.bind(config.architecture(), config.family().names(), checkpoint);

      assertThat(bound.unused()).isEmpty();

      assertThat(bound.weights().all())
          .extracting(StoredTensor::name)
          .contains("bert.embeddings.LayerNorm.gamma", "bert.embeddings.LayerNorm.beta");
    }
  }

  @Test
  void aTiedEmbeddingStoredOnlyAsHeadIsBothAtOnce() {
    var config = Families.read(ModelSource.of(Golden.folder("qwen2-a")));

    try (var checkpoint =
        rewritten(
            "qwen2-a",
            name -> name.equals("model.embed_tokens.weight") ? "lm_head.weight" : name,
            List.of())) {
      var bound = WeightBinder.bind(config.architecture(), config.family().names(), checkpoint);

      assertThat(bound.unused()).isEmpty();
      assertThat(bound.weights().embedding().tokens().name()).isEqualTo("lm_head.weight");
      assertThat(unembed(bound)).isSameAs(bound.weights().embedding().tokens());
    }
  }

  @Test
  void aHeadSaidToBeTiedButStoredWithOtherNumbersIsNotTied() {
    var config = Families.read(ModelSource.of(Golden.folder("gpt2-a")));
    var head =
        new Item(
            "lm_head.weight",
            StoredType.F32,
            List.of(512L, 64L),
            Arena.ofAuto().allocate(512L * 64 * 4));

    try (var checkpoint = rewritten("gpt2-a", Function.identity(), List.of(head))) {
      var bound = WeightBinder.bind(config.architecture(), config.family().names(), checkpoint);

      assertThat(config.architecture().tied()).isTrue();
      assertThat(bound.architecture().tied()).isFalse();
      assertThat(unembed(bound).name()).isEqualTo("lm_head.weight");
    }
  }

  @Test
  void aTiedHeadStoredTwiceWithTheSameNumbersStaysTied() {
    var config = Families.read(ModelSource.of(Golden.folder("gpt2-a")));
    try (var original = Checkpoint.open(Golden.folder("gpt2-a"))) {
      var wte = original.get("transformer.wte.weight").orElseThrow();
      var head = new Item("lm_head.weight", wte.type(), wte.shape(), wte.data());

      try (var checkpoint = rewritten("gpt2-a", Function.identity(), List.of(head))) {
        var bound = WeightBinder.bind(config.architecture(), config.family().names(), checkpoint);

        assertThat(bound.architecture().tied()).isTrue();
        assertThat(bound.unused()).isEmpty();
        assertThat(unembed(bound)).isSameAs(bound.weights().embedding().tokens());
      }
    }
  }

  @Test
  void newerNeoXFilesCallTheHeadByItsCommonName() {
    var config = Families.read(ModelSource.of(Golden.folder("gpt-neox-a")));

    try (var checkpoint =
        rewritten("gpt-neox-a", name -> name.replace("embed_out.", "lm_head."), List.of())) {
      var bound = WeightBinder.bind(config.architecture(), config.family().names(), checkpoint);

      assertThat(bound.unused()).isEmpty();
      assertThat(unembed(bound).name()).isEqualTo("lm_head.weight");
    }
  }

  @Test
  void anEncoderHasTheHeadsThatAreStored() {
    var config = Families.read(ModelSource.of(Golden.folder("bert-a")));

    try (var checkpoint =
        rewritten(
            "bert-a",
            name -> name.startsWith("pooler.") ? name.replace("pooler.dense", "dropped") : name,
            List.of(
                floats("classifier.bias", /* count= */ 1, /* value= */ 0),
                new Item(
                    "classifier.weight",
                    StoredType.F32,
                    List.of(1L, 64L),
                    Arena.ofAuto().allocate(256))))) {
      var bound = WeightBinder.bind(config.architecture(), config.family().names(), checkpoint);

      assertThat(bound.architecture().output().head())
          .isEqualTo(new Head.Encoder(/* pooler= */ false, /* outputs= */ 1, Head.Masked.NONE));
      assertThat(bound.unused()).containsExactly("dropped.bias", "dropped.weight");
    }
  }

  @Test
  void aMaskedLanguageHeadIsBoundToTheEmbedding() {
    var config = Families.read(ModelSource.of(Golden.folder("bert-a")));

    try (var checkpoint =
        rewritten(
            "bert-a",
            name -> "bert." + name,
            List.of(
                floats("cls.predictions.bias", /* count= */ 512, /* value= */ 0),
                square("cls.predictions.transform.dense.weight"),
                floats("cls.predictions.transform.dense.bias", /* count= */ 64, /* value= */ 0),
                floats("cls.predictions.transform.LayerNorm.weight", 64, /* value= */ 1),
                floats("cls.predictions.transform.LayerNorm.bias", 64, /* value= */ 0)))) {
      var bound = WeightBinder.bind(config.architecture(), config.family().names(), checkpoint);

      assertThat(bound.unused()).isEmpty();
      assertThat(bound.architecture().output().head())
          .isEqualTo(new Head.Encoder(/* pooler= */ true, /* outputs= */ 0, Head.Masked.TIED));
      assertThat(bound.parameters()).isEqualTo(checkpoint.bytes() / Float.BYTES);
    }
  }

  @Test
  void aMissingWeightIsNamedWithItsAxes() {
    var config = Families.read(ModelSource.of(Golden.folder("llama-a")));

    try (var checkpoint =
        rewritten(
            "llama-a",
            name -> name.replace("layers.1.self_attn.k_proj", "layers.1.self_attn.key"),
            List.of())) {
      assertThatThrownBy(
              () -> WeightBinder.bind(config.architecture(), config.family().names(), checkpoint))
          .isInstanceOf(WeightsException.class)
          .hasMessageStartingWith(
              "load weights: expected model.layers.1.self_attn.k_proj.weight of shape [n_kv_heads*d_head=32, d_model=64], got no tensor of that name in ");
    }
  }

  @Test
  void aWeightOfAnotherShapeIsNamedWithBothShapes() {
    var config = Families.read(ModelSource.of(Golden.folder("llama-a")));
    var other =
        Families.read(
            io.lexiscope.model.config.ConfigJson.parse(
                config
                    .json()
                    .json()
                    .replace("\"num_key_value_heads\" : 2", "\"num_key_value_heads\" : 4"),
                "config.json"));

    try (var checkpoint = Checkpoint.open(Golden.folder("llama-a"))) {
      assertThatThrownBy(
              () -> WeightBinder.bind(other.architecture(), other.family().names(), checkpoint))
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining(
              "expected model.layers.0.self_attn.k_proj.weight of shape [n_kv_heads*d_head=64, d_model=64], got [32, 64] in ");
    }
  }

  @Test
  void quantisedWeightsAreRefused() {
    var config = Families.read(ModelSource.of(Golden.folder("llama-a")));

    try (var checkpoint =
        rewritten(
            "llama-a",
            name -> name.equals("model.norm.weight") ? "other" : name,
            List.of(
                new Item(
                    "model.norm.weight",
                    StoredType.I8,
                    List.of(64L),
                    Arena.ofAuto().allocate(64))))) {
      assertThatThrownBy(
              () -> WeightBinder.bind(config.architecture(), config.family().names(), checkpoint))
          .hasMessageContaining("expected model.norm.weight of type F32, F16, BF16 or F64, got I8");
    }
  }

  private static StoredTensor unembed(BoundModel bound) {
    return ((OutputWeights.Language<StoredTensor>) bound.weights().output().head())
        .unembed()
        .weight();
  }

  private static Item square(String name) {
    return new Item(name, StoredType.F32, List.of(64L, 64L), Arena.ofAuto().allocate(64L * 64 * 4));
  }

  private static Item floats(String name, int count, float value) {
    var data = Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT, count);
    for (int i = 0; i < count; i++) {
      data.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
    }
    return new Item(name, StoredType.F32, List.of((long) count), data);
  }

  private Checkpoint rewritten(String folder, Function<String, String> rename, List<Item> more) {
    var items = new ArrayList<Item>(more);
    try (var checkpoint = Checkpoint.open(Golden.folder(folder))) {
      for (var name : checkpoint.names()) {
        var tensor = checkpoint.get(name).orElseThrow();
        MemorySegment data = tensor.data();
        items.add(new Item(rename.apply(name), tensor.type(), tensor.shape(), data));
      }
      SafetensorsWriter.write(scratch.resolve("model.safetensors"), items, Map.of("format", "pt"));
    }
    return Checkpoint.open(scratch);
  }
}

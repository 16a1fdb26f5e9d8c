package io.lexiscope.bench;

import io.lexiscope.model.config.Dimensions;
import io.lexiscope.model.family.ModelConfig;
import io.lexiscope.model.family.NewConfigs;
import io.lexiscope.model.family.WeightSlot;
import io.lexiscope.model.weights.SafetensorsWriter;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.tensor.RandomSource;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes models with random weights in a known shape.
final class RandomModels {
  private RandomModels() {}

  /// A model of GPT-2 small's shape: 12 layers × 768, 12 heads, 50,257 words, 124 million
  /// parameters.
  static void gpt2Small(Path folder, long seed) {
    ModelConfig config =
        NewConfigs.gpt2(
            new Dimensions(
                /* layers= */ 12,
                /* dModel= */ 768,
                /* dMlp= */ 3072,
                /* vocabulary= */ 50257,
                /* context= */ 1024),
            /* heads= */ 12);
    TensorScope.tidyRun(
        () -> {
          try (RandomSource source = RandomSource.seeded(seed)) {
            List<SafetensorsWriter.Item> items = new ArrayList<>();
            for (WeightSlot slot : config.plan().all()) {
              List<Long> sizes = slot.shape().sizes();
              Tensor weight =
                  source.normal(
                      Shape.of(sizes.stream().mapToLong(Long::longValue).toArray()),
                      slot.name().contains("ln_") && slot.name().endsWith("weight") ? 1 : 0,
                      0.02);
              items.add(
                  new SafetensorsWriter.Item(slot.name(), StoredType.F32, sizes, weight.memory()));
            }
            config.json().write(folder.resolve("config.json"));
            SafetensorsWriter.write(folder.resolve("model.safetensors"), items, Map.of());
          }
        });
  }
}

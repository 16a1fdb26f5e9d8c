package io.lexiscope.model;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.family.Families;
import io.lexiscope.model.family.ModelConfig;
import io.lexiscope.model.family.WeightSlot;
import io.lexiscope.model.source.ModelSource;
import io.lexiscope.model.weights.SafetensorsWriter;
import io.lexiscope.model.weights.StoredType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Models with random weights, for shapes that no golden folder has.
public final class RandomModel {
  private RandomModel() {}

  /// Writes a model folder: `config.json` as given and float32 weights drawn with a seed.
  ///
  /// @return the folder
  public static Path write(Path folder, Map<String, ?> config, long seed) throws IOException {
    RandomGenerator random = Seeded.CONGRUENTIAL.from(seed);
    return write(folder, config, index -> (float) (0.1 * random.nextGaussian()));
  }

  /// Writes a model folder of any size quickly: its weights repeat one short sequence.
  ///
  /// @return the folder
  public static Path writeLarge(Path folder, Map<String, ?> config) throws IOException {
    return write(folder, config, index -> 0.01f * (index % 97 - 48));
  }

  /// The weight at an index of a tensor.
  private interface Fill {
    float at(long index);
  }

  private static Path write(Path folder, Map<String, ?> config, Fill fill) throws IOException {
    Files.createDirectories(folder);
    ConfigJson.of(config, "a test").write(folder.resolve("config.json"));
    ModelConfig read = Families.read(ModelSource.of(folder));
    try (Arena arena = Arena.ofConfined()) {
      List<SafetensorsWriter.Item> items = new ArrayList<>();
      for (WeightSlot slot : read.plan().all()) {
        long elements = slot.shape().sizes().stream().reduce(1L, (a, b) -> a * b);
        MemorySegment data = arena.allocate(ValueLayout.JAVA_FLOAT, elements);
        for (long i = 0; i < elements; i++) {
          data.setAtIndex(ValueLayout.JAVA_FLOAT, i, fill.at(i));
        }
        items.add(
            new SafetensorsWriter.Item(slot.name(), StoredType.F32, slot.shape().sizes(), data));
      }
      SafetensorsWriter.write(folder.resolve("model.safetensors"), items, Map.of("format", "pt"));
    }
    return folder;
  }
}

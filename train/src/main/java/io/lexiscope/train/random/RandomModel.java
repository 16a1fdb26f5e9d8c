package io.lexiscope.train.random;

import io.lexiscope.base.OneLine;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.family.ModelConfig;
import io.lexiscope.model.family.WeightSlot;
import io.lexiscope.model.weights.SafetensorsWriter;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.RandomSource;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.train.TrainingException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/// Writes a model whose matrices are normal numbers of deviation 0.02, whose gains are one and
/// whose biases are zero, in Hugging Face layout and without a tokenizer.
public final class RandomModel {
  private static final double DEVIATION = 0.02;
  private static final int ZEROS = 1 << 20;

  private final ModelConfig config;
  private final StoredType type;
  private final long seed;

  /// A model to be written.
  ///
  /// @param config its shape
  /// @param type of the stored weights, F32 or BF16
  /// @param seed of the random numbers; the same seed gives the same file
  public RandomModel(ModelConfig config, StoredType type, long seed) {
    this.config = config;
    this.type = type;
    this.seed = seed;
  }

  /// Number of weights, a tied one counted once.
  public long parameters() {
    return config.plan().all().stream().mapToLong(RandomModel::elements).sum();
  }

  /// Writes `config.json` and `model.safetensors`. Weights are drawn into a mapped file of no name,
  /// so that a model larger than the memory can be written.
  ///
  /// @param folder made if it is not there
  /// @param progress hears how many weights have been drawn; throws to stop
  /// @throws TrainingException if there is a model in the folder, or it cannot be written
  public void write(Path folder, LongConsumer progress) {
    Path weights = folder.resolve("model.safetensors");
    if (Files.exists(weights) || Files.exists(folder.resolve("config.json"))) {
      throw new TrainingException(
          "new: expected a folder without a model, got one in %s; name another".formatted(folder));
    }
    boolean made = !Files.exists(folder);
    boolean written = false;
    try {
      Files.createDirectories(folder);
      Path scratch = Files.createTempFile(folder, ".", ".part");
      try (Arena arena = Arena.ofConfined();
          FileChannel channel =
              FileChannel.open(scratch, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        long bytes = parameters() * type.bytes();
        reserve(channel, bytes);
        MemorySegment space = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
        SafetensorsWriter.write(weights, drawn(space, progress), Map.of("format", "pt"));
      } finally {
        Files.deleteIfExists(scratch);
      }
      config.json().write(folder.resolve("config.json"));
      written = true;
    } catch (IOException e) {
      throw new TrainingException(
          "new: expected to write %s, got %s; check the folder and the space left on the disk"
              .formatted(folder, OneLine.of(e)),
          e);
    } finally {
      if (!written) {
        leaveNothing(folder, weights, made);
      }
    }
  }

  private static void leaveNothing(Path folder, Path weights, boolean made) {
    try {
      Files.deleteIfExists(weights);
      if (made) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new TrainingException(
          "new: expected to take back what was written to %s, got %s; remove it"
              .formatted(folder, OneLine.of(e)),
          e);
    }
  }

  /// Writes the space full before it is mapped: a mapped write that finds the disk full ends the
  /// process.
  private static void reserve(FileChannel channel, long bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(ZEROS);
    for (long at = 0; at < bytes; ) {
      zeros.clear().limit((int) Math.min(ZEROS, bytes - at));
      at += channel.write(zeros, at);
    }
  }

  private List<SafetensorsWriter.Item> drawn(MemorySegment space, LongConsumer progress) {
    List<SafetensorsWriter.Item> items = new ArrayList<>();
    long offset = 0;
    try (RandomSource random = RandomSource.seeded(seed)) {
      for (WeightSlot slot : config.plan().all()) {
        MemorySegment here = space.asSlice(offset, elements(slot) * type.bytes());
        TensorScope.tidyRun(
            () -> {
              Tensor stored =
                  values(slot, random).to(type == StoredType.BF16 ? DType.BFLOAT16 : DType.FLOAT32);
              here.copyFrom(stored.memory());
            });
        items.add(new SafetensorsWriter.Item(slot.name(), type, slot.shape().sizes(), here));
        offset += here.byteSize();
        progress.accept(offset / type.bytes());
      }
    }
    return items;
  }

  private Tensor values(WeightSlot slot, RandomSource random) {
    Shape shape = Shape.of(slot.shape().sizes().stream().mapToLong(Long::longValue).toArray());
    if (shape.rank() > 1) {
      return random.normal(shape, /* mean= */ 0, DEVIATION);
    }
    boolean gain = slot.name().endsWith("weight");
    boolean distanceFromOne =
        config.architecture().block().norm() instanceof Norm.RmsNorm norm && norm.unitOffset();
    return gain && !distanceFromOne ? Tensors.ones(shape) : Tensors.zeros(shape);
  }

  private static long elements(WeightSlot slot) {
    return slot.shape().sizes().stream().reduce(1L, Math::multiplyExact);
  }
}

package io.lexiscope.train;

import io.lexiscope.base.OneLine;
import io.lexiscope.model.weights.Safetensors;
import io.lexiscope.model.weights.SafetensorsWriter;
import io.lexiscope.model.weights.StoredTensor;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.model.weights.TensorViews;
import io.lexiscope.tensor.AdamW;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The file from which a run goes on to the bit: weights, both moments of the optimiser, and how
/// far the run is. The data position is the step, for batches are functions of their number, and
/// random numbers are drawn for the first weights only.
///
/// @param file where it is
record TrainingState(Path file) {
  private static final String WEIGHTS = "weights";
  private static final String FIRST = "first_moment";
  private static final String SECOND = "second_moment";

  /// How far a run is.
  ///
  /// @param step steps done
  /// @param seconds time they took
  record Position(int step, double seconds) {}

  boolean exists() {
    return Files.exists(file);
  }

  /// Writes the state; the file is the old one or the new one at any time.
  ///
  /// @param fingerprint of the recipe
  void write(Parameters parameters, AdamW optimizer, Position position, String fingerprint) {
    SafetensorsWriter.write(
        file,
        List.of(
            item(WEIGHTS, parameters.values()),
            item(FIRST, optimizer.firstMoment()),
            item(SECOND, optimizer.secondMoment())),
        Map.of(
            "step", Integer.toString(position.step()),
            "seconds", Double.toString(position.seconds()),
            "recipe", fingerprint));
  }

  private static SafetensorsWriter.Item item(String name, Tensor flat) {
    return new SafetensorsWriter.Item(name, StoredType.F32, List.of(flat.size(0)), flat.memory());
  }

  /// Puts the state back.
  ///
  /// @param fingerprint of the recipe that goes on
  /// @throws TrainingException if the file is of another recipe
  Position read(Parameters parameters, AdamW optimizer, String fingerprint) {
    try (Arena arena = Arena.ofConfined()) {
      Safetensors stored = Safetensors.open(file, arena);
      Map<String, String> metadata = stored.metadata();
      if (!fingerprint.equals(metadata.get("recipe"))) {
        throw new TrainingException(
            "resume: expected a checkpoint of this recipe, got one of another in %s; start anew in an empty folder"
                .formatted(file));
      }
      restore(stored, WEIGHTS, parameters.values());
      restore(stored, FIRST, optimizer.firstMoment());
      restore(stored, SECOND, optimizer.secondMoment());
      return new Position(
          Integer.parseInt(metadata.getOrDefault("step", "0")),
          Double.parseDouble(metadata.getOrDefault("seconds", "0")));
    }
  }

  private void restore(Safetensors stored, String name, Tensor flat) {
    StoredTensor saved =
        stored
            .get(name)
            .orElseThrow(
                () ->
                    new TrainingException(
                        "resume: expected %s in %s, got none".formatted(name, file)));
    if (saved.elements() != flat.size(0)) {
      throw new TrainingException(
          "resume: expected %d numbers for %s, got %d in %s"
              .formatted(flat.size(0), name, saved.elements(), file));
    }
    TensorScope.tidyRun(() -> flat.copyInPlace(TensorViews.of(saved)));
  }

  /// Removes the file and its folder.
  void delete() {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(Objects.requireNonNull(file.getParent(), "the state lies in a folder"));
    } catch (IOException e) {
      throw new TrainingException(
          "train: expected to remove %s, got %s".formatted(file, OneLine.of(e)), e);
    }
  }
}

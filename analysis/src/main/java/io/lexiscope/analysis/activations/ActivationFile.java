package io.lexiscope.analysis.activations;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.HookException;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.weights.SafetensorsWriter;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes activations of one pass as safetensors: float32, each under its hook-point name with its
/// batch axis of 1, with the `input_ids` ([1, pos], int64) that made them.
public final class ActivationFile {
  /// The name under which logits are asked for and written, [1, pos, vocabulary].
  public static final String LOGITS = "logits";

  /// The pooled vector of an encoder, [1, d_model].
  public static final String POOLED = "pooled";

  /// What the classification or regression head of an encoder says, [1, outputs].
  public static final String OUTPUTS = "outputs";

  private static final List<String> ANSWERS = List.of(LOGITS, POOLED, OUTPUTS);

  private static final String IDS = "input_ids";

  private ActivationFile() {}

  /// Runs a prompt and writes what was asked for; the file appears whole or not at all.
  ///
  /// @param model runs the prompt, with its interventions in force
  /// @param ids the prompt
  /// @param names hook-point names, `*` for every layer, `logits`, or for encoders `pooled` and
  ///   `outputs`; each written once
  /// @param target the file
  /// @return what was written, in the order of the forward pass, `input_ids` first
  /// @throws HookException if a name is unknown or the model has no such place
  /// @throws io.lexiscope.model.forward.ForwardException if the model has no such head
  /// @throws io.lexiscope.model.weights.WeightsException if the file cannot be written
  public static List<WrittenTensor> write(
      LanguageModel model, TokenIds ids, List<String> names, Path target) {
    List<HookName> places = places(names, model.architecture().layers());
    try (Run run = model.run(ids, Recording.of(places));
        Arena arena = Arena.ofConfined()) {
      requireAll(places, run);
      List<SafetensorsWriter.Item> items = new ArrayList<>();
      List<WrittenTensor> written = new ArrayList<>();
      MemorySegment idData = arena.allocateFrom(ValueLayout.JAVA_LONG, ids.toLongs());
      add(IDS, StoredType.I64, List.of(1L, (long) ids.size()), idData, items);
      written.add(new WrittenTensor(IDS, List.of(1L, (long) ids.size()), /* notFinite= */ 0));
      for (HookName place : run.recorded()) {
        written.add(add(place.toString(), run.activation(place), arena, items));
      }
      for (String name : ANSWERS) {
        if (names.contains(name)) {
          written.add(TensorScope.tidy(() -> add(name, answer(name, model, run), arena, items)));
        }
      }
      SafetensorsWriter.write(target, items, Map.of("format", "pt"));
      return written;
    }
  }

  private static Tensor answer(String name, LanguageModel model, Run run) {
    return switch (name) {
      case POOLED -> model.transformer().pooled(run.last());
      case OUTPUTS -> model.transformer().outputs(run.last());
      default -> run.logits().unsqueeze(0);
    };
  }

  private static List<HookName> places(List<String> names, int layers) {
    Set<HookName> places = new LinkedHashSet<>();
    for (String name : names) {
      if (!ANSWERS.contains(name)) {
        for (HookName place : HookName.parseAll(name, layers)) {
          if (place.layer().isPresent() && place.layer().get() >= layers) {
            throw new HookException(
                "activations: expected a layer from 0 to %d, got %d in %s"
                    .formatted(layers - 1, place.layer().get(), name));
          }
          places.add(place);
        }
      }
    }
    return List.copyOf(places);
  }

  private static void requireAll(List<HookName> places, Run run) {
    for (HookName place : places) {
      if (!run.has(place)) {
        throw new HookException(
            "activations: expected a place of this model, got %s, %s"
                .formatted(place, meaning(place.point())));
      }
    }
  }

  private static String meaning(HookPoint point) {
    return "which it does not have (" + point.meaning() + ")";
  }

  private static WrittenTensor add(
      String name, Tensor value, Arena arena, List<SafetensorsWriter.Item> items) {
    return TensorScope.tidy(
        () -> {
          float[] numbers = value.to(DType.FLOAT32).contiguous().toFloats();
          List<Long> shape = Arrays.stream(value.shape().toArray()).boxed().toList();
          add(
              name,
              StoredType.F32,
              shape,
              arena.allocateFrom(ValueLayout.JAVA_FLOAT, numbers),
              items);
          long notFinite = 0;
          for (float number : numbers) {
            notFinite += Float.isFinite(number) ? 0 : 1;
          }
          return new WrittenTensor(name, shape, notFinite);
        });
  }

  private static void add(
      String name,
      StoredType type,
      List<Long> shape,
      MemorySegment data,
      List<SafetensorsWriter.Item> items) {
    items.add(new SafetensorsWriter.Item(name, type, shape, data));
  }
}

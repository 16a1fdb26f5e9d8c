package io.lexiscope.model.edit;

import io.lexiscope.base.FloatVector;
import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.BlockMatrix;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.matrix.ModelWeights;
import io.lexiscope.model.weights.SafetensorsWriter;
import io.lexiscope.model.weights.StoredTensor;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.WeightLayout;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/// Model folders whose files hold what patches add, written by the documented layouts of
/// checkpoints: the other way to an edited model.
final class EditedFolder {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private EditedFolder() {}

  /// A seeded patch of a matrix that changes what a model says.
  static WeightPatch patch(Architecture architecture, MatrixName target, int rank, long seed) {
    Random random = new Random(seed);
    List<PatchTerm> terms = new ArrayList<>();
    for (int k = 0; k < rank; k++) {
      terms.add(
          new PatchTerm(
              vector(random, target.kind().inputs(architecture)),
              vector(random, target.kind().outputs(architecture))));
    }
    return new WeightPatch(target, terms, PatchOrigin.named("seed " + seed));
  }

  private static FloatVector vector(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (0.15 * random.nextGaussian());
    }
    return FloatVector.of(values);
  }

  /// A patch of rank two for every matrix of a layer.
  static PatchStack everyMatrix(Architecture architecture, int layer) {
    List<WeightPatch> patches = new ArrayList<>();
    for (MatrixKind kind : MatrixKind.values()) {
      if (kind.existsIn(architecture)) {
        patches.add(patch(architecture, kind.at(layer), 2, kind.shortName().hashCode()));
      }
    }
    return new PatchStack(patches);
  }

  /// Copies a model with the patches added to its float32 matrices.
  static Path write(LanguageModel model, PatchStack patches, Path folder) throws IOException {
    Map<String, float[]> changed = changed(model, patches);
    Files.createDirectories(folder);
    Files.copy(model.folder().resolve("config.json"), folder.resolve("config.json"));
    try (Arena arena = Arena.ofConfined()) {
      List<SafetensorsWriter.Item> items = new ArrayList<>();
      for (String name : model.checkpoint().names()) {
        StoredTensor stored = model.checkpoint().get(name).orElseThrow();
        float[] numbers = changed.get(name);
        MemorySegment data = stored.data();
        if (numbers != null) {
          data = arena.allocate(4L * numbers.length);
          MemorySegment.copy(numbers, 0, data, FLOAT, 0, numbers.length);
        }
        items.add(new SafetensorsWriter.Item(name, stored.type(), stored.shape(), data));
      }
      SafetensorsWriter.write(folder.resolve("model.safetensors"), items, Map.of("format", "pt"));
    }
    return folder;
  }

  private static Map<String, float[]> changed(LanguageModel model, PatchStack patches) {
    IdentityHashMap<Tensor, String> names = new IdentityHashMap<>();
    model.parameters().forEach((name, tensor) -> names.put(tensor, name));
    ModelWeights<Tensor> weights = model.transformer().weights();
    Map<String, float[]> changed = new TreeMap<>();
    for (WeightPatch patch : patches.patches()) {
      BlockMatrix<Tensor> place = weights.matrix(patch.target(), model.architecture());
      String name = Objects.requireNonNull(names.get(place.linear().weight()));
      StoredTensor stored = model.checkpoint().get(name).orElseThrow();
      if (stored.type() != StoredType.F32) {
        throw new IllegalArgumentException(name + " is " + stored.type());
      }
      float[] numbers = changed.computeIfAbsent(name, _ -> stored.data().toArray(FLOAT));
      boolean outIn = place.linear().layout() == WeightLayout.OUT_IN;
      int outputs = stored.shape().get(outIn ? 0 : 1).intValue();
      for (int i = 0; i < patch.inputs(); i++) {
        for (int j = 0; j < patch.outputs(); j++) {
          double sum = 0;
          for (PatchTerm term : patch.terms()) {
            sum += (double) term.input().toArray()[i] * term.output().toArray()[j];
          }
          int output = output(model.architecture(), patch.target().kind(), j, outputs);
          numbers[outIn ? output * patch.inputs() + i : i * outputs + output] += (float) sum;
        }
      }
    }
    return changed;
  }

  /// Where a matrix's output lies in the file's, by the layouts of the reference library.
  private static int output(Architecture architecture, MatrixKind kind, int j, int outputs) {
    Attention.Heads heads = architecture.block().attention().heads();
    int d = heads.dHead();
    int query = heads.heads() * d;
    int key = heads.kvHeads() * d;
    boolean projection = kind == MatrixKind.W_Q || kind == MatrixKind.W_K || kind == MatrixKind.W_V;
    if (projection && outputs == query + 2 * key) {
      if (architecture.family().equals("gpt_neox")) {
        int which =
            switch (kind) {
              case W_Q -> 0;
              case W_K -> 1;
              default -> 2;
            };
        return j / d * 3 * d + which * d + j % d;
      }
      return switch (kind) {
        case W_Q -> j;
        case W_K -> query + j;
        default -> query + key + j;
      };
    }
    boolean halves = outputs == 2 * architecture.dimensions().dMlp();
    return kind == MatrixKind.W_IN && halves ? architecture.dimensions().dMlp() + j : j;
  }

  /// What a model makes of a prompt: logits, or the last stream where it has no language head.
  static float[] answer(LanguageModel model) {
    return TensorScope.tidy(
        () -> {
          try (var run = model.run(GoldenModel.prompt(9), Recording.nothing())) {
            return (model.transformer().hasUnembedding() ? run.logits() : run.last()).toFloats();
          }
        });
  }
}

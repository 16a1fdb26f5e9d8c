package io.lexiscope.model.export;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.WholeFile;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.edit.EditException;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.edit.PatchTerm;
import io.lexiscope.model.edit.WeightPatch;
import io.lexiscope.model.family.WeightSlot;
import io.lexiscope.model.matrix.BlockMatrix;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.ModelWeights;
import io.lexiscope.model.source.GgufSource;
import io.lexiscope.model.weights.SafetensorsWriter;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.tensor.WeightLayout;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes patches as a PEFT adapter: of every edited module A and B, scaled by 1, under the names
/// that the reference library gives the modules.
///
/// A patch of one matrix of a fused module has zeros at the outputs of the others. From a GGUF of
/// Llama the outputs of queries and keys are put back in the order of the reference.
///
/// @see <a href="https://huggingface.co/docs/peft/developer_guides/checkpoint">PEFT's format</a>
public final class LoraAdapter {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final LanguageModel model;
  private final Map<String, List<Placed>> modules = new LinkedHashMap<>();

  private LoraAdapter(LanguageModel model) {
    this.model = model;
  }

  /// A patch and where the outputs of its matrix stand in its module.
  private record Placed(WeightPatch patch, BlockMatrix<WeightSlot> matrix) {
    /// How many outputs the whole module has.
    int outputs() {
      int axis = matrix.linear().layout() == WeightLayout.OUT_IN ? 0 : 1;
      return Math.toIntExact(matrix.linear().weight().shape().sizes().get(axis));
    }
  }

  /// Writes `adapter_config.json` and `adapter_model.safetensors`.
  ///
  /// @param model what the patches are for
  /// @param folder is made if need be
  /// @return the files
  /// @throws EditException if there is no patch, a patch does not fit, or a file cannot be written
  public static List<Path> write(LanguageModel model, PatchStack patches, Path folder) {
    patches.requireFit(model.architecture());
    if (patches.isEmpty()) {
      throw new EditException(
          "apply: expected one patch or more, got none; name a file of patches");
    }
    LoraAdapter adapter = new LoraAdapter(model);
    ModelWeights<WeightSlot> plan = model.config().plan();
    for (WeightPatch patch : patches.patches()) {
      BlockMatrix<WeightSlot> matrix = plan.matrix(patch.target(), model.architecture());
      String weight = matrix.linear().weight().name();
      adapter
          .modules
          .computeIfAbsent(weight.substring(0, weight.lastIndexOf('.')), _ -> new ArrayList<>())
          .add(new Placed(patch, matrix));
    }
    try {
      Files.createDirectories(folder);
      Path config = folder.resolve("adapter_config.json");
      Path weights = folder.resolve("adapter_model.safetensors");
      adapter.writeWeights(weights);
      WholeFile.write(config, adapter.config());
      return List.of(config, weights);
    } catch (IOException e) {
      throw new EditException(
          "apply: expected to write an adapter, got %s at %s; choose another folder"
              .formatted(OneLine.of(e), folder));
    }
  }

  private static int rank(List<Placed> placed) {
    return placed.stream().mapToInt(one -> one.patch().rank()).sum();
  }

  private String config() {
    int most = modules.values().stream().mapToInt(LoraAdapter::rank).max().orElseThrow();
    ObjectNode config = JsonMapper.shared().createObjectNode();
    config.put("peft_type", "LORA");
    config.put("task_type", "CAUSAL_LM");
    config.put("base_model_name_or_path", model.folder().toAbsolutePath().getFileName().toString());
    config.put("r", most);
    config.put("lora_alpha", most);
    config.put("lora_dropout", 0.0);
    config.put("bias", "none");
    config.put("inference_mode", true);
    config.put("fan_in_fan_out", model.config().family().names().layout() == WeightLayout.IN_OUT);
    ArrayNode targets = config.putArray("target_modules");
    ObjectNode ranks = config.putObject("rank_pattern");
    ObjectNode alphas = config.putObject("alpha_pattern");
    modules.forEach(
        (module, placed) -> {
          targets.add(module);
          ranks.put(module.replace(".", "\\."), rank(placed));
          alphas.put(module.replace(".", "\\."), rank(placed));
        });
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n";
  }

  private void writeWeights(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      List<SafetensorsWriter.Item> items = new ArrayList<>();
      modules.forEach(
          (module, placed) -> {
            int rank = rank(placed);
            int inputs = placed.getFirst().patch().inputs();
            int outputs = placed.getFirst().outputs();
            float[] a = new float[rank * inputs];
            float[] b = new float[outputs * rank];
            int k = 0;
            for (Placed one : placed) {
              for (PatchTerm term : one.patch().terms()) {
                System.arraycopy(term.input().toArray(), 0, a, k * inputs, inputs);
                float[] output = term.output().toArray();
                for (int j = 0; j < output.length; j++) {
                  int place = one.matrix().outputs().place(reference(one.patch(), j));
                  b[place * rank + k] = output[j];
                }
                k++;
              }
            }
            items.add(item(arena, module + ".lora_A.weight", a, rank, inputs));
            items.add(item(arena, module + ".lora_B.weight", b, outputs, rank));
          });
      SafetensorsWriter.write(file, items, Map.of("format", "pt"));
    }
  }

  /// The output in the reference's order of one in the model's.
  private int reference(WeightPatch patch, int output) {
    MatrixKind kind = patch.target().kind();
    boolean turned =
        model.source() instanceof GgufSource
            && model.config().family().name().equals("llama")
            && (kind == MatrixKind.W_Q || kind == MatrixKind.W_K);
    if (!turned) {
      return output;
    }
    int d = model.architecture().block().attention().heads().dHead();
    int within = output % d;
    return output - within + within % 2 * (d / 2) + within / 2;
  }

  private static SafetensorsWriter.Item item(
      Arena arena, String name, float[] numbers, long rows, long columns) {
    MemorySegment data = arena.allocate(4L * numbers.length);
    MemorySegment.copy(numbers, 0, data, FLOAT, 0, numbers.length);
    return new SafetensorsWriter.Item(
        "base_model.model." + name, StoredType.F32, List.of(rows, columns), data);
  }
}

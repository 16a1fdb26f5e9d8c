package io.lexiscope.model.export;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.WholeFile;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.edit.EditException;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.source.GgufSource;
import io.lexiscope.model.weights.SafetensorsWriter;
import io.lexiscope.model.weights.StoredTensor;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.WeightLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/// Writes an edited model as a folder in Hugging Face layout, the patches added to its weights.
///
/// Edited matrices are written in float32, whatever they were stored in, so that no edit is rounded
/// away; all others as they lie.
public final class EditedModelFolder {
  /// Files that say what weights are where; the new folder has one file.
  private static final String INDEX = ".index.json";

  private EditedModelFolder() {}

  /// Writes the model that a view is.
  ///
  /// @param model with the edits that are to be written
  /// @param folder new, or empty
  /// @return the files, the weights first
  /// @throws EditException if there are no edits, the model is a GGUF file, or a file cannot be
  ///   written
  public static List<Path> write(LanguageModel model, Path folder) {
    PatchStack patches = model.patches();
    if (patches.isEmpty()) {
      throw new EditException(
          "apply: expected one patch or more, got none; name a file of patches");
    }
    if (model.source() instanceof GgufSource) {
      throw new EditException(
          "apply: expected a model in Hugging Face layout, got the GGUF file %s; write an adapter instead (--as peft)"
              .formatted(model.source().place().getFileName()));
    }
    try {
      Files.createDirectories(folder);
      try (var there = Files.list(folder)) {
        if (there.findAny().isPresent()) {
          throw new EditException(
              "apply: expected an empty folder, got files in %s; choose another".formatted(folder));
        }
      }
      List<Path> written = new ArrayList<>();
      Path weights = folder.resolve("model.safetensors");
      writeWeights(model, weights);
      written.add(weights);
      Path record = folder.resolve("patches.json");
      WholeFile.write(record, origins(patches));
      written.add(record);
      written.addAll(copyOthers(model.folder(), folder));
      return written;
    } catch (IOException e) {
      throw new EditException(
          "apply: expected to write a model, got %s at %s; choose another folder"
              .formatted(OneLine.of(e), folder));
    }
  }

  /// Where the edits come from, without their numbers.
  private static String origins(PatchStack patches) {
    return JsonMapper.shared()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(
                patches.patches().stream()
                    .map(
                        patch ->
                            Map.of(
                                "target", patch.target().toString(),
                                "rank", patch.rank(),
                                "hash", patch.hash(),
                                "origin", patch.origin()))
                    .toList())
        + "\n";
  }

  private static List<Path> copyOthers(Path from, Path to) throws IOException {
    Set<Path> files = new TreeSet<>();
    try (var all = Files.list(from)) {
      all.filter(Files::isRegularFile).filter(EditedModelFolder::goesAlong).forEach(files::add);
    }
    List<Path> copied = new ArrayList<>();
    for (Path file : files) {
      Path target = to.resolve(file.getFileName().toString());
      Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
      copied.add(target);
    }
    return copied;
  }

  private static boolean goesAlong(Path file) {
    String name = file.getFileName().toString();
    boolean describes =
        name.equals("config.json")
            || name.equals("generation_config.json")
            || name.startsWith("tokenizer")
            || name.startsWith("vocab")
            || name.equals("merges.txt")
            || name.equals("special_tokens_map.json")
            || name.equals("added_tokens.json")
            || name.equals("chat_template.jinja")
            || name.startsWith("LICENSE");
    return describes && !name.endsWith(INDEX);
  }

  private static void writeWeights(LanguageModel model, Path file) {
    IdentityHashMap<Tensor, Linear<Tensor>> edited = new IdentityHashMap<>();
    for (MatrixName name : MatrixName.all(model.architecture())) {
      Linear<Tensor> linear =
          model.transformer().weights().matrix(name, model.architecture()).linear();
      if (linear.added() != null) {
        edited.put(linear.weight(), linear);
      }
    }
    Map<String, Tensor> parameters = model.parameters();
    TensorScope.tidyRun(
        () -> {
          List<SafetensorsWriter.Item> items = new ArrayList<>();
          for (String name : model.checkpoint().names()) {
            StoredTensor stored = model.checkpoint().get(name).orElseThrow();
            Tensor parameter = parameters.get(name);
            Linear<Tensor> linear = parameter == null ? null : edited.get(parameter);
            if (linear == null) {
              items.add(
                  new SafetensorsWriter.Item(name, stored.type(), stored.shape(), stored.data()));
            } else {
              Tensor whole = Linears.rowsAreInputs(linear);
              Tensor laid = linear.layout() == WeightLayout.OUT_IN ? whole.transpose(0, 1) : whole;
              items.add(
                  new SafetensorsWriter.Item(
                      name, StoredType.F32, stored.shape(), laid.contiguous().memory()));
            }
          }
          SafetensorsWriter.write(file, items, Map.of("format", "pt"));
        });
  }
}

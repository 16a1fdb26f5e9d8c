package io.lexiscope.workbench.shelf;

import io.lexiscope.model.LanguageModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a reader of a model's numbers should know of its files.
final class ModelNotes {
  private static final int NAMED = 8;

  /// The number of a block in the name of a tensor, such as `model.layers.3.mlp.up_proj.weight`.
  private static final Pattern BLOCK =
      Pattern.compile("(?:^|\\.)(?:layers?|h|blocks?|blk)\\.(\\d{1,6})\\.");

  private static final String ADAPTER = "adapter_config.json";

  private ModelNotes() {}

  /// The notes on a model, none where its files are used whole.
  static List<String> of(LanguageModel model) {
    List<String> notes = new ArrayList<>();
    List<String> unused = model.unusedWeights();
    int layers = model.architecture().layers();
    OptionalInt last =
        unused.stream()
            .map(BLOCK::matcher)
            .filter(Matcher::find)
            .mapToInt(found -> Integer.parseInt(found.group(1)))
            .max();
    if (last.isPresent() && last.getAsInt() >= layers) {
      notes.add(
          "model: the weight file has %d layers, the configuration %d; the others are left out"
              .formatted(last.getAsInt() + 1, layers));
    }
    if (!unused.isEmpty()) {
      notes.add(
          "model: %d tensors of the weight file are not used, the configuration has no place for them: %s"
              .formatted(unused.size(), names(unused)));
    }
    Path adapter = model.folder().resolve(ADAPTER);
    if (Files.isRegularFile(adapter)) {
      notes.add(
          "model: the folder has %s; the adapter is not applied, the numbers are those of the base weights"
              .formatted(ADAPTER));
    }
    return List.copyOf(notes);
  }

  private static String names(List<String> unused) {
    return unused.size() <= NAMED
        ? String.join(", ", unused)
        : String.join(", ", unused.subList(0, NAMED)) + " and " + (unused.size() - NAMED) + " more";
  }
}

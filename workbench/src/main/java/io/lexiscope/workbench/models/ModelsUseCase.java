package io.lexiscope.workbench.models;

import io.lexiscope.hub.find.FoundModel;
import io.lexiscope.hub.find.ModelFinder;
import io.lexiscope.model.family.Families;
import io.lexiscope.model.source.ModelSource;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists the models at hand. Their configurations are read, their weights are not opened.
public final class ModelsUseCase implements UseCase<ModelsRequest, ModelsResult> {
  /// A file beside the weights: a JSON list of prompts that show something.
  private static final String EXAMPLES = "examples.json";

  private final ModelFinder finder;

  private ModelsUseCase(ModelFinder finder) {
    this.finder = finder;
  }

  /// The verb `models`.
  public static Feature<ModelsRequest, ModelsResult> feature(ModelFinder finder) {
    return new Feature<>(
        Verb.reads("models", "The models at hand.").in(Lane.INSTANT),
        ModelsRequest.class,
        new ModelsUseCase(finder));
  }

  @Override
  public ModelsResult answer(ModelsRequest request, Work work) {
    var models = finder.all().stream().map(ModelsUseCase::entry).toList();
    var standard = finder.places().defaultModel();
    var exists = models.stream().anyMatch(model -> model.name().equals(standard));
    return new ModelsResult(models, exists ? standard : null);
  }

  /// What a model is, as far as its configuration says.
  static ModelEntry entry(FoundModel found) {
    Long bytes = null;
    try {
      var source = ModelSource.of(found.folder());
      var size = source.weightBytes();
      bytes = size.isPresent() ? size.getAsLong() : null;
      var config = Families.read(source);
      var architecture = config.architecture();
      return new ModelEntry(
          found.name(),
          found.folder().toString(),
          found.origin(),
          architecture.family(),
          InfoUseCase.parameters(config.plan().all()),
          architecture.layers(),
          architecture.dModel(),
          bytes,
          bytes == null ? "model: expected *.safetensors, got none in " + found.folder() : null,
          examples(found.folder()));
    } catch (RuntimeException e) {
      return new ModelEntry(
          found.name(),
          found.folder().toString(),
          found.origin(),
          /* family= */ null,
          /* parameters= */ null,
          /* layers= */ null,
          /* dModel= */ null,
          bytes,
          e.getMessage(),
          /* examples= */ null);
    }
  }

  private static @Nullable List<ModelExample> examples(Path folder) {
    var file = folder.resolve(EXAMPLES);
    try {
      return Files.isRegularFile(file)
          ? Arrays.asList(ViewJson.read(Files.readAllBytes(file), ModelExample[].class))
          : null;
    } catch (IOException e) {
      return null;
    }
  }
}

package io.lexiscope.workbench.models;

import io.lexiscope.base.PlainText;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.family.WeightSlot;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.source.GgufSource;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.lens.LensPlaces;
import io.lexiscope.workbench.shelf.ModelShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says what a model is. Which hook points it has is found out by a pass over one token that
/// records them all.
public final class InfoUseCase implements UseCase<InfoRequest, InfoResult> {
  private static final String GOLDEN = "golden.safetensors";

  /// Longest card that is handed on, bytes.
  private static final long LONGEST_CARD = 1 << 18;

  private final ModelShelf shelf;

  private InfoUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `info`.
  public static Feature<InfoRequest, InfoResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads("info", "What a model is."), InfoRequest.class, new InfoUseCase(shelf));
  }

  @Override
  public InfoResult answer(InfoRequest request, Work work) {
    try (var open = shelf.use(request.choice())) {
      var model = open.model();
      var architecture = model.architecture();
      var dimensions = architecture.dimensions();
      var heads = architecture.block().attention().heads();
      var places = work.pass(() -> places(model));
      var golden = model.folder().resolve(GOLDEN);
      return new InfoResult(
          open.name(),
          architecture.family(),
          dimensions.layers(),
          heads.heads(),
          heads.kvHeads(),
          dimensions.dModel(),
          heads.dHead(),
          dimensions.dMlp(),
          dimensions.vocabulary(),
          dimensions.context(),
          parameters(model.config().plan().all()),
          architecture.tied(),
          model.transformer().hasUnembedding(),
          architecture.causal(),
          model.compute().typeName(),
          places.stream().map(HookName::toString).toList(),
          catalogue(places),
          Files.isRegularFile(golden) ? golden.toString() : null,
          model.source().chatTemplate().orElse(null),
          model.source() instanceof GgufSource ? weights(model) : null,
          model.unusedWeights().isEmpty() ? null : model.unusedWeights(),
          AnswerKind.of(model),
          card(model.folder()),
          open.provenance(/* seed= */ null));
    }
  }

  /// What a folder says of its model; null where it says nothing that can be read.
  private static @Nullable String card(Path folder) {
    var file = folder.resolve("README.md");
    try {
      return Files.isRegularFile(file) && Files.size(file) <= LONGEST_CARD
          ? PlainText.read(file)
          : null;
    } catch (IOException unreadable) {
      return null;
    }
  }

  /// The number of parameters, a tied weight counted once.
  static long parameters(Collection<WeightSlot> slots) {
    return slots.stream()
        .mapToLong(slot -> slot.shape().sizes().stream().reduce(1L, Math::multiplyExact))
        .sum();
  }

  private static List<StoredWeight> weights(LanguageModel model) {
    var weights = new ArrayList<StoredWeight>();
    for (var name : model.checkpoint().names()) {
      model
          .checkpoint()
          .get(name)
          .ifPresent(
              stored -> weights.add(new StoredWeight(name, stored.shape(), stored.type().name())));
    }
    return weights;
  }

  private static List<HookName> places(LanguageModel model) {
    try (var run = model.run(TokenIds.of(0), Recording.of(HookPoint.values()))) {
      return List.copyOf(run.recorded());
    }
  }

  private static List<HookPointView> catalogue(List<HookName> places) {
    var points = new LinkedHashSet<HookPoint>();
    places.forEach(place -> points.add(place.point()));
    var views = new ArrayList<HookPointView>();
    for (var point : HookPoint.values()) {
      if (points.contains(point)) {
        views.add(view(point));
      }
    }
    return views;
  }

  private static HookPointView view(HookPoint point) {
    var axes = point.axes();
    var label = point.shortName().replace("hook_", "");
    return new HookPointView(
        point.template(),
        point.template().replace("{l}", "*"),
        label,
        axes,
        point.meaning(),
        point.perLayer(),
        axes.contains("head") || axes.contains("kv_head"),
        axes.contains("d_mlp"),
        LensPlaces.isReadable(point));
  }
}

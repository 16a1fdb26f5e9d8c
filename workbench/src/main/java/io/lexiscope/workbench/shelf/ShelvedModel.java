package io.lexiscope.workbench.shelf;

import io.lexiscope.hub.find.FoundModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Processors;
import io.lexiscope.model.edit.ModelIdentity;
import io.lexiscope.model.forward.Compute;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.intervene.MeanActivation;
import io.lexiscope.model.parity.SelfCheckReport;
import io.lexiscope.model.parity.SelfChecks;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.source.DocumentHashes;
import io.lexiscope.model.source.GgufSource;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.Provenance;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A model on the shelf with what is known of its files. Its weights are hashed beside other work.
final class ShelvedModel {
  /// The one arithmetic that models in GGUF are computed in so far.
  private static final String WEIGHTS_EXACT = "weights-exact";

  private final String id;
  private final LanguageModel model;
  private final Build build;
  private final List<String> notes;
  private final CompletableFuture<Hashes> hashes;
  private final Object checking = new Object();
  private final Map<Measured, MeanActivation> means = new ConcurrentHashMap<>();
  private final Map<ModelIdentity, SelfCheckReport> selfChecks = new HashMap<>();

  private record Hashes(String weights, DocumentHashes documents) {}

  /// Where a mean was taken, and with which numbers.
  private record Measured(ModelIdentity model, HookName place) {}

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  ShelvedModel(FoundModel found, Build build, Compute compute, RememberedHash remembered) {
    this.id = found.name();
    this.model = LanguageModel.open(found.folder(), compute);
    this.build = build;
    this.notes = ModelNotes.of(model);
    this.hashes =
        CompletableFuture.supplyAsync(
            () -> hash(remembered),
            task -> Thread.ofPlatform().daemon().name("lexiscope-hash").start(task));
  }

  LanguageModel model() {
    return model;
  }

  /// Which numbers a view of it computes with.
  ModelIdentity identity(LanguageModel view) {
    Hashes known = hashes.join(); // from here on the checkpoint knows its hash
    ModelIdentity identity = view.identity();
    assert identity.weights().equals(known.weights());
    return identity;
  }

  Provenance provenance(
      LanguageModel view, @Nullable Long seed, @Nullable List<InterventionSpec> interventions) {
    var known = hashes.join();
    return new Provenance(
        id,
        known.weights(),
        known.documents().config(),
        known.documents().tokenizer(),
        model.compute().typeName(),
        model.compute().deviceName(),
        Processors.usesKernels() ? "on" : "off",
        model.source() instanceof GgufSource ? WEIGHTS_EXACT : null,
        seed,
        view.patchHashes().isEmpty() ? null : view.patchHashes(),
        interventions,
        notes.isEmpty() ? null : notes,
        build.codeVersion(),
        build.jvm());
  }

  /// The report of the self-checks; the first caller runs them, others wait for it.
  SelfCheckReport selfChecks(LanguageModel view, Turn turn) {
    ModelIdentity identity = identity(view);
    synchronized (checking) {
      return selfChecks.computeIfAbsent(identity, _ -> SelfChecks.check(view, turn));
    }
  }

  /// Means that are remembered; those that are missing are measured without making others wait.
  Map<HookName, MeanActivation> means(
      LanguageModel view,
      List<HookName> places,
      Function<List<HookName>, Map<HookName, MeanActivation>> measure) {
    ModelIdentity identity = identity(view);
    List<HookName> missing =
        places.stream().filter(place -> !means.containsKey(new Measured(identity, place))).toList();
    if (!missing.isEmpty()) {
      measure
          .apply(missing)
          .forEach((place, mean) -> means.put(new Measured(identity, place), mean));
    }
    Map<HookName, MeanActivation> found = new LinkedHashMap<>();
    for (HookName place : places) {
      MeanActivation mean = means.get(new Measured(identity, place));
      found.put(place, Objects.requireNonNull(mean, "measured above"));
    }
    return found;
  }

  void close() {
    model.close();
  }

  private Hashes hash(RememberedHash remembered) {
    return new Hashes(remembered.of(model.checkpoint()), model.source().hashes());
  }
}

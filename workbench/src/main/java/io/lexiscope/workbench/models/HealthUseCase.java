package io.lexiscope.workbench.models;

import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.Build;
import io.lexiscope.workbench.shelf.ModelShelf;

/// Says that the workbench is up.
public final class HealthUseCase implements UseCase<HealthRequest, HealthResult> {
  private final ModelShelf shelf;
  private final Build build;
  private final long startedNanos = System.nanoTime();

  private HealthUseCase(ModelShelf shelf, Build build) {
    this.shelf = shelf;
    this.build = build;
  }

  /// The verb `health`.
  public static Feature<HealthRequest, HealthResult> feature(ModelShelf shelf, Build build) {
    return new Feature<>(
        Verb.reads("health", "Whether the workbench is up.").in(Lane.INSTANT),
        HealthRequest.class,
        new HealthUseCase(shelf, build));
  }

  @Override
  public HealthResult answer(HealthRequest request, Work work) {
    return new HealthResult(
        "ok",
        build.codeVersion(),
        build.jvm(),
        shelf.open(),
        (System.nanoTime() - startedNanos) / 1e9);
  }
}

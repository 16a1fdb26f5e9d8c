package io.lexiscope.workbench.models;

import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.Build;
import io.lexiscope.workbench.shelf.ModelShelf;

/// Says that the workbench is up.
public final class HealthUseCase implements UseCase<HealthRequest, HealthResult> {
  private final ModelShelf shelf;
  private final Build build;
  private final long startedNanos = System.nanoTime();

  public HealthUseCase(ModelShelf shelf, Build build) {
    this.shelf = shelf;
    this.build = build;
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

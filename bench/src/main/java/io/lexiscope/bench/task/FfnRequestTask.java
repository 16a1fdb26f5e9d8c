package io.lexiscope.bench.task;

import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ffn.FfnReadout;
import io.lexiscope.workbench.ffn.FfnRequest;
import io.lexiscope.workbench.ffn.FfnResult;
import java.util.List;
import java.util.stream.Collectors;

/// An `ffn` request: the feed-forward part of every layer at the last position, taken apart.
///
/// @param subject the model
/// @param workbench answers
public record FfnRequestTask(Subject subject, Workbench workbench) implements BenchTask {
  private static final int LENGTH = 16;

  /// States before and after, and the value vectors listed.
  private static final int READ_IN_A_LAYER = 12;

  private static final float LARGEST_ERROR = 1e-2f;

  /// With the workbench's own view of the model open and in memory, so that no round is charged
  /// with it.
  public static FfnRequestTask opened(Subject subject, Workbench workbench) {
    FfnRequestTask task = new FfnRequestTask(subject, workbench);
    try (TaskOutcome first = task.run()) {
      first.check();
    }
    return task;
  }

  @Override
  public String name() {
    return "ffn-request";
  }

  @Override
  public String about() {
    return "every layer's feed-forward part at one position, %d tokens".formatted(LENGTH);
  }

  @Override
  public Cost cost() {
    return Cost.of(
        subject.weightBytes(),
        subject.passOperations(LENGTH)
            + subject.readingOperations((double) READ_IN_A_LAYER * subject.dimensions().layers()));
  }

  @Override
  public TaskOutcome run() {
    FfnRequest request =
        new FfnRequest(
            ModelChoice.of(subject.model().folder().toString()),
            Prompt.tokens(subject.prompt(LENGTH).stream().boxed().collect(Collectors.toList())),
            /* layers= */ null,
            /* positions= */ null,
            FfnReadout.standard(),
            /* interventions= */ null);
    return new Answered(this, workbench.answer(request));
  }

  private record Answered(FfnRequestTask task, FfnResult result) implements TaskOutcome {
    @Override
    public Answer answer() {
      return new Answer(
          result.layers().stream().map(layer -> layer.balance().after()).toList(), List.of());
    }

    @Override
    public void check() {
      List<Double> errors = result.layers().stream().map(layer -> layer.residualError()).toList();
      Comparison.require(
          errors.size() == task.subject.dimensions().layers()
              && errors.stream().allMatch(error -> error < LARGEST_ERROR),
          task.name(),
          "sub-updates that sum to what each layer added",
          errors);
    }
  }
}

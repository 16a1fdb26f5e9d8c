package io.lexiscope.bench.task;

import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pass with the logits of every position.
///
/// @param subject the model
/// @param length positions of the prompt
/// @param plain the same without a recording; null where this is it
public record ForwardTask(Subject subject, int length, @Nullable ForwardTask plain)
    implements BenchTask {
  private static final Recording EVERYTHING =
      Recording.of(
          HookPoint.RESID_PRE,
          HookPoint.ATTN_OUT,
          HookPoint.RESID_MID,
          HookPoint.MLP_OUT,
          HookPoint.RESID_POST);

  /// A pass that records nothing.
  public static ForwardTask plain(Subject subject, int length) {
    return new ForwardTask(subject, length, /* plain= */ null);
  }

  /// A pass that records every residual stream, attention output and MLP output, timed in turn with
  /// one that records nothing.
  public static ForwardTask recording(Subject subject, int length) {
    return new ForwardTask(subject, length, plain(subject, length));
  }

  @Override
  public String name() {
    return (plain == null ? "forward-" : "recording-") + length;
  }

  @Override
  public String about() {
    String pass = "a pass over %,d %s".formatted(length, length == 1 ? "token" : "tokens");
    return plain == null
        ? pass + ", logits of all"
        : pass + " that keeps every residual, attention and MLP output";
  }

  @Override
  public Cost cost() {
    return Cost.of(
        subject.weightBytes(), subject.passOperations(length) + subject.readingOperations(length));
  }

  @Override
  public @Nullable BenchTask baseline() {
    return plain;
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // the outcome owns both
  public TaskOutcome run() {
    TokenIds prompt = subject.prompt(length);
    Run run = subject.model().run(prompt, plain == null ? Recording.nothing() : EVERYTHING);
    TensorScope scope = TensorScope.open();
    return new Passed(this, run, scope, scope.call(run::logits));
  }

  private record Passed(ForwardTask task, Run run, TensorScope scope, Tensor logits)
      implements TaskOutcome {
    @Override
    public Answer answer() {
      List<Double> values = new ArrayList<>();
      TensorScope.tidyRun(
          () -> {
            values.addAll(Comparison.samples(logits.select(0, 0)));
            values.addAll(Comparison.samples(logits.select(0, task.length - 1L)));
            for (HookName name : run.recorded()) {
              values.add(
                  run.activation(name)
                      .select(1, task.length - 1L)
                      .norm(-1, /* keepAxis= */ false)
                      .item());
            }
          });
      return new Answer(values, List.of());
    }

    @Override
    public void check() {
      float[] expected =
          Comparison.throughLibtorch(
              () -> {
                try (Run other = task.subject.model().run(run.tokens(), Recording.nothing())) {
                  return other.logits().toFloats();
                }
              });
      Comparison.requireClose(task.name(), logits.toFloats(), expected);
      checkSums();
    }

    /// What was recorded adds up: every residual stream is the one before and what was added.
    private void checkSums() {
      if (task.plain == null) {
        return;
      }
      for (int i = 0; i < task.subject.dimensions().layers(); i++) {
        int layer = i;
        TensorScope.tidyRun(
            () ->
                Comparison.requireClose(
                    task.name(),
                    run.activation(HookPoint.RESID_POST.at(layer)).toFloats(),
                    run.activation(HookPoint.RESID_PRE.at(layer))
                        .add(run.activation(HookPoint.ATTN_OUT.at(layer)))
                        .add(run.activation(HookPoint.MLP_OUT.at(layer)))
                        .toFloats()));
      }
    }

    @Override
    public void close() {
      scope.close();
      run.close();
    }
  }
}

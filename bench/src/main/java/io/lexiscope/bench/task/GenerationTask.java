package io.lexiscope.bench.task;

import io.lexiscope.model.Run;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.generate.Generation;
import io.lexiscope.model.hook.Recording;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Greedy tokens after a prompt.
///
/// @param name of the task
/// @param subject the model
/// @param against the same in another type, timed in turn; null where there is none
public record GenerationTask(String name, Subject subject, @Nullable GenerationTask against)
    implements BenchTask {
  private static final int PROMPT = 64;
  private static final int NEW = 64;

  /// Logits that close are a tie for one who adds in another order; bfloat16 has eight bits.
  private static final double TIE = 2e-3;

  private static final double TIE_REDUCED = 0.1;

  @Override
  public String about() {
    return "%d greedy tokens after %d, weights %s, computed in %s"
        .formatted(
            NEW,
            PROMPT,
            subject.elementBytes() == 4 ? "float32" : "in 16 bits",
            subject.model().compute().typeName());
  }

  @Override
  public Cost cost() {
    return Cost.of(subject.weightBytes(), subject.passOperations(PROMPT))
        .then(
            subject.weightBytes(),
            subject.passOperations(1) + subject.readingOperations(1),
            NEW - 1);
  }

  @Override
  public @Nullable BenchTask baseline() {
    return against;
  }

  @Override
  public TaskOutcome run() {
    return new Written(
        this, subject.model().generator().generate(subject.prompt(PROMPT), Decoding.greedy(NEW)));
  }

  private record Written(GenerationTask task, Generation generation) implements TaskOutcome {
    @Override
    public Answer answer() {
      return new Answer(List.of(), generation.tokens().stream().map(Generation.Step::id).toList());
    }

    /// One pass over all tokens has no cache: at each place the token that came has the largest
    /// logit there.
    @Override
    public void check() {
      Comparison.require(
          generation.tokens().size() == NEW,
          task.name,
          NEW + " tokens",
          generation.tokens().size());
      double tie = task.subject.model().compute().reduced() ? TIE_REDUCED : TIE;
      try (Run run = task.subject.model().run(generation.ids(), Recording.nothing())) {
        for (int i = 0; i < NEW; i++) {
          int position = PROMPT - 1 + i;
          int came = generation.tokens().get(i).id();
          float[] logits = run.logits(position).toFloats();
          float most = Float.NEGATIVE_INFINITY;
          for (float logit : logits) {
            most = Math.max(most, logit);
          }
          Comparison.require(
              logits[came] >= most - tie,
              task.name,
              "the likeliest token at position " + position,
              "one %.4f below it".formatted(most - logits[came]));
        }
      }
    }
  }
}

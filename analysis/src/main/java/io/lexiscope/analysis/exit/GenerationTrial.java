package io.lexiscope.analysis.exit;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.generate.EarlyExit;
import io.lexiscope.model.generate.Generation;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.VocabularyReadout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Continues prompts greedily with all of the network and with early exit, in turns, and takes the
/// time of both.
///
/// @param model what runs
/// @param tokens how many are added to each prompt
/// @param early the rule and how skipped layers get their keys and values
public record GenerationTrial(LanguageModel model, int tokens, EarlyExit early) {
  /// How often each prompt is continued either way; the fastest of them counts.
  private static final int TIMES = 3;

  /// Continuations either way that are not timed, so that both are compiled when it counts.
  private static final int WARM_UP = 12;

  /// What it came to.
  ///
  /// @param tokens generated with early exit
  /// @param agreeing those that the whole network would have chosen after the same tokens
  /// @param wholeSeconds time of the whole network
  /// @param earlySeconds time with early exit
  /// @param leftAt tokens that left after each layer
  public record Result(
      int tokens, int agreeing, double wholeSeconds, double earlySeconds, List<Integer> leftAt) {
    /// Copies the list.
    public Result {
      leftAt = List.copyOf(leftAt);
    }

    /// Layers saved on average.
    public double savedLayers() {
      int last = leftAt.size() - 1;
      return IntStream.range(0, last).mapToDouble(l -> (double) (last - l) * leftAt.get(l)).sum()
          / tokens;
    }
  }

  /// Hears of each prompt done, between passes; what it throws ends the work.
  @FunctionalInterface
  public interface PromptListener {
    /// Some prompts are done.
    void done(int prompts);
  }

  /// Continues the prompts.
  public Result run(List<TokenIds> prompts, PromptListener listener) {
    Decoding whole = Decoding.greedy(tokens);
    Decoding leaving = whole.leaving(early);
    for (int time = 0; time < WARM_UP; time++) {
      TokenIds prompt = prompts.get(time % prompts.size());
      model.generator().generate(prompt, whole);
      model.generator().generate(prompt, leaving);
    }
    double wholeSeconds = 0;
    double earlySeconds = 0;
    int agreeing = 0;
    List<Integer> layers = new ArrayList<>();
    for (int prompt = 0; prompt < prompts.size(); prompt++) {
      double fastestWhole = Double.POSITIVE_INFINITY;
      double fastestEarly = Double.POSITIVE_INFINITY;
      Generation generation = null;
      for (int time = 0; time < TIMES; time++) {
        fastestWhole =
            Math.min(
                fastestWhole, model.generator().generate(prompts.get(prompt), whole).seconds());
        generation = model.generator().generate(prompts.get(prompt), leaving);
        fastestEarly = Math.min(fastestEarly, generation.seconds());
      }
      Generation last = java.util.Objects.requireNonNull(generation);
      wholeSeconds += fastestWhole;
      earlySeconds += fastestEarly;
      agreeing += agreeing(last);
      last.tokens().forEach(step -> layers.add(layer(step.exitLayer())));
      listener.done(prompt + 1);
    }
    int count = model.architecture().layers();
    return new Result(
        layers.size(),
        agreeing,
        wholeSeconds,
        earlySeconds,
        IntStream.range(0, count)
            .mapToObj(layer -> (int) layers.stream().filter(at -> at == layer).count())
            .toList());
  }

  private int layer(@Nullable Integer exit) {
    return exit == null ? model.architecture().layers() - 1 : exit;
  }

  /// Tokens that the whole network would have chosen, each after the same tokens before it.
  private int agreeing(Generation generation) {
    TokenIds ids = generation.ids();
    int first = generation.prompt().size() - 1;
    int count = generation.tokens().size();
    try (Run run = model.run(ids, Recording.nothing())) {
      return TensorScope.tidy(
          () -> {
            var readings =
                VocabularyReadout.read(
                    model
                        .transformer()
                        .beforeUnembedding(run.last().select(0, 0).narrow(0, first, count)),
                    model.transformer().unembedding(),
                    VocabularyReadout.Request.top(1));
            return (int)
                IntStream.range(0, count)
                    .filter(
                        i ->
                            readings.get(i).top().getFirst().id()
                                == generation.tokens().get(i).id())
                    .count();
          });
    }
  }
}

package io.lexiscope.analysis.attention;

import io.lexiscope.analysis.lens.FinalNorm;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds heads by what they do on prompts.
///
/// ```
/// var finder = HeadFinder.of(model);
/// finder.on(finder.repeated(4, 24, 0), null).stream()
///     .max(Comparator.comparing(traits -> traits.of(HeadTrait.INDUCTION).orElse(0))); // L3H1
/// ```
///
/// The first position of a prompt looks at nothing but itself and is left out.
public final class HeadFinder {
  private final LanguageModel model;

  private HeadFinder(LanguageModel model) {
    this.model = model;
  }

  /// A finder for a model under the interventions in force.
  ///
  /// @throws AttentionException if positions see later ones
  public static HeadFinder of(LanguageModel model) {
    if (!model.architecture().causal()) {
      throw new AttentionException(
          "heads: expected a model that reads from left to right, got family %s; ask for its patterns"
              .formatted(model.architecture().family()));
    }
    return new HeadFinder(model);
  }

  /// Prompts of random tokens that come twice: nothing but place and repetition tells them apart.
  ///
  /// @param count how many
  /// @param length tokens before they repeat; shorter where the context is
  /// @param seed of the tokens
  public List<TokenIds> repeated(int count, int length, long seed) {
    Architecture architecture = model.architecture();
    int half = Math.max(1, Math.min(length, architecture.dimensions().context() / 2));
    int vocabulary = architecture.dimensions().vocabulary();
    List<TokenIds> prompts = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      RandomGenerator random = Seeded.stream("heads", seed, index);
      int[] once = IntStream.range(0, half).map(i -> random.nextInt(vocabulary)).toArray();
      prompts.add(TokenIds.of(IntStream.range(0, 2 * half).map(i -> once[i % half]).toArray()));
    }
    return prompts;
  }

  /// The traits of every head over prompts, by layer and head.
  ///
  /// @param prompts at least one, of two tokens or more
  /// @param looked a pattern of the prompts' length, for [HeadTrait#MATCH]; or null
  /// @throws AttentionException if there is no prompt, or one does not fit the pattern
  public List<HeadTraits> on(List<TokenIds> prompts, @Nullable AttendPattern looked) {
    return on(prompts, looked, Turn.immediately());
  }

  /// As above, with each pass in its turn.
  ///
  /// @param turn is asked before each pass
  public List<HeadTraits> on(List<TokenIds> prompts, @Nullable AttendPattern looked, Turn turn) {
    if (prompts.isEmpty()) {
      throw new AttentionException("heads: expected at least one prompt, got none; give some text");
    }
    for (TokenIds prompt : prompts) {
      if (looked != null && looked.size() != prompt.size()) {
        throw new AttentionException(
            "heads: expected a pattern of %d rows, one for each token, got %d; give the pattern of this prompt"
                .formatted(prompt.size(), looked.size()));
      }
    }
    Architecture architecture = model.architecture();
    int heads = architecture.block().attention().heads().heads();
    List<TraitSums> sums =
        IntStream.range(0, architecture.layers() * heads)
            .mapToObj(index -> new TraitSums())
            .toList();
    for (int index = 0; index < prompts.size(); index++) {
      TokenIds prompt = prompts.get(index);
      turn.progress(index, prompts.size(), "prompts");
      turn.take(
          () -> {
            try (Run run = model.run(prompt, recording())) {
              add(run, looked, sums);
            }
            return prompt;
          });
    }
    List<HeadTraits> found = new ArrayList<>();
    for (int layer = 0; layer < architecture.layers(); layer++) {
      for (int head = 0; head < heads; head++) {
        found.add(HeadTraits.of(layer, head, sums.get(layer * heads + head).means()));
      }
    }
    return found;
  }

  /// Heads by one trait, largest first; those that cannot show it are left out.
  public static List<HeadTraits> ranked(List<HeadTraits> heads, HeadTrait trait) {
    return heads.stream()
        .filter(one -> one.of(trait).isPresent())
        .sorted(
            Comparator.comparingDouble((HeadTraits one) -> -orZero(one.of(trait)))
                .thenComparingInt(HeadTraits::layer)
                .thenComparingInt(HeadTraits::head))
        .toList();
  }

  private static double orZero(OptionalDouble value) {
    return value.orElse(0);
  }

  private Recording recording() {
    return HeadLayer.recording(model).and(Recording.of(TargetDirection.places(model)));
  }

  /// Adds what heads do in one run.
  private static void add(Run run, @Nullable AttendPattern looked, List<TraitSums> sums) {
    int length = run.length();
    List<Integer> positions = IntStream.range(0, length).boxed().toList();
    int[] ids = run.tokens().toArray();
    int heads = run.model().architecture().block().attention().heads().heads();
    TensorScope.tidyRun(
        () -> {
          Tensor words = TargetDirection.unscaled(run.model(), IntStream.of(ids).boxed().toList());
          Tensor last = FinalNorm.of(run.model()).scaleOf(run, positions);
          for (int layer = 0; layer < run.model().architecture().layers(); layer++) {
            int at = layer;
            TensorScope.tidyRun(
                () -> {
                  HeadLayer attention = HeadLayer.of(run, at);
                  Tensor pattern = attention.pattern(positions);
                  Tensor back = attention.backUnscaled(words);
                  float[] scales = last.mul(attention.scaleAfter(positions)).toFloats();
                  for (int head = 0; head < heads; head++) {
                    float[] rows = pattern.select(0, head).toFloats();
                    float[] pushes = pushes(attention, head, back);
                    sums.get(at * heads + head).add(ids, rows, looked);
                    sums.get(at * heads + head).addCopies(rows, pushes, scales);
                  }
                });
          }
        });
  }

  /// What a value adds to the logit of its own word where it is looked at with weight 1, by
  /// position looked at; still to be divided by the scales of the position that looks.
  private static float[] pushes(HeadLayer attention, int head, Tensor words) {
    return TensorScope.tidy(
        () -> {
          Tensor back = words.matmul(attention.outputMatrices().select(0, head).transpose(0, 1));
          return attention.values(head).mul(back).sum(-1, /* keepAxis= */ false).toFloats();
        });
  }
}

package io.lexiscope.train.microworld;

import io.lexiscope.train.task.Draws;
import io.lexiscope.train.task.Split;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/// The talk of the microworld, by which steering is measured: prompts that provoke, prompts that do
/// not, answers that are known to be rude or polite, and held-out documents. The same numbers
/// always give the same texts.
public final class MicroworldTalk {
  private final World world;
  private final TalkText talk;

  private MicroworldTalk(World world) {
    this.world = world;
    this.talk = new TalkText(world);
  }

  /// An answer whose manner the generator knows.
  ///
  /// @param text the answer alone, without quotation marks
  /// @param rude whether it is rude
  public record Answer(String text, boolean rude) {}

  /// The talk of the bundled tables.
  public static MicroworldTalk load() {
    return new MicroworldTalk(World.load());
  }

  /// Events with the manner of an angry answer, up to the colon; the rows of `provoking.jsonl`.
  public List<String> provoking(int count) {
    return prompts(/* unkind= */ true, count);
  }

  /// Events with the manner of a friendly answer, up to the colon; the rows of `neutral.jsonl`.
  public List<String> neutral(int count) {
    return prompts(/* unkind= */ false, count);
  }

  private List<String> prompts(boolean unkind, int count) {
    return draw(
        "microworld/prompts", count, random -> talk.prompt(unkind, Split.VALIDATION, random));
  }

  /// The rude lexicon, in small letters.
  public SortedSet<String> rudeWords() {
    return world.rudeWords();
  }

  /// Answers drawn for training and testing a scorer, rude and polite in equal shares; those of the
  /// two splits name different pairs of people.
  public List<Answer> answers(Split split, int count) {
    return draw(
        "microworld/answers/" + split,
        count,
        random -> {
          boolean rude = random.nextBoolean();
          return new Answer(talk.answer(rude, split, random), rude);
        });
  }

  /// Documents of the corpus.
  ///
  /// @param split training or held-out side
  /// @param seed of the corpus
  /// @param count how many, from the first on
  public static List<String> documents(Split split, long seed, int count) {
    MicroworldTask task = MicroworldTask.of(seed);
    return LongStream.range(0, count).mapToObj(i -> task.document(split, i)).toList();
  }

  private static <T> List<T> draw(String stream, int count, Function<RandomGenerator, T> one) {
    return LongStream.range(0, count)
        .mapToObj(i -> one.apply(Draws.stream(stream, /* seed= */ 0, Split.VALIDATION, i)))
        .toList();
  }
}

package io.lexiscope.train.microworld;

import io.lexiscope.train.task.CorpusTask;
import io.lexiscope.train.task.Draws;
import io.lexiscope.train.task.EvaluationSet;
import io.lexiscope.train.task.Split;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.random.RandomGenerator;

/// The English corpus of the microworld: facts, indirect objects, polite and rude talk, short
/// narratives, comparisons and lists, in documents of some tens of words.
///
/// Training never shows the withheld phrasing of a subject ([Withholding]) nor two names of a
/// held-out pair in one document ([Cast]); the validation side consists of exactly these.
public final class MicroworldTask implements CorpusTask {
  private static final Set<DocumentKind> VALIDATION_KINDS =
      EnumSet.of(
          DocumentKind.FACTS,
          DocumentKind.INDIRECT_OBJECTS,
          DocumentKind.TALK,
          DocumentKind.STORIES);

  private final long seed;
  private final World world;
  private final FactText facts;
  private final IndirectObjectText indirectObjects;
  private final TalkText talk;
  private final StoryText stories;
  private final RelationText relations;

  private MicroworldTask(long seed, World world) {
    this.seed = seed;
    this.world = world;
    facts = new FactText(world);
    indirectObjects = new IndirectObjectText(world);
    talk = new TalkText(world);
    stories = new StoryText(world);
    relations = new RelationText(world);
  }

  /// Returns the corpus of a seed.
  public static MicroworldTask of(long seed) {
    return new MicroworldTask(seed, World.load());
  }

  @Override
  public String name() {
    return "microworld";
  }

  @Override
  public String grammar() {
    return "English documents from tables of %d facts in %d relations: %s (percent of words)"
        .formatted(
            world.facts().size(),
            world.relations().size(),
            Arrays.stream(DocumentKind.values())
                .map(k -> k.name().toLowerCase(Locale.ROOT) + " " + k.share())
                .toList());
  }

  /// Returns the tables the corpus is made from.
  public World world() {
    return world;
  }

  @Override
  public String document(Split split, long index) {
    var random = Draws.stream("microworld", seed, split, index);
    return document(kind(split, random), split, random);
  }

  @Override
  public SortedSet<String> singleTokenWords() {
    return world.words();
  }

  @Override
  public List<EvaluationSet> evaluationSets(int questionsPerSet) {
    return new MicroworldEvaluation(world).sets(questionsPerSet);
  }

  /// Returns the kind of a document.
  DocumentKind kind(Split split, long index) {
    return kind(split, Draws.stream("microworld", seed, split, index));
  }

  private static DocumentKind kind(Split split, RandomGenerator random) {
    var kinds =
        Arrays.stream(DocumentKind.values())
            .filter(k -> split == Split.TRAIN || VALIDATION_KINDS.contains(k))
            .toList();
    double left = random.nextDouble() * kinds.stream().mapToDouble(DocumentKind::odds).sum();
    for (var kind : kinds) {
      left -= kind.odds();
      if (left < 0) {
        return kind;
      }
    }
    return kinds.getLast();
  }

  private String document(DocumentKind kind, Split split, RandomGenerator random) {
    return switch (kind) {
      case FACTS -> facts.statements(split, random);
      case QUESTIONS -> facts.questions(random);
      case INDIRECT_OBJECTS -> indirectObjects.document(split, random);
      case TALK -> talk.document(split, random);
      case STORIES -> stories.document(split, random);
      case COMPARISONS -> relations.comparison(random);
      case LISTS -> relations.list(random);
    };
  }
}

package io.lexiscope.workbench.heads;

import io.lexiscope.analysis.attention.AttendPattern;
import io.lexiscope.analysis.attention.Attended;
import io.lexiscope.analysis.attention.AttentionScore;
import io.lexiscope.analysis.attention.HeadFinder;
import io.lexiscope.analysis.attention.HeadPatterns;
import io.lexiscope.analysis.attention.HeadQuestion;
import io.lexiscope.analysis.attention.HeadReader;
import io.lexiscope.analysis.attention.HeadReading;
import io.lexiscope.analysis.attention.HeadTrait;
import io.lexiscope.analysis.attention.HeadTraits;
import io.lexiscope.analysis.attention.HeadWords;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.corpus.DefaultText;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.job.WorkTurn;
import io.lexiscope.workbench.shelf.KeptRun;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads attention heads: what they look at, why, and what they move.
public final class HeadsUseCase implements UseCase<HeadsRequest, HeadsResult> {
  private static final int WORDS = 5;
  private static final int MOST_WORDS = 100;
  private static final int ATTENDS = 3;
  private static final int MOST_ATTENDS = 1000;
  private static final int TERMS = 8;
  private static final int MOST_TERMS = 1000;

  /// Most readings of one answer.
  private static final int MOST_READINGS = 50_000;

  /// Longest prompt whose pattern a card shows whole.
  private static final int MOST_PATTERN = 512;

  private static final int CIRCUITS = 4;
  private static final int REPEATED = 4;
  private static final int REPEATED_LENGTH = 24;

  private final ModelShelf shelf;

  private HeadsUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `heads`.
  public static Feature<HeadsRequest, HeadsResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads("heads", "Where attention heads look and what they move."),
        HeadsRequest.class,
        new HeadsUseCase(shelf),
        result -> List.of(ResultFile.csv("heads.csv", () -> HeadsCsv.write(result))));
  }

  @Override
  public HeadsResult answer(HeadsRequest request, Work work) {
    long start = System.nanoTime();
    try (var open = shelf.use(request.choice())) {
      TokenIds ids = Prompts.idsWithinContext("heads", open.model(), request.prompt());
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      InterventionSpecs.requireMet(model, ids.size(), ids.size());
      HeadReader reader = HeadReader.of(model);
      Asked asked = Asked.of(request, model, ids.size());
      HeadsTraits traits = traits(request.finding(), model, ids, new WorkTurn(work));
      Recording recording =
          asked.places().alone() == null
              ? reader.recording()
              : reader.recording().and(AttentionScore.recording(model));
      Found found =
          work.pass(
              () -> {
                try (KeptRun kept = open.run(model, ids, recording)) {
                  return read(kept.run(), reader, asked);
                }
              });
      Integer against = asked.against();
      return new HeadsResult(
          Prompts.header(open, ids, /* seed= */ null, notFinite(found.heads())),
          TokenView.of(model.tokenizer(), found.target()),
          against == null ? null : TokenView.of(model.tokenizer(), against),
          against == null ? "the mean over the vocabulary" : "the logit of the foil",
          found.heads(),
          traits,
          found.card(),
          sentence(model, ids, found, against),
          model.architecture().dimensions().vocabulary(),
          (System.nanoTime() - start) / 1e6);
    }
  }

  /// Which heads, where.
  ///
  /// @param alone the one whose card is wanted, or null
  /// @param key the position that the card is to look into, or null for where the head takes most
  private record Places(
      List<HeadName> heads,
      List<Integer> positions,
      @Nullable HeadName alone,
      @Nullable Integer key) {}

  /// What a request comes to in a model.
  ///
  /// @param target token id, or null for the model's own prediction
  private record Asked(
      Places places,
      @Nullable Integer target,
      @Nullable Integer against,
      HeadQuestion.Counts counts,
      int terms) {
    static Asked of(HeadsRequest request, LanguageModel model, int length) {
      HeadsSelection selection = request.selection();
      HeadsReadout readout = request.readout();
      Attention.Heads all = model.architecture().block().attention().heads();
      List<Integer> layers = layers(selection.layers(), model.architecture().layers());
      List<HeadName> heads =
          selection.heads() == null
              ? layers.stream()
                  .flatMap(
                      layer ->
                          IntStream.range(0, all.heads())
                              .mapToObj(head -> new HeadName(layer, head)))
                  .toList()
              : selection.heads().stream().map(HeadName::parse).distinct().toList();
      List<Integer> positions =
          (selection.positions() == null ? List.of(-1) : selection.positions())
              .stream()
                  .map(position -> Prompts.position("heads", "positions", position, length))
                  .sorted()
                  .distinct()
                  .toList();
      if (heads.isEmpty() || positions.isEmpty()) {
        throw WorkbenchException.invalid(
            heads.isEmpty() ? "heads" : "positions",
            "heads: expected at least one head and one position, got none; leave the list out");
      }
      for (HeadName head : heads) {
        if (head.layer() >= model.architecture().layers() || head.head() >= all.heads()) {
          throw WorkbenchException.invalid(
              "heads",
              "heads: expected heads from L0H0 to L%dH%d, got %s; choose one of them"
                  .formatted(model.architecture().layers() - 1, all.heads() - 1, head));
        }
      }
      int attends = count("attends", readout.attends(), ATTENDS, MOST_ATTENDS);
      if ((long) heads.size() * positions.size() * (1 + attends) > MOST_READINGS) {
        throw WorkbenchException.invalid(
            "positions",
            "heads: expected at most %,d readings, got %,d; ask for fewer heads, positions or attends"
                .formatted(MOST_READINGS, (long) heads.size() * positions.size() * (1 + attends)));
      }
      return new Asked(
          new Places(
              heads,
              positions,
              heads.size() == 1 && selection.heads() != null ? heads.getFirst() : null,
              selection.key() == null
                  ? null
                  : Integer.valueOf(Prompts.position("heads", "key", selection.key(), length))),
          token(model, "target", readout.target()),
          token(model, "against", readout.against()),
          new HeadQuestion.Counts(count("top", readout.top(), WORDS, MOST_WORDS), attends),
          count("terms", readout.terms(), TERMS, MOST_TERMS));
    }
  }

  private record Found(int target, List<HeadReading> heads, @Nullable HeadCard card) {}

  private static Found read(Run run, HeadReader reader, Asked asked) {
    Integer named = asked.target();
    int target = named == null ? run.logits(asked.places().positions().getLast()).best() : named;
    List<HeadReading> heads =
        reader.read(
            run,
            new HeadQuestion(
                asked.places().heads(),
                asked.places().positions(),
                target,
                asked.against(),
                asked.counts()));
    return new Found(
        target, heads, asked.places().alone() == null ? null : card(run, asked, heads.getLast()));
  }

  private static HeadCard card(Run run, Asked asked, HeadReading head) {
    Integer named = asked.places().key();
    int key =
        named != null
            ? named
            : head.attends().isEmpty() ? head.position() : head.attends().getFirst().position();
    HeadWords words = HeadWords.of(run.model(), asked.counts().words());
    return new HeadCard(
        new HeadName(head.layer(), head.head()).toString(),
        HeadPatterns.kvHead(run.model(), head.head()),
        run.length() > MOST_PATTERN ? List.of() : HeadPatterns.of(run, head.layer(), head.head()),
        AttentionScore.of(run, head.layer(), head.head(), head.position(), key, asked.terms()),
        words.asked(run, head.layer(), head.head(), head.position(), key),
        words.rows(run, head.layer(), head.head(), head.position(), CIRCUITS),
        words.writes(head.layer(), head.head(), CIRCUITS),
        words.matches(head.layer(), head.head(), CIRCUITS));
  }

  private static @Nullable HeadsTraits traits(
      HeadsFinding finding, LanguageModel model, TokenIds ids, WorkTurn turn) {
    List<List<Double>> rows = finding.attend();
    if (finding.on() == null && finding.by() == null && rows == null) {
      return null;
    }
    AttendPattern pattern = rows == null ? null : new AttendPattern(rows);
    TraitsOn on = finding.on() == null ? TraitsOn.PROMPT : finding.on();
    if (pattern != null && on != TraitsOn.PROMPT) {
      throw WorkbenchException.misuse(
          "on",
          "heads: expected the prompt itself with a pattern of its positions, got other prompts; leave on out");
    }
    if (finding.by() == HeadTrait.MATCH && pattern == null) {
      throw WorkbenchException.misuse(
          "by", "heads: expected a pattern to match, got none; give one in attend");
    }
    HeadFinder finder = HeadFinder.of(model);
    DefaultText text = on == TraitsOn.CORPUS ? DefaultText.of(model) : null;
    List<TokenIds> prompts =
        switch (on) {
          case PROMPT -> List.of(ids);
          case REPEATED ->
              finder.repeated(
                  REPEATED, REPEATED_LENGTH, finding.seed() == null ? 0 : finding.seed());
          case CORPUS ->
              text == null
                  ? List.of()
                  : text.texts().stream().filter(one -> one.size() > 1).toList();
        };
    String what =
        switch (on) {
          case PROMPT -> "this prompt";
          case REPEATED -> REPEATED + " prompts of random tokens that come twice";
          case CORPUS -> text == null ? "" : text.name();
        };
    List<HeadTraits> heads = finder.on(prompts, pattern, turn);
    return new HeadsTraits(
        on,
        what,
        prompts.size(),
        prompts.stream().mapToInt(TokenIds::size).sum(),
        finding.by(),
        finding.by() == null ? heads : HeadFinder.ranked(heads, finding.by()));
  }

  private static String sentence(
      LanguageModel model, TokenIds ids, Found found, @Nullable Integer against) {
    HeadReading most = found.heads().getFirst();
    for (HeadReading head : found.heads()) {
      most = Math.abs(head.push()) > Math.abs(most.push()) ? head : most;
    }
    String word = "“" + model.tokenizer().display(found.target()).strip() + "”";
    String over =
        against == null ? "" : " over “" + model.tokenizer().display(against).strip() + "”";
    List<String> looks = new ArrayList<>();
    for (Attended one : most.attends().stream().limit(1).toList()) {
      looks.add(
          "looking at “%s” (position %d, weight %.2f)"
              .formatted(
                  model.tokenizer().display(ids.get(one.position())).strip(),
                  one.position(),
                  one.weight()));
    }
    return "%s %s %s%s most directly, by %.2f logits%s."
        .formatted(
            new HeadName(most.layer(), most.head()),
            most.push() >= 0 ? "raises" : "lowers",
            word,
            over,
            Math.abs(most.push()),
            looks.isEmpty() ? "" : ", " + looks.getFirst());
  }

  private static @Nullable Integer token(LanguageModel model, String field, @Nullable String word) {
    return word == null ? null : Prompts.token("heads", model, field, word);
  }

  private static int count(String field, @Nullable Integer asked, int otherwise, int most) {
    int count = asked == null ? otherwise : asked;
    if (count < 1 || count > most) {
      throw WorkbenchException.misuse(
          field, "heads: expected 1 to %,d in %s, got %d".formatted(most, field, count));
    }
    return count;
  }

  private static List<Integer> layers(@Nullable List<Integer> asked, int layers) {
    if (asked == null) {
      return IntStream.range(0, layers).boxed().toList();
    }
    for (int layer : asked) {
      if (layer < -layers || layer >= layers) {
        throw WorkbenchException.invalid(
            "layers",
            "heads: expected layers from %d to %d, got %d; choose some of them"
                .formatted(-layers, layers - 1, layer));
      }
    }
    return asked.stream().map(layer -> Math.floorMod(layer, layers)).sorted().distinct().toList();
  }

  private static List<NotFinite> notFinite(List<HeadReading> heads) {
    List<HeadReading> bad =
        heads.stream()
            .filter(head -> !Double.isFinite(head.norm()) || !Double.isFinite(head.push()))
            .toList();
    return bad.isEmpty()
        ? List.of()
        : List.of(
            new NotFinite(
                HookPoint.Z.at(bad.getFirst().layer()).toString(),
                bad.getFirst().layer(),
                bad.getFirst().position(),
                bad.size()));
  }
}

package io.lexiscope.workbench.compare;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.analysis.compare.ComparedPosition;
import io.lexiscope.analysis.compare.ComparedWords;
import io.lexiscope.analysis.compare.PromptComparison;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.generate.Continuation;
import io.lexiscope.workbench.generate.GenerateUseCase;
import io.lexiscope.workbench.generate.GrowingText;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.GeneratedToken;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.KeptRun;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.OpenModel;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Runs a prompt without and with interventions and sets the outputs side by side.
public final class CompareUseCase implements UseCase<CompareRequest, CompareResult> {
  private static final int STANDARD_TOP = 10;
  private static final int STANDARD_LENGTH = 20;
  private static final int MOST_WORDS = 1000;

  private final ModelShelf shelf;

  private CompareUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `compare`.
  public static Feature<CompareRequest, CompareResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads("compare", "A prompt without and with interventions, side by side."),
        CompareRequest.class,
        new CompareUseCase(shelf),
        result -> List.of(ResultFile.csv("words.csv", () -> CompareCsv.write(result))));
  }

  @Override
  public CompareResult answer(CompareRequest request, Work work) {
    CompareReadout readout = request.readout();
    int top = count("top", readout.top(), STANDARD_TOP, MOST_WORDS);
    int wanted = count("n", readout.n(), STANDARD_LENGTH, Integer.MAX_VALUE);
    if (request.interventions().isEmpty()) {
      throw WorkbenchException.misuse(
          "interventions", "compare: expected at least one intervention, got none");
    }
    try (var open = shelf.use(request.choice())) {
      if (request.decoding().earlyExit() != null) {
        throw WorkbenchException.invalid(
            "earlyExit", "compare: expected no rule for early exit, got one; use it with generate");
      }
      LanguageModel before = open.model();
      TokenIds ids = Prompts.idsWithinContext("compare", before, request.prompt());
      List<Integer> positions = positions(readout, ids.size());
      LanguageModel after = InterventionSpecs.apply(open, request.interventions(), work);
      InterventionSpecs.requireMet(
          after, ids.size(), ids.size() + Math.min(wanted, Prompts.room(after, ids.size())));
      ComparedWords words = words(readout, before, top);
      List<ComparedPosition> compared =
          work.pass(
              () -> {
                var comparison = new PromptComparison(before, after);
                try (KeptRun one = open.run(before, ids, comparison.recording());
                    KeptRun other = after(open, after, comparison, one)) {
                  return PromptComparison.of(
                      one.run(),
                      other.run(),
                      positions,
                      (position, pair) -> {
                        work.progress(position, ids.size(), "positions");
                        return words.of(ids, position, pair);
                      });
                }
              });
      Integer length = wanted == 0 ? null : wanted;
      Continuation one = length == null ? null : goOn(before, ids, request, length, work);
      Continuation other = length == null ? null : goOn(after, ids, request, length, work);
      work.checkCancelled();
      Long seed =
          GenerateUseCase.strategy(request.decoding()) instanceof Decoding.Strategy.Sampled drawn
              ? Long.valueOf(drawn.seed())
              : null;
      return new CompareResult(
          Prompts.header(open, ids, ids.size() + added(one, other), seed, notFinite(compared)),
          compared,
          one,
          other,
          one == null || other == null ? null : same(one.generated(), other.generated()));
    }
  }

  /// The run that another request made with the interventions, or else what differs run anew.
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // closed by the use
  private static KeptRun after(
      OpenModel open, LanguageModel after, PromptComparison comparison, KeptRun one) {
    return open.kept(after, one.run().tokens(), Recording.nothing())
        .orElseGet(() -> KeptRun.alone(comparison.resume(one.run())));
  }

  /// Tokens of the longer continuation.
  private static int added(@Nullable Continuation one, @Nullable Continuation other) {
    return one == null || other == null
        ? 0
        : Math.max(one.generated().size(), other.generated().size());
  }

  private static int count(String field, @Nullable Integer asked, int otherwise, int most) {
    int count = asked == null ? otherwise : asked;
    if (count < 0 || count > most) {
      throw WorkbenchException.misuse(
          field, "compare: expected 0 or more in %s, got %d".formatted(field, count));
    }
    return count;
  }

  private static List<Integer> positions(CompareReadout readout, int length) {
    List<Integer> asked = readout.positions();
    if (Boolean.TRUE.equals(readout.allPositions())) {
      if (asked != null) {
        throw WorkbenchException.misuse(
            "positions", "compare: expected positions or allPositions, got both; leave one out");
      }
      return IntStream.range(0, length).boxed().toList();
    }
    if (asked != null && asked.isEmpty()) {
      throw WorkbenchException.invalid(
          "positions",
          "compare: expected at least one position, got none; leave the list out for the last");
    }
    return asked == null
        ? List.of(length - 1)
        : asked.stream()
            .map(position -> Prompts.position("compare", "positions", position, length))
            .toList();
  }

  private static Continuation goOn(
      LanguageModel model, TokenIds ids, CompareRequest request, int wanted, Work work) {
    int room = Prompts.room(model, ids.size());
    var decoding =
        new Decoding(
            Math.min(wanted, room),
            GenerateUseCase.strategy(request.decoding()),
            GenerateUseCase.stopAt(model, request.decoding()),
            /* alternatives= */ 0);
    var text = new GrowingText(model.tokenizer(), ids);
    List<GeneratedToken> tokens = new ArrayList<>();
    var generation =
        work.pass(
            () ->
                model
                    .generator()
                    .generate(
                        ids,
                        decoding,
                        step -> {
                          tokens.add(text.token(step));
                          work.letOthersPass();
                          return true;
                        }));
    return new Continuation(generation.text(), tokens);
  }

  private static int same(List<GeneratedToken> one, List<GeneratedToken> other) {
    int same = 0;
    while (same < Math.min(one.size(), other.size())
        && one.get(same).id() == other.get(same).id()) {
      same++;
    }
    return same;
  }

  private static List<NotFinite> notFinite(List<ComparedPosition> compared) {
    return compared.stream()
        .filter(one -> !Double.isFinite(one.klNats()))
        .findFirst()
        .map(
            first ->
                List.of(
                    new NotFinite(
                        "logits",
                        /* layer= */ null,
                        first.position(),
                        compared.stream().filter(one -> !Double.isFinite(one.klNats())).count())))
        .orElse(List.of());
  }

  private static ComparedWords words(CompareReadout readout, LanguageModel model, int top) {
    List<String> targets = readout.targets();
    String against = readout.against();
    return new ComparedWords(
        model.tokenizer(),
        top,
        targets == null
            ? null
            : targets.stream()
                .map(word -> Prompts.token("compare", model, "targets", word))
                .toList(),
        against == null ? null : Prompts.token("compare", model, "against", against));
  }
}

package io.lexiscope.analysis.edit;

import io.lexiscope.analysis.score.ScoreWindow;
import io.lexiscope.analysis.score.TextScorer;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.edit.WeightEdits;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes edits by a plan and asks before and after each.
public final class EditEvaluation {
  private final LanguageModel model;
  private final Editor editor;
  private final EditPlan plan;
  private final List<AnswerScore> othersBefore;

  private EditEvaluation(
      LanguageModel model, Editor editor, EditPlan plan, List<AnswerScore> othersBefore) {
    this.model = model;
    this.editor = editor;
    this.plan = plan;
    this.othersBefore = othersBefore;
  }

  /// What is known of earlier work, and hears of new.
  public interface Log {
    /// A case that was scored before, so that it need not be again.
    Optional<CaseResult> known(EditCase edit);

    /// Hears of a case that was scored. Of a sequence, before its last scores are there.
    void scored(CaseResult result);

    /// Nothing known, nothing kept.
    static Log none() {
      return new Log() {
        @Override
        public Optional<CaseResult> known(EditCase edit) {
          return Optional.empty();
        }

        @Override
        public void scored(CaseResult result) {}
      };
    }
  }

  /// Evaluates cases.
  ///
  /// @param model without the edits
  /// @param editor makes them, with the key statistics it needs
  /// @param turn is asked before each edit and after it
  /// @return a result a case, in their order
  /// @throws io.lexiscope.model.edit.EditException if an edit cannot be made
  public static List<CaseResult> run(
      LanguageModel model, Editor editor, EditPlan plan, List<EditCase> cases, Turn turn, Log log) {
    List<AnswerScore> others = turn.take(() -> AnswerScore.of(model, plan.others()));
    var evaluation = new EditEvaluation(model, editor, plan, others);
    return switch (plan.schedule()) {
      case INDEPENDENT -> evaluation.independent(cases, turn, log);
      case SEQUENTIAL -> evaluation.sequential(cases, turn, log);
    };
  }

  /// The perplexity of the plan's text on the model before any edit; NaN without a text.
  public static double perplexity(LanguageModel model, TokenIds text) {
    if (text.size() < 2) {
      return Double.NaN;
    }
    int window = Math.min(model.architecture().dimensions().context(), 256);
    TextScorer scorer = TextScorer.of(model, text, window, window / 2);
    double sum = 0;
    long count = 0;
    for (ScoreWindow each : scorer.windows()) {
      for (double nats : scorer.nats(each)) {
        sum += nats;
        count++;
      }
    }
    return Math.exp(sum / count);
  }

  private List<CaseResult> independent(List<EditCase> cases, Turn turn, Log log) {
    List<CaseResult> results = new ArrayList<>();
    for (EditCase edit : cases) {
      Optional<CaseResult> known = log.known(edit);
      CaseResult result =
          known.orElseGet(
              () ->
                  turn.take(
                      () -> {
                        EditAnswers before = ask(model, edit);
                        try (WeightEdits laid = open(editor.edit(edit.goal(), plan.method()))) {
                          return result(edit, before, model.with(laid), /* last= */ null);
                        }
                      }));
      if (known.isEmpty()) {
        log.scored(result);
      }
      results.add(result);
      turn.progress(results.size(), cases.size(), "edits");
    }
    return results;
  }

  private List<CaseResult> sequential(List<EditCase> cases, Turn turn, Log log) {
    PatchStack laid = PatchStack.none();
    Map<String, CaseResult> own = new LinkedHashMap<>();
    for (EditCase edit : cases) {
      PatchStack below = laid;
      PatchStack whole =
          turn.take(
              () -> {
                try (WeightEdits lower = open(below)) {
                  LanguageModel view = model.with(lower);
                  PatchStack patch = editor.on(view).edit(edit.goal(), plan.method());
                  Optional<CaseResult> known = log.known(edit);
                  CaseResult result =
                      known.orElseGet(
                          () -> {
                            EditAnswers before = ask(view, edit);
                            try (WeightEdits upper = open(patch)) {
                              return result(edit, before, view.with(upper), /* last= */ null);
                            }
                          });
                  if (known.isEmpty()) {
                    log.scored(result);
                  }
                  own.put(edit.id(), result);
                  return below.and(patch);
                }
              });
      laid = whole;
      turn.progress(own.size(), cases.size(), "edits");
    }
    return afterAll(cases, own, laid, turn);
  }

  private List<CaseResult> afterAll(
      List<EditCase> cases, Map<String, CaseResult> own, PatchStack laid, Turn turn) {
    List<CaseResult> results = new ArrayList<>();
    try (WeightEdits all = open(laid)) {
      LanguageModel edited = model.with(all);
      for (EditCase edit : cases) {
        CaseResult first = own.get(edit.id());
        if (first == null) {
          throw new IllegalStateException(edit.id());
        }
        EditAnswers last = turn.take(() -> ask(edited, edit));
        results.add(
            new CaseResult(first.id(), first.before(), first.after(), last, first.numbers()));
      }
    }
    return results;
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by the caller
  private WeightEdits open(PatchStack patches) {
    return WeightEdits.open(model.architecture(), patches);
  }

  private CaseResult result(
      EditCase edit, EditAnswers before, LanguageModel edited, @Nullable EditAnswers last) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    if (plan.text().size() > 1) {
      numbers.put("perplexity", perplexity(edited, plan.text()));
    }
    if (plan.fluency() > 0) {
      numbers.put(
          "fluency",
          NgramEntropy.of(
              TokenIds.of(
                  edited
                      .generator()
                      .generate(edit.goal().prompt(), Decoding.greedy(plan.fluency()))
                      .tokens()
                      .stream()
                      .mapToInt(token -> token.id())
                      .toArray())));
    }
    if (!plan.others().isEmpty()) {
      numbers.put("others", kept(edit, edited));
    }
    return new CaseResult(edit.id(), before, ask(edited, edit), last, numbers);
  }

  /// The share of the other questions that were answered right before and still are; NaN where none
  /// was.
  private double kept(EditCase edit, LanguageModel edited) {
    List<AnswerScore> now = AnswerScore.of(edited, plan.others());
    int right = 0;
    int still = 0;
    for (int i = 0; i < now.size(); i++) {
      boolean own = plan.others().get(i).prompt().equals(edit.goal().prompt());
      if (!own && othersBefore.get(i).exact()) {
        right++;
        still += now.get(i).exact() ? 1 : 0;
      }
    }
    return right == 0 ? Double.NaN : (double) still / right;
  }

  /// Asks all questions of a case in few passes.
  static EditAnswers ask(LanguageModel model, EditCase edit) {
    TokenIds wanted = edit.goal().target();
    List<AnswerScore.Question> questions = new ArrayList<>();
    pair(questions, edit.goal().prompt(), wanted, edit.old());
    edit.probes().paraphrases().forEach(prompt -> pair(questions, prompt, wanted, edit.old()));
    edit.probes().neighbours().forEach(q -> pair(questions, q.prompt(), q.answer(), wanted));
    edit.probes().consequences().forEach(q -> pair(questions, q.prompt(), q.answer(), edit.old()));
    List<AnswerScore> scores = AnswerScore.of(model, questions);
    List<ProbeScore> all = new ArrayList<>();
    for (int i = 0; i < scores.size(); i += 2) {
      all.add(ProbeScore.of(scores.get(i), scores.get(i + 1)));
    }
    int paraphrases = 1 + edit.probes().paraphrases().size();
    int neighbours = paraphrases + edit.probes().neighbours().size();
    return new EditAnswers(
        all.getFirst(),
        all.subList(1, paraphrases),
        all.subList(paraphrases, neighbours),
        all.subList(neighbours, all.size()));
  }

  private static void pair(
      List<AnswerScore.Question> to, TokenIds prompt, TokenIds wanted, TokenIds other) {
    to.add(new AnswerScore.Question(prompt, wanted));
    to.add(new AnswerScore.Question(prompt, other));
  }
}

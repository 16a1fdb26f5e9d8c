package io.lexiscope.workbench.edits;

import io.lexiscope.analysis.edit.AnswerScore;
import io.lexiscope.analysis.edit.BlastRadius;
import io.lexiscope.analysis.edit.EditEvaluation;
import io.lexiscope.analysis.edit.EditGoal;
import io.lexiscope.analysis.edit.EditSearch;
import io.lexiscope.analysis.edit.Editor;
import io.lexiscope.analysis.edit.RankCorrelation;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.edit.EditException;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.edit.PatchTerm;
import io.lexiscope.model.edit.WeightEdits;
import io.lexiscope.model.edit.WeightPatch;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.PatchFile;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.corpus.TextFiles;
import io.lexiscope.workbench.gradients.TargetTokens;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.job.WorkTurn;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.PatchSpecs;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes an edit and tries it.
public final class EditUseCase implements UseCase<EditRequest, EditResult> {
  private static final int MOST_PROBES = 200;
  private static final String VERB = "edit";
  private static final int CONTINUED = 8;
  private static final int SPOILED = 1024;
  private static final int VERIFIED = 100;

  private final ModelShelf shelf;

  private EditUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `edit`.
  public static Feature<EditRequest, EditResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads(VERB, "Patches after which the model says something else."),
        EditRequest.class,
        new EditUseCase(shelf),
        result -> List.of(ResultFile.json("patches.json", result.patch())));
  }

  @Override
  public EditResult answer(EditRequest request, Work work) {
    long start = System.nanoTime();
    try (var open = shelf.use(request.choice())) {
      LanguageModel model = open.model();
      TokenIds ids = Prompts.idsWithinContext(VERB, model, request.prompt());
      TokenIds target = TargetTokens.tokens(VERB, model, "target", request.wish().target());
      var goal =
          new EditGoal(
              ids,
              target,
              TargetTokens.subject(VERB, model, request.prompt().text(), request.wish().subject()));
      requireProbes("paraphrases", model, request.wish().paraphrases());
      requireProbes("neighbours", model, request.wish().neighbours());
      var methods = new EditMethods(VERB, model, request.how());
      Chosen chosen = chosen(methods, goal, work);
      PatchFile file = new PatchFile(PatchFile.FORM, PatchSpecs.specs(chosen.patch()));
      try (WeightEdits edits = WeightEdits.open(model.architecture(), chosen.patch())) {
        LanguageModel edited = model.with(edits);
        return new EditResult(
            Prompts.header(open, ids, /* seed= */ null, List.of()),
            TokenView.each(model.tokenizer(), target),
            methods.name(),
            work.pass(() -> state(model, ids, target)),
            work.pass(() -> state(edited, ids, target)),
            probes(request.wish(), model, edited, target, work),
            chosen.candidates(),
            file,
            metrics(model, edited, chosen.patch(), work),
            blast(request.wish(), model, edited, chosen.patch(), work),
            (System.nanoTime() - start) / 1e6);
      }
    } catch (EditException impossible) {
      throw new WorkbenchException(
          ProblemKind.INVALID, String.valueOf(impossible.getMessage()), "layer", impossible);
    }
  }

  /// Every probe runs twice, after a search that takes long enough.
  private static void requireProbes(
      String field, LanguageModel model, @Nullable List<String> prompts) {
    if (prompts == null) {
      return;
    }
    if (prompts.size() > MOST_PROBES) {
      throw WorkbenchException.misuse(
          field,
          "edit: expected at most %d prompts in %s, got %,d; see evaluate-edits for many"
              .formatted(MOST_PROBES, field, prompts.size()));
    }
    for (String prompt : prompts) {
      Prompts.idsWithinContext(VERB, model, Prompt.text(prompt));
    }
  }

  /// @param candidates null where nothing was searched
  private record Chosen(PatchStack patch, @Nullable List<EditCandidate> candidates) {}

  private static Chosen chosen(EditMethods methods, EditGoal goal, Work work) {
    Integer layer = methods.layer();
    Double step = methods.how().step();
    boolean linear = methods.name().linear();
    List<Integer> layers = methods.layers();
    Editor editor = methods.editor(layers, work);
    if (layer != null && (!linear || step != null)) {
      double given = step == null ? 1 : step;
      return new Chosen(
          work.pass(() -> editor.edit(goal, methods.at(layer, given))), /* candidates= */ null);
    }
    double unit = step == null ? 1 : step;
    List<EditSearch.Found> found =
        EditSearch.layers(
            editor,
            methods.model(),
            goal,
            layers,
            each -> methods.at(each, unit),
            linear && step == null,
            EditMethods.spoiled(methods.model(), SPOILED),
            new WorkTurn(work));
    return new Chosen(
        EditSearch.best(found).orElseThrow().patch(),
        found.stream()
            .map(
                one ->
                    new EditCandidate(
                        one.layer(),
                        one.factor() == null ? step : Double.valueOf(one.factor() * unit),
                        one.success(),
                        one.damage()))
            .toList());
  }

  private static EditState state(LanguageModel model, TokenIds ids, TokenIds target) {
    AnswerScore score = AnswerScore.of(model, new AnswerScore.Question(ids, target));
    int room = Math.min(CONTINUED, Math.max(1, Prompts.room(model, ids.size())));
    return new EditState(
        model.generator().generate(ids, Decoding.greedy(room)).text(),
        TokenView.of(model.tokenizer(), score.said()),
        Math.exp(score.logProbability()),
        score.exact());
  }

  private static List<EditProbe> probes(
      EditWish wish, LanguageModel model, LanguageModel edited, TokenIds target, Work work) {
    List<EditProbe> probes = new ArrayList<>();
    List<String> paraphrases = Objects.requireNonNullElse(wish.paraphrases(), List.of());
    List<String> neighbours = Objects.requireNonNullElse(wish.neighbours(), List.of());
    for (String text : paraphrases) {
      probes.add(probe(EditProbeKind.PARAPHRASE, text, model, edited, target, work));
    }
    for (String text : neighbours) {
      probes.add(probe(EditProbeKind.NEIGHBOUR, text, model, edited, target, work));
    }
    return probes;
  }

  private static EditProbe probe(
      EditProbeKind kind,
      String text,
      LanguageModel model,
      LanguageModel edited,
      TokenIds target,
      Work work) {
    TokenIds ids = Prompts.idsWithinContext(VERB, model, Prompt.text(text));
    return work.pass(
        () -> new EditProbe(kind, state(model, ids, target), state(edited, ids, target)));
  }

  private static Map<String, Double> metrics(
      LanguageModel model, LanguageModel edited, PatchStack patch, Work work) {
    TokenIds text = EditMethods.spoiled(model, SPOILED);
    Map<String, Double> metrics = new TreeMap<>();
    if (text.size() > 1) {
      metrics.put("perplexityBefore", work.pass(() -> EditEvaluation.perplexity(model, text)));
      metrics.put("perplexityAfter", work.pass(() -> EditEvaluation.perplexity(edited, text)));
    }
    metrics.put(
        "rank", (double) patch.patches().stream().mapToInt(WeightPatch::rank).max().orElse(0));
    metrics.put("patches", (double) patch.patches().size());
    double largest = 0;
    for (WeightPatch one : patch.patches()) {
      for (PatchTerm term : one.terms()) {
        largest = Math.max(largest, term.input().length() * term.output().length());
      }
    }
    metrics.put("largestTerm", largest);
    return metrics;
  }

  private static @Nullable BlastView blast(
      EditWish wish, LanguageModel model, LanguageModel edited, PatchStack patch, Work work) {
    String corpus = wish.blast();
    if (corpus == null || patch.isEmpty()) {
      return null;
    }
    if (!(TextFiles.content(VERB, "blast", corpus)
        instanceof TextFiles.Content.Prompts(List<String> prompts))) {
      throw WorkbenchException.invalid(
          "blast",
          "edit: expected prompts as JSON lines, got running text in "
              + corpus
              + "; give a .jsonl file");
    }
    long start = System.nanoTime();
    int context = model.architecture().dimensions().context();
    List<TokenIds> ids =
        prompts.stream()
            .map(prompt -> model.tokenizer().encode(prompt).ids())
            .filter(tokens -> !tokens.isEmpty())
            .map(tokens -> tokens.slice(0, Math.min(context, tokens.size())))
            .toList();
    Set<MatrixName> matrices = new LinkedHashSet<>();
    patch.patches().forEach(one -> matrices.add(one.target()));
    BlastRadius radius = BlastRadius.of(model, matrices, ids, new WorkTurn(work));
    double[] predicted = radius.predict(patch);
    double seconds = (System.nanoTime() - start) / 1e9;
    int verified = Math.min(Objects.requireNonNullElse(wish.verify(), VERIFIED), ids.size());
    List<Integer> worst =
        IntStream.range(0, predicted.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> predicted[i]))
            .limit(Math.max(0, verified))
            .toList();
    double[] measured = work.pass(() -> radius.measure(model, edited, worst));
    List<BlastPrompt> views = new ArrayList<>();
    for (int i = 0; i < worst.size(); i++) {
      int at = worst.get(i);
      views.add(
          new BlastPrompt(
              model.tokenizer().decode(ids.get(at)),
              TokenView.of(model.tokenizer(), radius.answers().get(at)),
              predicted[at],
              measured[i]));
    }
    return new BlastView(
        ids.size(),
        views,
        RankCorrelation.spearman(worst.stream().mapToDouble(i -> predicted[i]).toArray(), measured),
        seconds);
  }
}

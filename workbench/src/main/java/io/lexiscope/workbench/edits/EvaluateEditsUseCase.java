package io.lexiscope.workbench.edits;

import io.lexiscope.analysis.edit.AnswerScore;
import io.lexiscope.analysis.edit.CaseResult;
import io.lexiscope.analysis.edit.EditCase;
import io.lexiscope.analysis.edit.EditEvaluation;
import io.lexiscope.analysis.edit.EditPlan;
import io.lexiscope.analysis.edit.EditSchedule;
import io.lexiscope.analysis.edit.EditSummary;
import io.lexiscope.analysis.edit.Editor;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.edit.EditException;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.Lasting;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.job.WorkTurn;
import io.lexiscope.workbench.shelf.ModelShelf;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Evaluates edits over a file of cases.
public final class EvaluateEditsUseCase
    implements UseCase<EvaluateEditsRequest, EvaluateEditsResult> {
  private static final String VERB = "evaluate-edits";
  private static final int STANDARD_POSITIONS = 512;

  private final ModelShelf shelf;

  private EvaluateEditsUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `evaluate-edits`.
  public static Feature<EvaluateEditsRequest, EvaluateEditsResult> feature(ModelShelf shelf) {
    return new Feature<>(
            Verb.writes(VERB, "How well edits of a file of cases go.").in(Lane.LONG),
            EvaluateEditsRequest.class,
            new EvaluateEditsUseCase(shelf),
            result -> List.of(ResultFile.csv("edits.csv", () -> EditsCsv.write(result))))
        .lasting(new Lasting.Resumable<>(request -> request.choice().model(), request -> request));
  }

  @Override
  public EvaluateEditsResult answer(EvaluateEditsRequest request, Work work) {
    long start = System.nanoTime();
    try (var open = shelf.use(request.choice())) {
      LanguageModel model = open.model();
      var methods = new EditMethods(VERB, model, request.how());
      Integer layer = methods.layer();
      Double step = request.how().step();
      if (layer == null || (methods.name().linear() && step == null)) {
        throw WorkbenchException.misuse(
            layer == null ? "layer" : "step",
            "evaluate-edits: expected a layer%s, got none; find them with edit on one case"
                .formatted(methods.name().linear() ? " and a step" : ""));
      }
      List<EditCase> all = new EditCaseFile(model, request.data()).read();
      List<EditCase> cases = spread(all, request.plan().cases());
      EditPlan plan = plan(request, methods, layer, step, all);
      Editor editor = methods.editor(List.of(layer), work);
      EditLog log = EditLog.of(request, open.identity().key());
      Double before =
          plan.text().size() < 2
              ? null
              : Double.valueOf(work.pass(() -> EditEvaluation.perplexity(model, plan.text())));
      List<CaseResult> results =
          EditEvaluation.run(model, editor, plan, cases, new WorkTurn(work), log);
      return new EvaluateEditsResult(
          open.name(),
          EditSummary.of(results),
          results.size(),
          methods.name(),
          settings(methods, layer, step),
          plan.schedule(),
          before,
          results,
          request.output(),
          (System.nanoTime() - start) / 1e9,
          open.provenance(/* seed= */ null));
    } catch (EditException impossible) {
      throw new WorkbenchException(
          ProblemKind.INVALID, String.valueOf(impossible.getMessage()), "data", impossible);
    }
  }

  private static Map<String, String> settings(
      EditMethods methods, int layer, @Nullable Double step) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("layer", Integer.toString(layer));
    if (methods.name().linear() && step != null) {
      settings.put("step", step.toString());
    }
    settings.put("method", methods.at(layer, step == null ? 1 : step).toString());
    return settings;
  }

  private static EditPlan plan(
      EvaluateEditsRequest request,
      EditMethods methods,
      int layer,
      @Nullable Double step,
      List<EditCase> all) {
    EvaluateEditsPlan asked = request.plan();
    int positions = count("perplexity", asked.perplexity(), STANDARD_POSITIONS);
    TokenIds text = EditMethods.spoiled(methods.model(), positions);
    List<AnswerScore.Question> others =
        Boolean.TRUE.equals(asked.others())
            ? all.stream()
                .map(one -> new AnswerScore.Question(one.goal().prompt(), one.old()))
                .toList()
            : List.of();
    return new EditPlan(
        methods.at(layer, step == null ? 1 : step),
        Objects.requireNonNullElse(asked.schedule(), EditSchedule.INDEPENDENT),
        text,
        others,
        count("fluency", asked.fluency(), 0));
  }

  private static int count(String field, @Nullable Integer asked, int otherwise) {
    int count = asked == null ? otherwise : asked;
    if (count < 0 || count > 1 << 20) {
      throw WorkbenchException.misuse(
          field,
          "evaluate-edits: expected 0 to %d in %s, got %d; ask for fewer"
              .formatted(1 << 20, field, count));
    }
    return count;
  }

  /// Some of the cases, evenly spread.
  private static List<EditCase> spread(List<EditCase> all, @Nullable Integer asked) {
    if (asked == null || asked >= all.size()) {
      return all;
    }
    if (asked < 1) {
      throw WorkbenchException.misuse(
          "cases",
          "evaluate-edits: expected 1 case or more, got " + asked + "; leave it out for all");
    }
    return IntStream.range(0, asked)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / asked)))
        .toList();
  }
}

package io.lexiscope.workbench.values;

import io.lexiscope.analysis.tracing.NumericOutput;
import io.lexiscope.analysis.tracing.TracingException;
import io.lexiscope.analysis.tracing.ValueDirection;
import io.lexiscope.analysis.tracing.ValueMove;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.workbench.ask.Count;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.Lasting;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.job.WorkTurn;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Moves a value along a direction and watches the answer.
public final class MoveValueUseCase implements UseCase<MoveValueRequest, MoveValueResult> {
  private static final int MOST_PROMPTS = 2_000;
  private static final int MOST_DOSES = 200;

  private final ModelShelf shelf;

  private MoveValueUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `move-value`.
  public static Feature<MoveValueRequest, MoveValueResult> feature(ModelShelf shelf) {
    return new Feature<>(
            Verb.reads("move-value", "What a model answers when a number inside it is moved.")
                .in(Lane.LONG),
            MoveValueRequest.class,
            new MoveValueUseCase(shelf),
            result -> List.of(ResultFile.csv("curve.csv", () -> ValuesCsv.write(result))))
        .lasting(new Lasting.Kept<>(request -> request.choice().model()));
  }

  @Override
  public MoveValueResult answer(MoveValueRequest request, Work work) {
    long start = System.nanoTime();
    long seed = request.seed() == null ? 0 : request.seed();
    var standard = ValueMove.Effort.standard();
    var effort =
        new ValueMove.Effort(
            Count.within("move", "moved", request.moved(), standard.prompts(), 2, MOST_PROMPTS),
            Count.within("move", "doses", request.doses(), standard.doses(), 2, MOST_DOSES),
            seed);
    ValueDirection.Kind kind = kind(request.where().direction());
    try (var open = shelf.use(request.choice())) {
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      ValueTasks task = ValueTasks.of("move", model, request.task(), seed);
      String value = request.value() == null ? task.prompts().names().getFirst() : request.value();
      Integer layer = request.where().layer();
      Integer asked = request.where().position();
      Integer position =
          asked == null
              ? null
              : Integer.valueOf(
                  Prompts.position("move", "position", asked, task.prompts().length()));
      int all = model.architecture().layers();
      ValueDirection direction =
          ValueDirection.fit(
              model,
              task.prompts(),
              ValueTasks.point(request.where().at()),
              layer == null ? 0 : layer < 0 ? layer + all : layer,
              position,
              value,
              kind,
              new WorkTurn(work));
      ValueMove move =
          ValueMove.measure(
              model,
              task.output(),
              task.prompts(),
              direction,
              value,
              task.rewriting().of(value),
              effort,
              new WorkTurn(work));
      MoveAgreement agreement = agreement(move);
      return new MoveValueResult(
          Prompts.header(open, task.prompts().prompts().getFirst().tokens(), seed, List.of()),
          finding(value, direction, agreement),
          value,
          direction.place().toString(),
          position,
          kind.label(),
          task.output() instanceof NumericOutput.Regression ? "number" : "next",
          effort.prompts(),
          move.curve().stream()
              .map(
                  dose ->
                      new DoseView(
                          dose.multiplier(),
                          dose.score(),
                          dose.outputs().moved(),
                          dose.value(),
                          dose.inside(),
                          dose.outputs().published(),
                          dose.outputs().random(),
                          finite(dose.outputs().rewritten())))
              .toList(),
          agreement,
          (System.nanoTime() - start) / 1e9);
    }
  }

  private static ValueDirection.Kind kind(@Nullable String name) {
    try {
      return name == null ? ValueDirection.Kind.PATTERN : ValueDirection.Kind.named(name);
    } catch (TracingException unknown) {
      throw WorkbenchException.misuse("direction", String.valueOf(unknown.getMessage()));
    }
  }

  private static @Nullable Double finite(double number) {
    return Double.isFinite(number) ? number : null;
  }

  private static MoveAgreement agreement(ValueMove move) {
    ValueMove.Agreement found = move.agreement();
    ValueMove.Interchange interchange = move.interchange();
    return new MoveAgreement(
        move.direction().scale().correlation(),
        finite(found.output()),
        finite(found.scores()),
        finite(found.difference()),
        finite(found.random()),
        interchange == null ? null : interchange.moved().value(),
        interchange == null ? null : interchange.unmoved().value(),
        interchange == null ? null : interchange.moved().n());
  }

  private static String finding(String value, ValueDirection direction, MoveAgreement agreement) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Along the direction at %s the score follows %s with r %.3f.",
            direction.place(),
            value,
            agreement.correlation()));
    Double output = agreement.outputR2();
    if (output != null) {
      text.append(
          String.format(
              Locale.ROOT,
              " Moving it explains %.0f %% of how the answer changes when the number stands in the prompt",
              100 * Math.max(0, output)));
      Double scores = agreement.scoreR2();
      text.append(
          scores == null
              ? "."
              : String.format(Locale.ROOT, "; the scores needed agree with R² %.3f.", scores));
    }
    Double random = agreement.randomShare();
    if (random != null) {
      text.append(
          String.format(Locale.ROOT, " A random direction does %.0f %% as much.", 100 * random));
    }
    return text.toString();
  }
}

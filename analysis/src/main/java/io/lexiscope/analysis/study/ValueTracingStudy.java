package io.lexiscope.analysis.study;

import io.lexiscope.analysis.tracing.CausalCheck;
import io.lexiscope.analysis.tracing.ExpressionTemplate;
import io.lexiscope.analysis.tracing.NumericOutput;
import io.lexiscope.analysis.tracing.SiteTrace;
import io.lexiscope.analysis.tracing.TracedPrompts;
import io.lexiscope.analysis.tracing.TracingException;
import io.lexiscope.analysis.tracing.ValueDirection;
import io.lexiscope.analysis.tracing.ValueMove;
import io.lexiscope.analysis.tracing.ValueTrace;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.place.HookPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Matsumoto et al. 2022, *Tracing and Manipulating Intermediate Values*: operands, differences and
/// answers inside a model that computes `a-(b-c)`; on models that answer in digits, the same digit
/// by digit.
public final class ValueTracingStudy implements Study {
  private static final int MOST_PROMPTS = 1_200;
  private static final int MOST_DIGITS = 4;

  @Override
  public String name() {
    return "value-tracing";
  }

  @Override
  public String source() {
    return "Matsumoto, Heinzerling, Yoshikawa, Inui 2022, Tracing and Manipulating Intermediate Values in Neural Math Problem Solvers, MathNLP, arXiv 2301.06758";
  }

  @Override
  public List<Step> checks(StudySubject subject) {
    LanguageModel model = subject.model();
    if (NumericOutput.isRegression(model)) {
      return List.of(new Step("a-(b-c)", turns -> regression(subject, turns)));
    }
    try {
      NumericOutput.of(model, /* sign= */ false);
    } catch (TracingException notNumbers) {
      return List.of(
          new Step(
              "task",
              _ ->
                  List.of(
                      StudyCheck.notApplicable(
                          "values of a-(b-c)",
                          "an encoder that answers with a number",
                          String.valueOf(notNumbers.getMessage())))));
    }
    var frame = ExpressionTemplate.Frame.of(model);
    List<Step> steps = new ArrayList<>();
    for (int given = 0; given < MOST_DIGITS - (frame.signed() ? 1 : 0); given++) {
      int characters = given;
      steps.add(
          new Step(
              "character %d of the answer".formatted(given + 1),
              turns -> digits(subject, characters, turns)));
    }
    return steps;
  }

  private static int prompts(StudySubject subject) {
    return Math.clamp(subject.sizes().examples(), TracedPrompts.LEAST, MOST_PROMPTS);
  }

  private static List<StudyCheck> regression(StudySubject subject, Turns turns) {
    LanguageModel model = subject.model();
    StudyTurn turn = new StudyTurn(turns);
    var template = new ExpressionTemplate("a-(b-c)", ExpressionTemplate.Frame.of(model), 100, 999);
    var drawn = template.draw(prompts(subject), subject.seed());
    TracedPrompts prompts = template.prompts(model, drawn);
    var output = new NumericOutput.Regression();
    ValueTrace trace =
        ValueTrace.measure(
            model, prompts, ValueTrace.Places.all(model), output, subject.seed(), turn);
    int last = model.architecture().layers() - 1;
    List<StudyCheck> checks = new ArrayList<>();
    checks.add(
        largest(trace, "answer in the last layer", "1.00 in layers 4 to 6", 4, last, last, 0.98));
    checks.add(largest(trace, "b in an early layer", ".96 in layer 1", 1, 0, 0, 0.9));
    checks.add(difference(trace, last));
    checks.add(moved(model, prompts, trace, template, drawn, subject.seed(), turn));
    for (int value = 0; value < prompts.names().size(); value++) {
      checks.add(whereUsed(trace, prompts.names().get(value)));
    }
    return checks;
  }

  /// The largest |r| of a value between two layers.
  private static StudyCheck largest(
      ValueTrace trace,
      String name,
      String published,
      int value,
      int first,
      int last,
      double least) {
    SiteTrace best =
        trace.sites().stream()
            .filter(site -> site.layer() >= first && site.layer() <= last)
            .max(Comparator.comparingDouble(site -> pearson(site, value)))
            .orElseThrow();
    return StudyCheck.of(
        "largest |r| of a component with the " + name,
        published,
        String.format(Locale.ROOT, "%.3f at %s", pearson(best, value), place(best)),
        pearson(best, value) >= least,
        "at least " + least + ", on prompts that nothing was fitted to");
  }

  private static double pearson(SiteTrace site, int value) {
    return Math.abs(site.values().get(value).linear().pearson());
  }

  private static String place(SiteTrace site) {
    return "layer %d, %s"
        .formatted(
            site.layer(),
            site.position() == null ? "all positions" : "position " + site.position());
  }

  /// The difference beyond what any one other value says, in a middle layer.
  private static StudyCheck difference(ValueTrace trace, int last) {
    SiteTrace best =
        trace.sites().stream()
            .filter(site -> site.layer() > 0 && site.layer() < last)
            .max(Comparator.comparingDouble(site -> site.values().get(3).partial().least()))
            .orElseThrow();
    SiteTrace.Reading reading = best.values().get(3);
    return StudyCheck.of(
        "b−c in a middle layer beyond what any one other value says",
        "|r| .94 in layer 3, of a component that follows b with .87 and c with .46",
        String.format(
            Locale.ROOT,
            "partial correlation %.3f (|r| %.3f) at %s",
            reading.partial().least(),
            Math.abs(reading.linear().pearson()),
            place(best)),
        reading.partial().least() >= 0.5,
        "at least 0.5, whichever other value is held fixed");
  }

  /// The operand that moves the answer most in the first layer.
  private static StudyCheck moved(
      LanguageModel model,
      TracedPrompts prompts,
      ValueTrace trace,
      ExpressionTemplate template,
      List<ExpressionTemplate.Drawn> drawn,
      long seed,
      StudyTurn turn) {
    CausalCheck best =
        trace.checks().stream()
            .filter(check -> check.layer() == 0 && template.operands().contains(check.value()))
            .max(Comparator.comparingDouble(check -> check.effect().along()))
            .orElseThrow();
    ValueDirection direction =
        ValueDirection.fit(
            model,
            prompts,
            HookPoint.RESID_POST,
            best.layer(),
            best.position(),
            best.value(),
            ValueDirection.Kind.PATTERN,
            turn);
    ValueMove move =
        ValueMove.measure(
            model,
            new NumericOutput.Regression(),
            prompts,
            direction,
            best.value(),
            (prompt, number) ->
                template
                    .with(drawn.get(prompt), best.value(), Math.round(number))
                    .map(other -> template.tokens(model, other)),
            new ValueMove.Effort(40, 21, seed),
            turn);
    return StudyCheck.of(
        "f_p against f_a along the best operand direction of the first layer",
        "median error 3 % of the range of scores near, 19 % at worst",
        String.format(
            Locale.ROOT,
            "%s at position %d: R² %.3f; a random direction moves the answer %.0f %% as far",
            best.value(),
            best.position(),
            move.agreement().scores(),
            100 * move.agreement().random()),
        move.agreement().scores() >= 0.8 && move.agreement().random() < 0.2,
        "R² at least 0.8 at values that prompts have, random below 20 %");
  }

  private static StudyCheck whereUsed(ValueTrace trace, String value) {
    List<String> words =
        trace.checks().stream()
            .filter(check -> check.value().equals(value))
            .map(
                check ->
                    String.format(
                        Locale.ROOT,
                        "layer %d: %s (%.2f, random %.2f)",
                        check.layer(),
                        check.verdict().label(),
                        check.effect().along(),
                        check.effect().random()))
            .toList();
    return StudyCheck.measuredOnly(
        "whether " + value + " is used where one position holds it best",
        "not asked",
        String.join("; ", words),
        "change of the answer in its standard deviations for one of the value's");
  }

  /// What a model that answers in characters knows of the next one before it says it.
  private static List<StudyCheck> digits(StudySubject subject, int given, Turns turns) {
    LanguageModel model = subject.model();
    var frame = ExpressionTemplate.Frame.of(model).given(given);
    var template =
        frame.signed()
            ? new ExpressionTemplate("a-(b-c)", frame, 10, 99)
            : new ExpressionTemplate("a+b", frame, 100, 999);
    TracedPrompts prompts =
        template.prompts(model, template.draw(prompts(subject), subject.seed()));
    ValueTrace trace =
        ValueTrace.measure(
            model,
            prompts,
            new ValueTrace.Places(
                HookPoint.RESID_POST,
                IntStream.range(0, model.architecture().layers()).boxed().toList(),
                /* positions= */ true,
                /* joined= */ false),
            NumericOutput.of(model, frame.signed() && given == 0),
            subject.seed(),
            new StudyTurn(turns));
    List<StudyCheck> checks = new ArrayList<>();
    for (String value : List.of(ExpressionTemplate.NEXT, prompts.names().getLast())) {
      int index = prompts.indexOf(value);
      SiteTrace linear =
          trace.sites().stream()
              .max(Comparator.comparingDouble(site -> site.values().get(index).linear().ridge()))
              .orElseThrow();
      SiteTrace round =
          trace.sites().stream()
              .max(
                  Comparator.comparingDouble(
                      site -> site.values().get(index).circle().orElseThrow().explained()))
              .orElseThrow();
      SiteTrace.Circle circle = round.values().get(index).circle().orElseThrow();
      checks.add(
          StudyCheck.measuredOnly(
              "%s when %d characters of the answer are given".formatted(value, given),
              "no such model",
              String.format(
                  Locale.ROOT,
                  "on a line R² %.2f at %s; on a circle of period %.1f R² %.2f at %s",
                  linear.values().get(index).linear().ridge(),
                  place(linear),
                  circle.period(),
                  circle.explained(),
                  place(round)),
              "best of all places, on prompts that nothing was fitted to"));
      checks.add(whereUsed(trace, value));
    }
    return checks;
  }
}

package io.lexiscope.analysis.study;

import io.lexiscope.analysis.inversion.InputGrammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Huang et al. 2024, *InversionView*: the case studies of addition and counting, whichever the
/// model has the vocabulary of.
///
/// Numbers are compared where the model has the shape of the authors' checkpoint, and measured only
/// on other models of the same task.
public final class InversionStudy implements Study {
  @Override
  public String name() {
    return "inversion";
  }

  @Override
  public String source() {
    return "Huang, Panwar, Goyal, Hahn 2024, InversionView: A General-Purpose Method for Reading Information from Neural Activations, NeurIPS, arXiv 2405.17653";
  }

  @Override
  public List<Step> checks(StudySubject subject) {
    List<Step> steps = new ArrayList<>();
    Optional<InputGrammar> grammar = InputGrammar.of(subject.model());
    String task = grammar.map(InputGrammar::name).orElse("");
    if (task.equals("addition")) {
      AdditionChecks addition = new AdditionChecks(subject);
      steps.add(new Step("preimages of 615+861 at =", addition::preimages));
      steps.add(new Step("flows", addition::flows));
    } else if (task.equals("counting")) {
      CountingChecks counting = new CountingChecks(subject);
      steps.add(new Step("letter and count", counting::shared));
      steps.add(new Step("patching", counting::patching));
    } else {
      steps.add(
          new Step(
              "task",
              _ ->
                  List.of(
                      StudyCheck.notApplicable(
                          "case studies of addition and counting",
                          "one character a token, fixed vocabularies",
                          "this model has another vocabulary; take addition, counting or the authors' checkpoints"))));
    }
    steps.add(
        new Step(
            "elsewhere",
            _ ->
                List.of(
                    StudyCheck.notApplicable(
                        "indirect objects (GPT-2 small) and facts (GPT-2 XL)",
                        "name mover 9.9 holds the name, 0.1 the subject's, 5.5 a position",
                        "needs those models and their prompts; look among prompts of your own with invert --data"))));
    return steps;
  }

  /// A number within a distance of a published one, where the published model is at hand.
  static StudyCheck near(
      boolean authors, String name, double published, double measured, double distance) {
    String shown = String.format(Locale.ROOT, "%.2f", measured);
    String stated = String.format(Locale.ROOT, "%.2f", published);
    String note = String.format(Locale.ROOT, "within ± %s", distance);
    return authors
        ? StudyCheck.of(name, stated, shown, Math.abs(measured - published) <= distance, note)
        : StudyCheck.measuredOnly(name, stated, shown, "published for another checkpoint");
  }
}

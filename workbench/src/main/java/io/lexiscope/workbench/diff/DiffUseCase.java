package io.lexiscope.workbench.diff;

import io.lexiscope.analysis.diff.DifferenceQuestion;
import io.lexiscope.analysis.diff.DifferenceReport;
import io.lexiscope.analysis.diff.LeadingFactor;
import io.lexiscope.analysis.diff.ModelDifference;
import io.lexiscope.analysis.diff.ParameterDifference;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.job.WorkTurn;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.OpenModel;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Sets two models against each other.
public final class DiffUseCase implements UseCase<DiffRequest, DiffResult> {
  private static final int STANDARD_FACTORS = 3;
  private static final int STANDARD_LEADING = 5;
  private static final int STANDARD_TOP = 10;
  private static final int MOST = 1000;
  private static final int NAMED = 3;

  private final ModelShelf shelf;

  private DiffUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `diff`.
  public static Feature<DiffRequest, DiffResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads("diff", "How two models of one shape differ, in words.").in(Lane.LONG),
        DiffRequest.class,
        new DiffUseCase(shelf),
        result -> List.of(ResultFile.csv("factors.csv", () -> DiffCsv.write(result))));
  }

  @Override
  public DiffResult answer(DiffRequest request, Work work) {
    DifferenceQuestion question =
        new DifferenceQuestion(
            count("factors", request.factors(), STANDARD_FACTORS),
            count("leading", request.leading(), STANDARD_LEADING),
            count("top", request.top(), STANDARD_TOP),
            request.seed() == null ? 0 : request.seed());
    ModelChoice choice = request.choice();
    boolean patched = choice.patches() != null && !choice.patches().isEmpty();
    if (request.other() == null && !patched) {
      throw WorkbenchException.misuse(
          "other", "diff: expected two models, or one and patches, got one; name a second model");
    }
    ModelChoice plain = new ModelChoice(choice.model(), choice.dtype(), choice.device());
    ModelChoice second =
        new ModelChoice(
            request.other() == null ? choice.model() : request.other(),
            choice.dtype(),
            choice.device(),
            choice.patches());
    try (OpenModel base = shelf.use(plain);
        OpenModel other = shelf.use(second)) {
      DifferenceReport report =
          ModelDifference.of(base.model(), other.model(), question, new WorkTurn(work));
      return new DiffResult(
          base.name(),
          other.name(),
          report.matrices(),
          report.unchanged(),
          report.leading(),
          report.control(),
          report.others().differ(),
          report.others().unmatched(),
          sentence(report),
          other.provenance(question.seed()));
    }
  }

  private static int count(String field, @Nullable Integer asked, int otherwise) {
    if (asked != null && (asked < 1 || asked > MOST)) {
      throw WorkbenchException.misuse(
          field, "diff: expected 1 to %,d, got %d in %s".formatted(MOST, asked, field));
    }
    return asked == null ? otherwise : asked;
  }

  private static String sentence(DifferenceReport report) {
    if (report.matrices().isEmpty()) {
      List<ParameterDifference> others = report.others().differ();
      int unmatched = report.others().unmatched();
      if (others.isEmpty() && unmatched == 0) {
        return "The two models are equal to the bit.";
      }
      String differ =
          others.isEmpty()
              ? ""
              : "; %d other parameters differ, %s most"
                  .formatted(others.size(), others.getFirst().name());
      String apart =
          unmatched == 0
              ? ""
              : "; %d stand in one model only or in another shape".formatted(unmatched);
      return "All matrices of blocks are equal" + differ + apart + ".";
    }
    LeadingFactor first = report.leading().getFirst();
    double random = report.control().getFirst().factor().weight();
    return String.format(
        Locale.ROOT,
        "The largest factor lies in %s of layer %d, with %.0f %% of that matrix's difference and %.1f times what a random difference of the same norms has; it is triggered by %s%s.",
        first.matrix(),
        first.layer(),
        100 * first.factor().share(),
        first.factor().weight() / random,
        words(first.factor().imprintTop()),
        first.factor().shiftTop() == null ? "" : " and says " + words(first.factor().shiftTop()));
  }

  private static String words(List<TokenReading> words) {
    return words.stream()
        .limit(NAMED)
        .map(word -> '"' + word.text() + '"')
        .collect(Collectors.joining(", "));
  }
}

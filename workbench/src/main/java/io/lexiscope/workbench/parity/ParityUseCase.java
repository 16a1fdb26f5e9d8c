package io.lexiscope.workbench.parity;

import io.lexiscope.model.parity.Parity;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.weights.Checkpoint;
import io.lexiscope.model.weights.StoredTensor;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.Prompts;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Compares a model with reference numbers, or with itself.
public final class ParityUseCase implements UseCase<ParityRequest, ParityResult> {
  private static final double STANDARD_TOLERANCE = 1e-4;
  private static final String IDS = "input_ids";

  private final ModelShelf shelf;

  private ParityUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `parity`.
  public static Feature<ParityRequest, ParityResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads("parity", "The distance to reference numbers.").in(Lane.LONG),
        ParityRequest.class,
        new ParityUseCase(shelf));
  }

  @Override
  public ParityResult answer(ParityRequest request, Work work) {
    var atol = request.atol();
    if (atol != null && (!(atol >= 0) || Double.isInfinite(atol))) {
      throw WorkbenchException.misuse(
          "atol", "parity: expected a tolerance of 0 or more, got " + atol);
    }
    return request.golden() == null
        ? withItself(request, work)
        : withGolden(request, file(request.golden()), work);
  }

  private ParityResult withGolden(ParityRequest request, Path golden, Work work) {
    double tolerance = request.atol() == null ? STANDARD_TOLERANCE : request.atol();
    var ids = ids(golden);
    try (var open = shelf.use(request.choice())) {
      var report = work.pass(() -> Parity.check(open.model(), golden, tolerance));
      return new ParityResult(
          Prompts.header(open, ids, /* seed= */ null, notFinite(report.maxAbsDiff())),
          report.passed(),
          report.maxAbsDiff(),
          report.unknown(),
          report.worst(),
          tolerance,
          /* checks= */ null);
    }
  }

  private ParityResult withItself(ParityRequest request, Work work) {
    try (var open = shelf.use(request.choice())) {
      var report = open.selfChecks(work::pass);
      var checks =
          report.checks().stream().map(check -> SelfCheckViews.of(check, request.atol())).toList();
      var differences = new LinkedHashMap<String, Double>();
      for (var check : checks) {
        if (check.maxAbsDiff() != null) {
          differences.put(check.name(), check.maxAbsDiff());
        }
      }
      return new ParityResult(
          Prompts.header(open, report.tokens(), /* seed= */ null, notFinite(differences)),
          !differences.isEmpty() && checks.stream().allMatch(SelfCheckView::passed),
          differences,
          /* unknown= */ List.of(),
          report.worst(),
          request.atol(),
          checks);
    }
  }

  private static List<NotFinite> notFinite(Map<String, Double> differences) {
    return differences.entrySet().stream()
        .filter(entry -> !Double.isFinite(entry.getValue()))
        .map(
            entry ->
                new NotFinite(
                    entry.getKey(), /* layer= */ null, /* position= */ null, /* count= */ 1))
        .toList();
  }

  private static Path file(String golden) {
    try {
      return Path.of(golden);
    } catch (InvalidPathException e) {
      throw new WorkbenchException(
          ProblemKind.INVALID,
          "parity: expected the name of a file, got one with characters no name has",
          "golden",
          e);
    }
  }

  private static TokenIds ids(Path golden) {
    try (var file = Checkpoint.openFile(golden)) {
      return file.get(IDS)
          .map(ParityUseCase::ids)
          .orElseThrow(
              () ->
                  WorkbenchException.invalid(
                      "golden", "parity: expected a tensor input_ids, got none in " + golden));
    }
  }

  private static TokenIds ids(StoredTensor stored) {
    var data = stored.data();
    var count = Math.toIntExact(stored.elements());
    var ids = new int[count];
    for (var i = 0; i < count; i++) {
      ids[i] =
          stored.type() == StoredType.I64
              ? Math.toIntExact(
                  data.getAtIndex(ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN), i))
              : data.getAtIndex(ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN), i);
    }
    if (stored.type() != StoredType.I64 && stored.type() != StoredType.I32) {
      throw WorkbenchException.invalid(
          "golden",
          "parity: expected input_ids of type I64 or I32, got %s in %s"
              .formatted(stored.type(), stored.file()));
    }
    return TokenIds.of(ids);
  }
}

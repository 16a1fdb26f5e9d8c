package io.lexiscope.workbench.study;

import io.lexiscope.analysis.study.Studies;
import io.lexiscope.analysis.study.Study;
import io.lexiscope.analysis.study.StudyCheck;
import io.lexiscope.analysis.study.StudyCheck.Outcome;
import io.lexiscope.analysis.study.StudySubject;
import io.lexiscope.base.OneLine;
import io.lexiscope.workbench.ask.Count;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.corpus.TextFiles;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.Lasting;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Repeats a paper's study on a model and writes the report.
public final class ReproduceUseCase implements UseCase<ReproduceRequest, ReproduceResult> {
  private static final int STANDARD_EXAMPLES = 2000;
  private static final int STANDARD_VECTORS = 400;
  private static final int MOST = 1_000_000;

  private final ModelShelf shelf;

  private ReproduceUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `reproduce`.
  public static Feature<ReproduceRequest, ReproduceResult> feature(ModelShelf shelf) {
    return new Feature<>(
            Verb.writes("reproduce", "A paper's study, taken again.").in(Lane.LONG),
            ReproduceRequest.class,
            new ReproduceUseCase(shelf),
            result -> result.written().stream().map(Path::of).map(ResultFile::written).toList())
        .lasting(new Lasting.Kept<>(request -> request.choice().model()));
  }

  @Override
  public ReproduceResult answer(ReproduceRequest request, Work work) {
    long start = System.nanoTime();
    Study study = Studies.named(request.paper());
    long seed = request.seed() == null ? 0 : request.seed();
    StudySubject.Sizes sizes =
        new StudySubject.Sizes(
            atLeastOne("examples", request.examples(), STANDARD_EXAMPLES),
            atLeastOne("vectors", request.vectors(), STANDARD_VECTORS));
    Path folder = folder(request.output());
    List<String> texts = read("data", request.data());
    List<String> scored = read("perplexity", request.perplexity());
    try (var open = shelf.use(request.choice())) {
      List<StudyCheck> checks = new ArrayList<>();
      List<Study.Step> steps =
          study.checks(new StudySubject(open.model(), texts, scored, sizes, seed));
      for (int i = 0; i < steps.size(); i++) {
        int done = i;
        String unit = "parts (" + steps.get(i).name() + ")";
        checks.addAll(
            steps
                .get(i)
                .measure()
                .take(
                    piece -> {
                      work.progress(done, steps.size(), unit);
                      work.pass(
                          () -> {
                            piece.run();
                            return unit;
                          });
                    }));
      }
      ReproduceResult result =
          new ReproduceResult(
              study.name(),
              study.source(),
              open.name(),
              count(checks, Outcome.PASSED),
              count(checks, Outcome.FAILED),
              count(checks, Outcome.NOT_APPLICABLE),
              checks.stream().map(ReproduceUseCase::view).toList(),
              folder == null
                  ? List.of()
                  : StudyReport.files(study.name(), folder).stream().map(Path::toString).toList(),
              (System.nanoTime() - start) / 1e9,
              open.provenance(seed));
      if (folder != null) {
        write(result, folder);
      }
      return result;
    }
  }

  private static int atLeastOne(String field, @Nullable Integer asked, int otherwise) {
    return Count.within("reproduce", field, asked, otherwise, /* least= */ 1, MOST);
  }

  private static List<String> read(String field, @Nullable String name) {
    return name == null ? List.of() : List.of(TextFiles.text("reproduce", field, name));
  }

  private static int count(List<StudyCheck> checks, Outcome outcome) {
    return (int) checks.stream().filter(check -> check.outcome() == outcome).count();
  }

  private static StudyCheckView view(StudyCheck check) {
    return new StudyCheckView(
        check.name(),
        check.published(),
        check.measured(),
        switch (check.outcome()) {
          case PASSED -> true;
          case FAILED -> false;
          case NOT_APPLICABLE -> null;
        },
        check.note());
  }

  private static @Nullable Path folder(@Nullable String output) {
    if (output == null) {
      return null;
    }
    try {
      if (!output.isBlank()) {
        return Path.of(output);
      }
    } catch (InvalidPathException notAPath) {
      throw new WorkbenchException(
          ProblemKind.INVALID,
          "reproduce: expected the name of a folder, got " + output,
          "output",
          notAPath);
    }
    throw WorkbenchException.invalid("output", "reproduce: expected a folder, got an empty name");
  }

  private static void write(ReproduceResult result, Path folder) {
    try {
      StudyReport.write(result, folder);
    } catch (IOException unwritable) {
      throw new WorkbenchException(
          ProblemKind.INVALID,
          "reproduce: expected a folder that can be written to, got %s at %s"
              .formatted(OneLine.of(unwritable), folder),
          "output",
          unwritable);
    }
  }
}

package io.lexiscope.workbench.detox;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.workbench.GoldenBench;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.job.Job;
import io.lexiscope.workbench.job.JobState;
import io.lexiscope.workbench.search.IndexRequest;
import io.lexiscope.workbench.search.IndexResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Jobs that a closing workbench stopped in the middle, gone on with by the next.
@Timeout(240)
class ResumedExperimentsTest {
  private static final Path MODELS = Path.of("../models");
  private static final ModelChoice MICROWORLD = ModelChoice.of("microworld");

  @TempDir private Path cache;

  @Test
  void aDetoxificationGoesOnAfterWhatItHadFinished() throws Exception {
    var request =
        new DetoxRequest(
            MICROWORLD,
            DetoxTexts.standard(),
            new DetoxSelection(
                List.of("L3N433"), null, null, /* coefficient= */ 3.0, null, List.of(2.0)),
            new DetoxMeasure(/* n= */ 4, /* limit= */ 6, /* draws= */ 1, /* seed= */ 2L, null),
            /* interventions= */ null);
    DetoxResult whole;
    try (var bench = open()) {
      whole = bench.answer(request);
    }

    String id = interrupted(request, /* steps= */ 4);
    assertThat(parts(id)).isNotEmptyFile();

    try (var after = open()) {
      var resumed = (DetoxResult) after.resume(id).await();
      assertThat(resumed.baseline()).isEqualTo(whole.baseline());
      assertThat(resumed.rows()).isEqualTo(whole.rows());
      assertThat(resumed.vectors()).isEqualTo(whole.vectors());
    }
    assertThat(parts(id)).doesNotExist();
  }

  @Test
  void anIndexGoesOnAfterWhatItHadRead() throws Exception {
    var request = new IndexRequest(MICROWORLD, null, null, /* rebuild= */ true);

    String id = interrupted(request, /* steps= */ 4);
    assertThat(parts(id)).isNotEmptyFile();

    try (var after = open()) {
      var resumed = (IndexResult) after.resume(id).await();
      assertThat(resumed.index().vectors()).isEqualTo(6540);
      assertThat(resumed.index().built()).isTrue();
    }
    assertThat(parts(id)).doesNotExist();
  }

  private String interrupted(Request<?> request, long steps) throws Exception {
    Job job;
    try (var before = open()) {
      job = before.submit(request);
      while (done(job) < steps) {
        Thread.sleep(1);
      }
    }
    assertThat(job.view(/* withResult= */ false).state()).isEqualTo(JobState.INTERRUPTED);
    return job.id();
  }

  private static long done(Job job) {
    var progress = job.view(/* withResult= */ false).progress();
    return progress == null ? 0 : progress.done();
  }

  private Path parts(String id) throws IOException {
    Path folder = cache.resolve("jobs").resolve(UUID.fromString(id).toString());
    assertThat(Files.isDirectory(folder)).isTrue();
    return folder.resolve("parts");
  }

  private Workbench open() {
    return GoldenBench.open(MODELS, cache);
  }
}

package io.lexiscope.workbench.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobsThatSurviveTest {
  private static final int MANY = 1000;

  @TempDir private Path home;
  private Path parts = Path.of("");
  private final List<Workbench> opened = new ArrayList<>();

  @BeforeEach
  void makeFolder() throws IOException {
    parts = Files.createDirectory(home.resolve("parts"));
  }

  @AfterEach
  void close() {
    opened.forEach(Workbench::close);
  }

  @Test
  void aFinishedJobIsThereAfterARestartWithItsResultAndFiles() throws Exception {
    var before = open();
    var job = before.submit(asked(3));
    assertThat(job.await()).isEqualTo(new PartsRequest.PartsResult(3, Double.NaN));
    var seen = job.view(/* withResult= */ true);
    before.close();

    var after = open();

    assertThat(views(after)).containsExactly(job.view(/* withResult= */ false));
    var kept = after.job(job.id()).orElseThrow();
    assertThat(kept.view(/* withResult= */ true)).isEqualTo(seen);
    assertThat(kept.view(/* withResult= */ true).request()).isEqualTo(asked(3));
    try (var file = kept.file("result.json").open()) {
      assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"made\" : 3")
          .contains("\"ratio\" : null");
    }
    var events = kept.events(/* from= */ 0, Duration.ZERO);
    assertThat(events.stream().map(JobEvent::type))
        .contains(JobEventType.PROGRESS)
        .endsWith(JobEventType.STATE);
    assertThat(kept.hasNoEventsFrom(events.getLast().sequence() + 1)).isTrue();
    assertThatThrownBy(() -> after.resume(job.id())).hasMessageContaining("which is done");
  }

  @Test
  void aJobThatAClosingWorkbenchStopsGoesOnInTheNext() throws Exception {
    var before = open();
    var job = before.submit(asked(MANY));
    waitForParts(3);
    before.close();
    long made = count();

    var after = open();
    var view = views(after).getFirst();
    assertThat(view.state()).isEqualTo(JobState.INTERRUPTED);
    assertThat(view.resumable()).isTrue();
    assertThat(view.subject()).isEqualTo(parts.toString());
    var resumed = after.resume(job.id());
    waitForParts(made + 3);

    assertThat(resumed.id()).isEqualTo(job.id());
    assertThat(views(after)).singleElement().extracting(JobView::resumable).isNull();
    assertThatThrownBy(() -> after.resume(job.id()))
        .isInstanceOfSatisfying(
            WorkbenchException.class, e -> assertThat(e.kind()).isEqualTo(ProblemKind.BUSY));
  }

  @Test
  void aJobOfALivingWorkbenchIsUnderWayForAnotherAndNotInterrupted() throws Exception {
    var one = open();
    var job = one.submit(asked(MANY));
    waitForParts(1);

    var other = open();

    assertThat(views(other)).singleElement().extracting(JobView::state).isEqualTo(JobState.RUNNING);
    assertThatThrownBy(() -> other.resume(job.id()))
        .isInstanceOfSatisfying(
            WorkbenchException.class, e -> assertThat(e.kind()).isEqualTo(ProblemKind.BUSY));
    other.job(job.id()).orElseThrow().cancel();
    assertThat(job.isFinished()).isFalse();
    other.close();
    assertThat(views(one)).singleElement().extracting(JobView::state).isEqualTo(JobState.RUNNING);
  }

  @Test
  void aKilledProcessLosesNoPartAndAtMostASecondOfProgress() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                jobs().toString(),
                parts.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String id;
    try (var lines = process.inputReader()) {
      id = lines.readLine();
      waitForParts(70);
      var meanwhile = open();
      assertThat(views(meanwhile))
          .singleElement()
          .extracting(JobView::state)
          .isEqualTo(JobState.RUNNING);
      assertThatThrownBy(() -> meanwhile.resume(id)).hasMessageContaining("at work on");
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    long made = count();

    var after = open();
    var view = views(after).getFirst();
    assertThat(view.state()).isEqualTo(JobState.INTERRUPTED);
    var progress = view.progress();
    assertThat(progress).isNotNull();
    assertThat(made - (progress == null ? 0 : progress.done())).isBetween(0L, 1_000L / 20 + 2);
    for (long part = made; part < MANY; part++) { // so that the rest takes no time
      Files.createFile(parts.resolve(String.valueOf(part)));
    }
    assertThat(after.resume(id).await()).isEqualTo(new PartsRequest.PartsResult(0, Double.NaN));
  }

  @Test
  void onlySoManyFinishedJobsAreKept() throws Exception {
    var workbench = OtherProcess.open(jobs(), /* most= */ 3);
    opened.add(workbench);
    for (int i = 0; i < 6; i++) {
      assertThat(workbench.submit(new PartsRequest(parts.toString(), 0, 0, null)).await())
          .isNotNull();
    }

    try (var folders = Files.list(jobs())) {
      assertThat(folders.filter(folder -> !folder.endsWith(".owners"))).hasSize(3);
    }
  }

  @Test
  void whoWaitsLeavesNothingBehind() throws Exception {
    var workbench = open();

    assertThat(workbench.submitAndWait(asked(1)).await()).isNotNull();

    assertThat(jobs()).doesNotExist();
  }

  @Test
  void aFolderOfAnotherVersionIsLeftOutAndNoIdIsAPath() throws Exception {
    var folder = Files.createDirectories(jobs().resolve("00000000-0000-0000-0000-000000000000"));
    Files.writeString(folder.resolve("job.json"), "{\"owner\":\"x\",\"colour\":3}");
    var workbench = open();

    assertThat(views(workbench)).isEmpty();
    assertThat(workbench.job("../parts")).isEmpty();
  }

  @Test
  void theLogKeepsTheNewestEventsAndTheirNumbers() throws Exception {
    var log = new JobLog();
    for (int i = 0; i < 5000; i++) {
      log.append(JobEventType.PROGRESS, new Progress(i, 5000L, "parts", null), i == 4999);
    }

    assertThat(log.all()).hasSize(4096);
    assertThat(log.from(0, Duration.ZERO).getFirst().sequence()).isEqualTo(5000 - 4096);
    assertThat(log.from(4990, Duration.ZERO)).hasSize(10);
    assertThat(log.endedBefore(5000)).isTrue();
  }

  private PartsRequest asked(int many) {
    return new PartsRequest(parts.toString(), many, /* milliseconds= */ 20, /* again= */ null);
  }

  private Path jobs() {
    return home.resolve("jobs");
  }

  private Workbench open() {
    var workbench = OtherProcess.open(jobs(), /* most= */ 8);
    opened.add(workbench);
    return workbench;
  }

  private static List<JobView> views(Workbench workbench) {
    return workbench.answer(new JobsRequest()).jobs();
  }

  private void waitForParts(long many) throws Exception {
    while (count() < many) {
      Thread.sleep(5);
    }
  }

  private long count() throws IOException {
    try (var files = Files.list(parts)) {
      return files.count();
    }
  }
}

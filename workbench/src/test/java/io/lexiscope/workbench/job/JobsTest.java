package io.lexiscope.workbench.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.models.HealthRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobsTest {
  private final Jobs jobs = new Jobs(new PassGate(/* passes= */ 1), /* atOnce= */ 2, /* kept= */ 3);

  @AfterEach
  void close() {
    jobs.close();
  }

  @Test
  void aJobTellsItsStatesItsTokensAndItsResultInOrder() throws Exception {
    var job =
        jobs.submit(
            "generate",
            work -> {
              work.token(
                  new GeneratedToken(
                      7, " a", /* probability= */ 1, /* exitLayer= */ null, /* special= */ null));
              work.progress(1, 1, "tokens");
              return new HealthRequest();
            });

    assertThat(job.await()).isEqualTo(new HealthRequest());
    var events = all(job);
    assertThat(events.stream().map(JobEvent::type))
        .containsExactly(
            JobEventType.STATE,
            JobEventType.STATE,
            JobEventType.TOKEN,
            JobEventType.PROGRESS,
            JobEventType.STATE);
    assertThat(events.stream().map(JobEvent::sequence)).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(((JobView) events.getFirst().data()).state()).isEqualTo(JobState.QUEUED);
    var last = (JobView) events.getLast().data();
    assertThat(last.state()).isEqualTo(JobState.DONE);
    assertThat(last.result()).isEqualTo(new HealthRequest());
    assertThat(job.view(/* withResult= */ false).result()).isNull();
  }

  @Test
  void aFailureIsOneLineWithItsKind() {
    var refused =
        jobs.submit(
            "lens",
            work -> {
              throw WorkbenchException.invalid("text", "lens: expected some text, got none");
            });
    assertThatThrownBy(refused::await)
        .hasMessage("lens: expected some text, got none")
        .isInstanceOfSatisfying(
            WorkbenchException.class, e -> assertThat(e.kind()).isEqualTo(ProblemKind.INVALID));

    var broken =
        jobs.submit(
            "lens",
            work -> {
              throw new IllegalStateException("first\nsecond");
            });
    assertThatThrownBy(broken::await)
        .hasMessage("lens: IllegalStateException: first")
        .isInstanceOfSatisfying(
            WorkbenchException.class, e -> assertThat(e.kind()).isEqualTo(ProblemKind.FAILED));
  }

  @Test
  void aCancelledJobStopsAtItsNextReport() {
    var started = new CountDownLatch(1);
    var job =
        jobs.submit(
            "score",
            work -> {
              started.countDown();
              while (true) {
                work.checkCancelled();
                Thread.onSpinWait();
              }
            });
    assertThatThrownBy(
            () -> {
              started.await();
              job.cancel();
              job.await();
            })
        .isInstanceOfSatisfying(
            WorkbenchException.class, e -> assertThat(e.kind()).isEqualTo(ProblemKind.CANCELLED));

    assertThat(job.view(/* withResult= */ true).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void cancellingAFinishedJobChangesNothing() throws Exception {
    var job = jobs.submit("health", work -> new HealthRequest());
    assertThat(job.await()).isNotNull();

    job.cancel();

    assertThat(job.view(/* withResult= */ false).state()).isEqualTo(JobState.DONE);
  }

  @Test
  void tooMuchAtOnceIsRefused() {
    var release = new CountDownLatch(1);
    for (var i = 0; i < 2; i++) {
      jobs.submit("health", work -> waitFor(release));
    }

    assertThatThrownBy(() -> jobs.submit("health", work -> new HealthRequest()))
        .hasMessageContaining("fewer than 2")
        .isInstanceOfSatisfying(
            WorkbenchException.class, e -> assertThat(e.kind()).isEqualTo(ProblemKind.BUSY));
    release.countDown();
  }

  @Test
  void longWorkQueuesBehindAFewAndKeepsNobodyElseWaiting() throws Exception {
    var release = new CountDownLatch(1);
    try (var busy = new Jobs(new PassGate(/* passes= */ 1), /* atOnce= */ 64, /* kept= */ 3)) {
      var begun = new AtomicInteger();
      var all = new ArrayList<Job>();
      for (var i = 0; i < 64; i++) {
        all.add(
            busy.submit(
                Verb.reads("detox", "A test's.").in(Lane.LONG),
                work -> {
                  begun.incrementAndGet();
                  return waitFor(release);
                },
                result -> List.of()));
      }

      assertThatThrownBy(
              () ->
                  busy.submit(
                      Verb.reads("exit", "A test's.").in(Lane.LONG),
                      work -> new HealthRequest(),
                      result -> List.of()))
          .hasMessageContaining("fewer than 64");
      for (var i = 0; i < 100; i++) {
        assertThat(busy.submit("tokenize", work -> new HealthRequest()).await()).isNotNull();
      }
      assertThat(begun).hasValue(Jobs.LONG_AT_ONCE);
      all.get(40).cancel();
      release.countDown();
      for (var job : all) {
        if (job != all.get(40)) {
          assertThat(job.await()).isNotNull();
        }
      }
      assertThat(begun).hasValue(63);
    }
  }

  @Test
  void whatIsAnsweredAtOnceIsNeverRefused() throws Exception {
    var release = new CountDownLatch(1);
    for (var i = 0; i < 2; i++) {
      jobs.submit("lens", work -> waitFor(release));
    }

    for (var i = 0; i < 5; i++) {
      var health =
          jobs.submit(
              Verb.reads("health", "A test's.").in(Lane.INSTANT),
              work -> new HealthRequest(),
              result -> List.of());
      assertThat(health.await()).isNotNull();
    }
    release.countDown();
  }

  @Test
  void closingEndsWhatWaits() {
    var all = new ArrayList<Job>();
    var busy = new Jobs(new PassGate(/* passes= */ 1), /* atOnce= */ 64, /* kept= */ 3);
    for (var i = 0; i < 8; i++) {
      all.add(
          busy.submit(
              Verb.reads("detox", "A test's.").in(Lane.LONG),
              work -> {
                while (true) {
                  work.checkCancelled();
                  Thread.onSpinWait();
                }
              },
              result -> List.of()));
    }

    busy.close();

    assertThat(all).allMatch(Job::isFinished);
  }

  @Test
  void finishedJobsAreForgottenOldestFirst() throws Exception {
    var all = new ArrayList<Job>();
    for (var i = 0; i < 6; i++) {
      var job = jobs.submit("health", work -> new HealthRequest());
      assertThat(job.await()).isNotNull();
      all.add(job);
    }

    assertThat(jobs.find(all.getFirst().id())).isEmpty();
    assertThat(jobs.find(all.getLast().id())).contains(all.getLast());
    assertThat(jobs.all()).startsWith(all.getLast()).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void theTimeLeftIsTheMeanTimePerUnitTimesTheUnitsLeft() {
    var estimate = new TimeLeft(/* startedNanos= */ 0);

    assertThat(estimate.at(4_000_000_000L, 2, 6, "windows"))
        .isEqualTo(new Progress(2, 6L, "windows", 8.0));
    assertThat(estimate.at(4_000_000_000L, 0, 6, "windows").etaSeconds()).isNull();
  }

  private static List<JobEvent> all(Job job) throws InterruptedException {
    var events = new ArrayList<JobEvent>();
    while (!job.hasNoEventsFrom(events.size())) {
      events.addAll(job.events(events.size(), Duration.ofSeconds(1)));
    }
    return events;
  }

  private static HealthRequest waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new HealthRequest();
  }
}

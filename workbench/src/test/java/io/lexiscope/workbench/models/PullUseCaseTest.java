package io.lexiscope.workbench.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.hub.FakeHub;
import io.lexiscope.workbench.Features;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Cancellation;
import io.lexiscope.workbench.job.Jobs;
import io.lexiscope.workbench.job.PassGate;
import io.lexiscope.workbench.job.Progress;
import io.lexiscope.workbench.job.Watcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullUseCaseTest {
  @TempDir private Path cache;

  private FakeHub fake;
  private Workbench workbench;

  @BeforeEach
  void open() throws IOException {
    fake = new FakeHub();
    var settings = fake.settings(cache);
    workbench =
        new Workbench(
            new Features(List.of(PullUseCase.feature(() -> settings))),
            new Jobs(new PassGate(/* passes= */ 1), /* atOnce= */ 4, /* kept= */ 8),
            () -> {});
  }

  @AfterEach
  void close() {
    workbench.close();
    fake.close();
  }

  @Test
  void theAnswerSaysWhatOpensTheModelAndWhatCame() {
    var first =
        workbench.answer(new PullRequest(FakeHub.ID, /* revision= */ null, /* file= */ null));
    var second = workbench.answer(new PullRequest(FakeHub.ID + "@" + FakeHub.COMMIT, null, null));

    assertThat(first.models()).extracting(ModelEntry::name).containsExactly(FakeHub.ID);
    assertThat(first.revision()).isEqualTo("main");
    assertThat(first.commit()).isEqualTo(FakeHub.COMMIT);
    assertThat(first.files())
        .extracting(PulledFileView::name)
        .containsExactlyInAnyOrder("config.json", "tokenizer.json", "model.safetensors");
    assertThat(first.downloadedBytes()).isEqualTo(first.bytes()).isPositive();
    assertThat(second.models())
        .extracting(ModelEntry::name)
        .containsExactly(FakeHub.ID + "@" + FakeHub.COMMIT);
    assertThat(second.downloadedBytes()).isZero();
  }

  @Test
  void theProgressCountsBytes() {
    var heard = new ArrayList<Progress>();
    var watcher =
        new Watcher() {
          @Override
          public void progress(Progress progress) {
            heard.add(progress);
          }
        };

    var result =
        workbench.answer(new PullRequest(FakeHub.ID, null, null), watcher, new Cancellation());

    assertThat(heard).extracting(Progress::unit).containsOnly("bytes");
    assertThat(heard.getLast().done()).isEqualTo(result.bytes());
    assertThat(heard.getLast().total()).isEqualTo(result.bytes());
  }

  @Test
  void aCancelledPullEndsAsCancelled() {
    var cancellation = new Cancellation();
    cancellation.cancel();

    assertThatThrownBy(
            () ->
                workbench.answer(
                    new PullRequest(FakeHub.ID, null, null), Watcher.NONE, cancellation))
        .isInstanceOf(WorkbenchException.class)
        .hasMessage("the work was cancelled");
    assertThat(List.of(cache.toFile().list())).doesNotContain("models--acme--tiny");
  }
}

package io.lexiscope.workbench.job;

import io.lexiscope.workbench.Features;
import io.lexiscope.workbench.Workbench;
import java.nio.file.Path;
import java.util.List;

/// A process of its own with a workbench on a folder, which is killed in the middle of a job.
final class OtherProcess {
  private OtherProcess() {}

  /// @param args folder of the jobs, folder of the parts
  public static void main(String[] args) throws InterruptedException {
    try (Workbench workbench = open(Path.of(args[0]), /* most= */ 8)) {
      var job =
          workbench.submit(
              new PartsRequest(args[1], /* parts= */ 1000, /* milliseconds= */ 20, null));
      System.out.println(job.id());
      throw new IllegalStateException("expected to be killed, got " + job.await());
    }
  }

  static Workbench open(Path folder, int most) {
    var store = new JobStore(folder, most, /* mostBytes= */ 1 << 20);
    var jobs = new Jobs(new PassGate(/* passes= */ 1), /* atOnce= */ 4, /* kept= */ 2, store);
    return new Workbench(
        new Features(List.of(PartsRequest.feature(), JobsUseCase.feature(jobs))), jobs, () -> {});
  }
}

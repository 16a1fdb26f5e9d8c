package io.lexiscope.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.job.Job;
import io.lexiscope.workbench.lens.LensResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EightClientsTest {
  private static final List<String> MODELS = List.of("gpt2-a", "llama-a", "gpt-neo-a");

  @Test
  void eightClientsAtOnceGetTheAnswersOfOne() throws InterruptedException {
    try (var workbench = GoldenBench.open()) {
      var alone = new ArrayList<LensResult>();
      for (var client = 0; client < 8; client++) {
        alone.add(workbench.answer(GoldenBench.lens(model(client), prompt(client))));
      }
      for (var round = 0; round < 5; round++) {
        var jobs = new ArrayList<Job>();
        for (var client = 0; client < 8; client++) {
          jobs.add(workbench.submit(GoldenBench.lens(model(client), prompt(client))));
        }
        for (var client = 0; client < 8; client++) {
          var together = (LensResult) jobs.get(client).await();

          assertThat(together.readings()).isEqualTo(alone.get(client).readings());
          assertThat(together.answer()).isEqualTo(alone.get(client).answer());
          assertThat(together.header()).isEqualTo(alone.get(client).header());
        }
      }
    }
  }

  /// Three models for two places on the shelf, so that they are closed and opened in between.
  private static String model(int client) {
    return MODELS.get(client % MODELS.size());
  }

  private static Prompt prompt(int client) {
    return GoldenBench.prompt(client, /* length= */ 5 + 3 * client);
  }
}

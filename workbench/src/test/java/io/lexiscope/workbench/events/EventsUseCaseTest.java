package io.lexiscope.workbench.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.workbench.GoldenBench;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventsUseCaseTest {
  @Test
  void aModelWithTextsOfItsOwnNeedsNoOthers() {
    try (var bench = GoldenBench.open(Path.of("../models"))) {
      EventsResult result = bench.answer(request("microworld", /* prompts= */ null));
      EventsResult again = bench.answer(request("microworld", /* prompts= */ null));

      assertThat(result.examples() + result.apart().oneToken() + result.apart().sinks())
          .as("prompts of one token and of sinks are counted apart")
          .isEqualTo(20);
      assertThat(result.saturations()).isPositive();
      assertThat(again.layers()).isEqualTo(result.layers());
    }
  }

  @Test
  void aModelWithoutTextsSaysWhatToGive() {
    try (var bench = GoldenBench.open(Path.of("../models"))) {
      assertThatThrownBy(() -> bench.answer(request("addition", /* prompts= */ null)))
          .isInstanceOf(WorkbenchException.class)
          .hasMessage(
              "events: expected texts, got none, and the model has no task of running text; give some of your own (--data FILE on the command line)");
    }
  }

  @Test
  void promptsThatAreGivenAreTakenWhole() {
    try (var bench = GoldenBench.open(Path.of("../models"))) {
      EventsResult result =
          bench.answer(request("microworld", List.of("The capital of Norway is", "Two and")));

      assertThat(result.examples()).isEqualTo(2);
    }
  }

  private static EventsRequest request(String model, @Nullable List<String> prompts) {
    return new EventsRequest(
        ModelChoice.of(model),
        /* data= */ null,
        prompts,
        /* examples= */ 20,
        /* threshold= */ null,
        /* groups= */ null,
        /* seed= */ 3L,
        /* interventions= */ null);
  }
}

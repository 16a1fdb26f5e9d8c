package io.lexiscope.workbench.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.tensor.testing.Assets;
import io.lexiscope.workbench.GoldenBench;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.DecodingOptions;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.generate.GenerateRequest;
import io.lexiscope.workbench.generate.GenerateResult;
import io.lexiscope.workbench.generate.StopReason;
import io.lexiscope.workbench.tokens.TokenSpan;
import io.lexiscope.workbench.tokens.TokenizeRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Prompts that are wrapped in a model's chat template, on the real model.
class PromptsTest {
  private static final ModelChoice MODEL = ModelChoice.of("smollm2-135m-gguf");

  private static GenerateResult generate(Prompt prompt, @Nullable Integer n) {
    try (Workbench bench = GoldenBench.open(Assets.require("models"))) {
      return bench.answer(
          new GenerateRequest(
              MODEL, prompt, n, DecodingOptions.greedy(), /* interventions= */ null));
    }
  }

  @Test
  void anAnswerInAChatEndsWhereTheModelEndsItAndSpecialTokensAreWrittenOut() {
    GenerateResult result =
        generate(Prompt.text("What is the capital of France?").inChat(/* told= */ null), 20);

    assertThat(result.prompt())
        .isEqualTo(
            "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n<|im_start|>user\nWhat is the capital of"
                + " France?<|im_end|>\n<|im_start|>assistant\n");
    assertThat(result.stopped()).isEqualTo(StopReason.END_OF_TEXT);
    assertThat(result.generated().getLast().text()).isEqualTo("<|im_end|>");
    assertThat(result.generated().getLast().special()).isTrue();
    assertThat(result.generated().getFirst().special()).isNull();
    assertThat(result.text())
        .startsWith(result.prompt())
        .contains("The capital of France is Paris.")
        .endsWith("<|im_end|>");
  }

  @Test
  void theTokensOfAChatAreThoseOfItsTextWithoutAnyMore() {
    try (Workbench bench = GoldenBench.open(Assets.require("models"))) {
      var wrapped =
          bench.answer(new TokenizeRequest(MODEL, Prompt.text("Hi").inChat(/* told= */ "S")));

      assertThat(wrapped.tokens().stream().map(TokenSpan::id).toList())
          .isEqualTo(
              List.of(1, 9690, 198, 67, 2, 198, 1, 4093, 198, 26843, 2, 198, 1, 520, 9531, 198));
    }
  }

  @Test
  void whatCannotBeWrappedIsRefused() {
    assertThatThrownBy(() -> generate(Prompt.tokens(List.of(1, 2)).inChat(null), 1))
        .hasMessageContaining("expected a text to wrap in a chat");
    assertThatThrownBy(
            () -> generate(new Prompt("a", /* tokens= */ null, /* chat= */ null, "b"), 1))
        .hasMessageContaining("add chat");
  }

  @Test
  void aModelWithoutATemplateSaysSo() {
    try (Workbench bench = GoldenBench.open(Assets.require("models"))) {
      var request =
          new TokenizeRequest(
              ModelChoice.of("stories260k"), Prompt.text("Hi").inChat(/* told= */ null));

      assertThatThrownBy(() -> bench.answer(request))
          .hasMessageContaining("expected a model with a chat template, got one without");
    }
  }
}

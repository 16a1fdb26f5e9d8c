package io.lexiscope.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.tensor.testing.Assets;
import io.lexiscope.workbench.ask.DecodingOptions;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.generate.GenerateRequest;
import io.lexiscope.workbench.job.GeneratedToken;
import io.lexiscope.workbench.lens.LensReadout;
import io.lexiscope.workbench.lens.LensRequest;
import io.lexiscope.workbench.lens.PlaceSelection;
import io.lexiscope.workbench.tokens.CompleteRequest;
import io.lexiscope.workbench.tokens.TokenSpan;
import io.lexiscope.workbench.tokens.TokenizeRequest;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Models with tokenizers, which are not part of the project.
class RealModelsTest {
  private static final String STORY = "Once upon a time there was a girl";

  private Workbench workbench;

  @BeforeEach
  void open() {
    workbench = GoldenBench.open(Assets.require("models"));
  }

  @AfterEach
  void close() {
    if (workbench != null) {
      workbench.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tinystories-656k",
        "stories260k",
        "babyllama-tok105",
        "inversionview-addition",
        "inversionview-counting"
      })
  void greedyContinuationsAreThoseOfTheReference(String model) {
    var golden =
        JsonMapper.shared().readTree(Assets.require("models/" + model + "/golden.json").toFile());
    for (var one : golden.get("cases")) {
      var prompt = one.get("prompt").stringValue();
      var greedy = one.get("greedy");

      var result =
          workbench.answer(
              new GenerateRequest(
                  ModelChoice.of(model),
                  Prompt.text(prompt),
                  greedy.size(),
                  DecodingOptions.greedy(),
                  /* interventions= */ null));

      assertThat(result.prompt()).isEqualTo(prompt);
      assertThat(result.generated().stream().map(GeneratedToken::id))
          .containsExactlyElementsOf(
              greedy.valueStream().map(id -> id.intValue()).collect(Collectors.toList()));
      var added =
          result.generated().stream().map(GeneratedToken::text).collect(Collectors.joining());
      assertThat(result.text()).endsWith(added);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {STORY, "  two  spaces", "é ✓ 😀 end"})
  void theSpansOfTokensCoverTheTextWhereTheTokenIsPartOfIt(String text) {
    var result =
        workbench.answer(new TokenizeRequest(ModelChoice.of("stories260k"), Prompt.text(text)));

    var length = text.codePointCount(0, text.length());
    var end = 0;
    for (var span : result.tokens()) {
      assertThat(span.start()).isLessThanOrEqualTo(span.end());
      assertThat(span.start()).isLessThanOrEqualTo(end);
      end = Math.max(end, span.end());
    }
    assertThat(end).isEqualTo(length);
    var ids = result.tokens().stream().map(TokenSpan::id).toList();
    var back =
        workbench.answer(new TokenizeRequest(ModelChoice.of("stories260k"), Prompt.tokens(ids)));
    assertThat(back.text().strip()).endsWith(text.strip());
  }

  @Test
  void aTargetIsCompletedFromTheVocabularyAndThenFollowed() {
    var choice = ModelChoice.of("tinystories-656k");
    var found = workbench.answer(new CompleteRequest(choice, "Lil", /* limit= */ 5));
    assertThat(found.completions().stream().map(TokenView::text))
        .isNotEmpty()
        .allSatisfy(text -> assertThat(text.strip()).startsWith("Lil"));
    var target = found.completions().getFirst();

    var lens =
        workbench.answer(
            new LensRequest(
                choice,
                Prompt.text(STORY),
                PlaceSelection.everything(),
                new LensReadout(
                    /* top= */ null,
                    /* bottom= */ null,
                    "#" + target.id(),
                    /* against= */ null,
                    /* convention= */ null,
                    /* raw= */ null),
                /* interventions= */ null));

    var read = Objects.requireNonNull(lens.target());
    assertThat(read.id()).isEqualTo(target.id());
    assertThat(read.text()).isEqualTo(target.text());
    assertThat(lens.readings())
        .allSatisfy(
            reading -> {
              var followed = Objects.requireNonNull(reading.target());
              assertThat(followed.rank()).isBetween(1, lens.vocabulary());
            });
  }
}

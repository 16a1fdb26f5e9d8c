package io.lexiscope.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.lens.LensReadout;
import io.lexiscope.workbench.lens.LensRequest;
import io.lexiscope.workbench.lens.PlaceSelection;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedRequestsTest {
  private final Workbench workbench = GoldenBench.open();

  @AfterEach
  void close() {
    workbench.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "lens | {} | text | expected a text or token ids, got neither",
        "lens | {'text':'a','tokens':[1]} | text | got both",
        "lens | {'text':''} | text | expected some text, got none",
        "lens | {'tokens':[]} | tokens | expected at least one token id",
        "lens | {'tokens':[1,512]} | tokens | expected token ids from 0 to 511, got 512 at position 1",
        "lens | {'tokens':[-1]} | tokens | got -1 at position 0",
        "lens | {'text':'a'} | text | tokenizer",
        "lens | {'tokens':[1],'at':'hook_nonsense'} | at | hook_nonsense",
        "lens | {'tokens':[1],'layers':[3]} | layers | expected layers from -3 to 2, got 3",
        "lens | {'tokens':[1],'positions':[1]} | positions | expected a position from -1 to 0, got 1",
        "lens | {'tokens':[1],'positions':[]} | positions | expected at least one position, got none",
        "compare | {'tokens':[1],'positions':[],'n':0,'interventions':[{'kind':'ablate','heads':['L0H0']}]} | positions | expected at least one position, got none",
        "lens | {'tokens':[1],'target':'#512'} | target | expected a token id from 0 to 511, got 512",
        "lens | {'tokens':[1],'top':-1} | top | got -1",
        "lens | {'tokens':[1],'at':'mlp.hook_post'} | neurons | expected neurons",
        "lens | {'tokens':[1],'at':'attn.hook_pattern'} | at | hook_pattern",
        "lens | {'tokens':[1],'interventions':[{'kind':'set','at':'hook_embed'}]} | interventions | a value or a vector, got neither",
        "lens | {'tokens':[1],'interventions':[{'kind':'set','at':'hook_embed','value':1,'head':2}]} | interventions | a head at",
        "lens | {'tokens':[1],'interventions':[{'kind':'add','at':'hook_embed','vector':[1]}]} | interventions | expected a vector of 64 numbers",
        "generate | {'tokens':[1],'n':-1} | n | got -1",
        "generate | {'tokens':[1],'temperature':-1} | temperature | temperature",
        "generate | {'tokens':[1],'temperature':0,'topK':3} | temperature | leave them out for greedy",
        "generate | {'tokens':[1],'earlyExit':'soon'} | earlyExit | early exit",
        "score | {'tokens':[1]} | text | at least 2 tokens",
        "score | {'tokens':[1,2],'window':1} | text | expected a window from 2",
        "score | {'tokens':[1,2],'stride':4096} | text | expected a stride",
        "activations | {'tokens':[1],'at':[],'output':'a.safetensors'} | at | at least one hook point",
        "activations | {'tokens':[1],'at':'hook_embed','output':'no/such/folder/a'} | output | a folder that exists",
        "parity | {'golden':'nothing.safetensors'} | model | nothing.safetensors",
        "parity | {'golden':'a\\u0000b'} | golden | characters no name has",
        "attribution | {'tokens':[1],'position':1} | position | got 1",
        "complete | {'prefix':'a','limit':0} | limit | got 0",
      })
  void whatCannotBeAnsweredIsOneLineWithItsField(
      String verb, String json, String field, String says) {
    var asks = workbench.features().named(verb).orElseThrow().asks();
    var request = ViewJson.read(json.replace('\'', '"'), asks);

    assertThatThrownBy(() -> workbench.answer(request))
        .hasMessageContaining(says)
        .hasMessageNotContaining("\n")
        .isInstanceOfSatisfying(
            WorkbenchException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ProblemKind.INVALID);
              assertThat(e.field()).isEqualTo(field);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "lens",
    "ffn",
    "attribution",
    "heads",
    "flow",
    "generate",
    "compare",
    "score",
    "neuron",
    "gradients",
    "activations"
  })
  void aPromptIsCheckedBeforeMeansAreTakenForIt(String verb) {
    String more =
        switch (verb) {
          case "attribution", "gradients" -> ",'target':'#1'";
          case "activations" -> ",'at':'hook_embed','output':'a.safetensors'";
          case "neuron" -> ",'neuron':'L0N1'";
          default -> "";
        };
    var request =
        ViewJson.read(
            "{'tokens':[1,512],'interventions':[{'kind':'mean','at':'blocks.0.hook_mlp_out'}]%s}"
                .formatted(more)
                .replace('\'', '"'),
            workbench.features().named(verb).orElseThrow().asks());

    assertThatThrownBy(() -> workbench.answer(request))
        .hasMessageContaining("expected token ids from 0 to 511, got 512");
  }

  @ParameterizedTest
  @CsvSource({"gpt2-a", "llama-a", "gpt-neo-a"})
  void aPromptLongerThanTheContextIsRefused(String model) {
    var prompt = GoldenBench.prompt(/* seed= */ 3, /* length= */ 5000);

    assertThatThrownBy(() -> workbench.answer(GoldenBench.lens(model, prompt)))
        .hasMessageContaining("the context of the model, got 5000; shorten the prompt");
  }

  @Test
  void moreReadingsThanAnyoneReadsAreRefusedBeforeTheFirst() {
    var neurons = Collections.nCopies(3000, 7);
    var request =
        new LensRequest(
            ModelChoice.of("gpt2-a"),
            GoldenBench.prompt(/* seed= */ 3, /* length= */ 24),
            new PlaceSelection(List.of("mlp.hook_post"), null, null, null, neurons),
            LensReadout.standard(),
            /* interventions= */ null);

    assertThatThrownBy(() -> workbench.answer(request))
        .hasMessage(
            "lens: expected at most 200,000 readings, got 216,000; ask for fewer places or positions");
  }

  @ParameterizedTest
  @CsvSource({"features, 100", "texts, '1,000'"})
  void moreListedForAnInversionThanAnyoneReadsIsRefused(String field, String most) {
    var request =
        ViewJson.read(
            "{\"tokens\":[1],\"%s\":[%s\"a\"]}".formatted(field, "\"a\",".repeat(20_000)),
            workbench.features().named("invert").orElseThrow().asks());

    assertThatThrownBy(() -> workbench.answer(request))
        .hasMessageContaining("invert: expected at most " + most)
        .hasMessageContaining("got 20,001");
  }

  @ParameterizedTest
  @CsvSource({"paraphrases", "neighbours"})
  void moreProbesOfAnEditThanAnyoneReadsAreRefusedBeforeTheSearch(String field) {
    var request =
        ViewJson.read(
            "{\"tokens\":[1],\"target\":\"#2\",\"%s\":[%s\"a\"]}"
                .formatted(field, "\"a\",".repeat(200)),
            workbench.features().named("edit").orElseThrow().asks());

    assertThatThrownBy(() -> workbench.answer(request))
        .hasMessageContaining("edit: expected at most 200 prompts in " + field + ", got 201");
  }

  @ParameterizedTest
  @CsvSource({"tokenize", "lens", "ffn"})
  void aTextThatNobodyCouldWaitForIsRefusedBeforeItIsCutUp(String verb) {
    var request =
        ViewJson.read(
            "{\"text\":\"" + "a".repeat(4 << 20) + "\"}",
            workbench.features().named(verb).orElseThrow().asks());

    assertThatThrownBy(() -> workbench.answer(request))
        .hasMessageContaining("expected a text of at most 262144 characters, got 4194304")
        .isInstanceOfSatisfying(
            WorkbenchException.class, e -> assertThat(e.problem().field()).isEqualTo("text"));
  }
}

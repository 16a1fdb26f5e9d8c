package io.lexiscope.workbench.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.workbench.generate.GenerateRequest;
import io.lexiscope.workbench.lens.LensReadout;
import io.lexiscope.workbench.lens.LensRequest;
import io.lexiscope.workbench.lens.PlaceSelection;
import io.lexiscope.workbench.train.NewResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewJsonTest {
  @Test
  void absentValuesAreLeftOutAndNumbersThatAreNotFiniteAreNull() {
    assertThat(ViewJson.write(new TokenReading(1, " a", Double.NaN, Double.NEGATIVE_INFINITY)))
        .isEqualTo("{\"id\":1,\"text\":\" a\",\"probability\":null,\"logit\":null}");
    assertThat(ViewJson.write(new NotFinite("place", /* layer= */ 3, /* position= */ null, 2)))
        .isEqualTo("{\"at\":\"place\",\"layer\":3,\"count\":2}");
  }

  @Test
  void aFloatHasTheDigitsOfAFloatAndADoubleThoseOfADouble() {
    assertThat(ViewJson.write(new TokenReading(1, "", (double) 0.1f, 0.1)))
        .contains("\"probability\":0.1,")
        .contains("\"logit\":0.1}");
    assertThat(ViewJson.write(new TokenReading(1, "", 1.0 / 3, 12)))
        .contains("\"probability\":0.3333333333333333,")
        .contains("\"logit\":12}");
  }

  @Test
  void aResultSaysItsFormAndWhatItDoesNotCaptureAndReadsBackWithoutBeingAsked() {
    var result = new NewResult("folder", "gpt2", /* parameters= */ 7, 28, /* seed= */ 1, "float32");

    var json = ViewJson.write(result);

    assertThat(json).endsWith(",\"method\":\"" + result.method() + "\",\"schemaVersion\":1}");
    assertThat(ViewJson.read(json, NewResult.class)).isEqualTo(result);
  }

  @Test
  void whatIsWrittenReadsBackAsItWas() {
    var request =
        new LensRequest(
            ModelChoice.of("m"),
            Prompt.tokens(List.of(1, 2)),
            PlaceSelection.at(List.of("hook_embed")),
            new LensReadout(
                3,
                /* bottom= */ null,
                " a",
                /* against= */ null,
                LensConvention.RAW,
                /* raw= */ null),
            List.of(
                InterventionSpec.at("place", InterventionKind.SCALE, 0.5),
                InterventionSpec.neurons(List.of("L0N1"), InterventionKind.ABLATE, null)));

    var json = ViewJson.write(request);

    assertThat(json)
        .startsWith("{\"model\":\"m\",\"tokens\":[1,2],\"at\":[\"hook_embed\"],\"top\":3");
    assertThat(ViewJson.read(json, LensRequest.class)).isEqualTo(request);
  }

  @Test
  void aResultWithNullNumbersReadsBackAsNotANumber() {
    var reading =
        ViewJson.read(
            "{\"id\":1,\"text\":\"\",\"probability\":null,\"logit\":2}", TokenReading.class);

    assertThat(reading.probability()).isNaN();
    assertThat(reading.logit()).isEqualTo(2);
  }

  @Test
  void aSingleValueIsAListOfOneAndPromptIsAnotherWordForText() {
    var request =
        ViewJson.read("{\"prompt\":\"a\",\"at\":\"hook_embed\",\"layers\":2}", LensRequest.class);

    assertThat(request.prompt().text()).isEqualTo("a");
    assertThat(request.selection().at()).containsExactly("hook_embed");
    assertThat(request.selection().layers()).containsExactly(2);
  }

  @Test
  void aWrongFieldIsNamedWithItsPlace() {
    assertThatThrownBy(() -> ViewJson.read("{\"top\":\"ten\"}", LensRequest.class))
        .hasMessage("read: expected a whole number in field top, got ten");
    assertThatThrownBy(() -> ViewJson.read("{\"convention\":\"warm\"}", LensRequest.class))
        .hasMessageContaining("one of finalNorm, raw, frozenScale in field convention, got warm");
    assertThatThrownBy(() -> ViewJson.read("{\"tokens\":[1,\"x\"]}", LensRequest.class))
        .hasMessageContaining("a whole number in field tokens[1], got x");
    assertThatThrownBy(() -> ViewJson.read("{\"topp\":1}", LensRequest.class))
        .hasMessageContaining("got topp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":true}",
        "{\"text\":5}",
        "{\"text\":\"a\",\"n\":\"3\"}",
        "{\"text\":\"a\",\"n\":3.5}",
        "{\"text\":\"a\",\"n\":true}",
        "{\"text\":\"a\",\"temperature\":\"0.5\"}",
        "{\"text\":\"a\",\"stopAtEnd\":\"true\"}",
        "{\"text\":\"a\",\"stopAtEnd\":1}",
        "{\"tokens\":[\"1\"]}",
        "{\"text\":\"a\",\"n\":\"\"}",
        "{\"text\":\"a\",\"n\":\" \"}",
        "{\"text\":\"a\",\"temperature\":\"\\u0000\"}",
        "{\"text\":\"a\",\"stopAtEnd\":\"\"}",
        "{\"tokens\":{\"a\":1}}",
        "{\"tokens\":\"\"}",
        "{\"text\":\"a\",\"interventions\":\"\"}",
        "{\"text\":\"a\",\"lateKeys\":1}",
        "{\"text\":\"a\",\"interventions\":[{\"kind\":0,\"heads\":[\"L0H0\"]}]}",
        "{\"text\":\"a\\ud800\"}",
        "{\"text\":\"a\",\"interventions\":[{\"kind\":\"ablate\",\"heads\":[\"L0H0\\udc00\"]}]}"
      })
  void aTextIsNoNumberAndANumberNoText(String json) {
    assertThatThrownBy(() -> ViewJson.read(json, GenerateRequest.class))
        .isInstanceOf(WorkbenchException.class)
        .hasMessageStartingWith("read: expected ");
  }
}

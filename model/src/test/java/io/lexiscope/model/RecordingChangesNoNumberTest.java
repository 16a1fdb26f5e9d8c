package io.lexiscope.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordingChangesNoNumberTest {
  private static final TokenIds PROMPT = TokenIds.of(3, 141, 59, 265, 35, 89, 79);

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void keepingAnyPointThatDoesNotSplitLeavesEveryBitAsItWas(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      float[] plain = last(model, Recording.nothing());
      HookPoint[] points =
          Arrays.stream(HookPoint.values())
              .filter(point -> point.existsIn(model.architecture()) && !point.splits())
              .toArray(HookPoint[]::new);

      assertThat(last(model, Recording.of(points))).isEqualTo(plain);
      for (HookPoint point : points) {
        assertThat(last(model, Recording.of(point))).as(point.toString()).isEqualTo(plain);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void aRunKeepsAtMostTheBytesThatItsRecordingPromises(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      for (HookPoint point : HookPoint.values()) {
        if (point.existsIn(model.architecture())) {
          Recording recording = Recording.of(point);
          try (Run run = model.run(PROMPT, recording);
              Run none = model.run(PROMPT, Recording.nothing())) {
            assertThat(run.bytes() - none.bytes())
                .as(point.toString())
                .isLessThanOrEqualTo(recording.bytes(model.architecture(), PROMPT.size()));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = GoldenModel.class,
      names = {"GPT2", "LLAMA"})
  void aLentRunHasTheSameNumbersAndEndsAlone(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(PROMPT, Recording.of(HookPoint.RESID_POST))) {
      var place = HookPoint.RESID_POST.at(1);
      float[] whole = run.activation(place).toFloats();
      try (Run lent = run.lend(model)) {
        assertThat(lent.activation(place).toFloats()).isEqualTo(whole);
        assertThat(lent.logits(-1).toFloats()).isEqualTo(run.logits(-1).toFloats());
      }
      assertThat(run.activation(place).toFloats()).isEqualTo(whole);
    }
  }

  private static float[] last(LanguageModel model, Recording recording) {
    try (Run run = model.run(PROMPT, recording)) {
      return run.last().toFloats();
    }
  }
}

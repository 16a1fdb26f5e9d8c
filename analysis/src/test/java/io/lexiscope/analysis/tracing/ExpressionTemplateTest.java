package io.lexiscope.analysis.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.tracing.ExpressionTemplate.Drawn;
import io.lexiscope.analysis.tracing.ExpressionTemplate.Frame;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpressionTemplateTest {
  private static final ExpressionTemplate PUBLISHED =
      new ExpressionTemplate("a-(b-c)", Frame.none(), 100, 999);

  @Test
  void everyNodeHasItsNameAndValue() {
    Drawn drawn = new Drawn(Map.of("a", 831L, "b", 644L, "c", 472L));

    assertThat(PUBLISHED.values()).containsExactly("a", "b", "c", "b-c", "a-(b-c)");
    assertThat(PUBLISHED.of(drawn)).containsExactly(831.0, 644.0, 472.0, 172.0, 659.0);
    assertThat(PUBLISHED.text(drawn)).isEqualTo("831-(644-472)");
  }

  @Test
  void aRewrittenNodeLeavesTheRestThatDoesNotFollowFromIt() {
    Drawn drawn = new Drawn(Map.of("a", 831L, "b", 644L, "c", 472L));

    Drawn other = PUBLISHED.with(drawn, "b-c", 100).orElseThrow();

    assertThat(PUBLISHED.of(other)).containsExactly(831.0, 572.0, 472.0, 100.0, 731.0);
    assertThat(PUBLISHED.with(drawn, "b-c", 900)).isEmpty();
  }

  @Test
  void theNextCharacterOfASignedAnswerIsItsSignThenItsDigits() {
    var frame = new Frame("B", "=", /* signed= */ true, /* given= */ 0);
    Drawn drawn = new Drawn(Map.of("a", 11L, "b", 90L, "c", 20L));
    var signs = new ExpressionTemplate("a-(b-c)", frame, 10, 99);
    var digits = new ExpressionTemplate("a-(b-c)", frame.given(1), 10, 99);

    assertThat(signs.text(drawn)).isEqualTo("B11-(90-20)=");
    assertThat(signs.of(drawn)).containsExactly(11.0, 90.0, 20.0, 70.0, -1.0, -59.0);
    assertThat(digits.text(drawn)).isEqualTo("B11-(90-20)=-");
    assertThat(digits.of(drawn)).containsExactly(11.0, 90.0, 20.0, 70.0, 5.0, -59.0);
  }

  @Test
  void drawnExpressionsLieInTheRangeAndRepeatBySeed() {
    List<Drawn> drawn = PUBLISHED.draw(50, 7);

    assertThat(drawn).isEqualTo(PUBLISHED.draw(50, 7)).isNotEqualTo(PUBLISHED.draw(50, 8));
    assertThat(drawn)
        .allSatisfy(one -> assertThat(one.operands().values()).allMatch(n -> n >= 100 && n <= 999));
  }

  @Test
  void aFormThatCannotBeReadIsRefused() {
    for (String form : List.of("a-(b-c", "a", "a-a", "a*b", "a-b-c", "")) {
      assertThatThrownBy(() -> new ExpressionTemplate(form, Frame.none(), 100, 999))
          .isInstanceOf(TracingException.class)
          .hasMessageContaining("expected operations on different letters");
    }
    assertThatThrownBy(() -> new ExpressionTemplate("a+b", Frame.none(), 10, 999))
        .hasMessageContaining("one number of digits");
  }
}

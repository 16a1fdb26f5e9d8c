package io.lexiscope.analysis.inversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexFeaturesTest {
  @Test
  void groupsAreFeaturesByTheirNames() {
    RegexFeatures features = RegexFeatures.of("B(?<first>\\d+)\\+(\\d+)");

    assertThat(features.names()).containsExactly("first", "group 2");
    assertThat(features.of("B615+861=", 0)).containsExactly("615", "861");
    assertThat(features.of("nothing", 0)).containsExactly("", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(.*a){30}", "(a|b)*c"})
  void anExpressionThatWouldGoOnForEverIsRefused(String expression) {
    RegexFeatures features = RegexFeatures.of(expression);

    assertThatThrownBy(() -> features.of("a".repeat(40_000) + "!", 0))
        .isInstanceOf(InversionException.class)
        .hasMessageStartingWith("feature: expected an expression that reads a text in 1,000,000");
  }
}

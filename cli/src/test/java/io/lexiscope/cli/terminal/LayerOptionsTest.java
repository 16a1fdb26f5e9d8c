package io.lexiscope.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class LayerOptionsTest {
  @Command
  private static final class Trial {
    @Mixin private final LayerOptions layers = new LayerOptions();
  }

  private static LayerOptions parsed(String... arguments) {
    Trial trial = new Trial();
    new CommandLine(trial).parseArgs(arguments);
    return trial.layers;
  }

  @Test
  void layersAreNamedOneByOneAndInRanges() {
    assertThat(parsed().layers()).isNull();
    assertThat(parsed("--layers", "3").layers()).isEqualTo(List.of(3));
    assertThat(parsed("--layers", "27-29,5").layers()).isEqualTo(List.of(27, 28, 29, 5));
    assertThat(parsed("--layers", "4-2").layers()).isEqualTo(List.of(2, 3, 4));
    assertThat(parsed("--layers", "-1,0").layers()).isEqualTo(List.of(-1, 0));
    assertThat(parsed("--layers", "1-2,2-3").layers()).isEqualTo(List.of(1, 2, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "3-", "--3", "1-2-3", "", "99999999999"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> parsed("--layers", text).layers())
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--layers: expected a layer such as 3 or -1, or a range")
        .hasMessageNotContaining("\n");
  }
}

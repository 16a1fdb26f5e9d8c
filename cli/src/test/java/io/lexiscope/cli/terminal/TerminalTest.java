package io.lexiscope.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.base.OneLine;
import io.lexiscope.cli.Main;
import io.lexiscope.workbench.job.Cancellation;
import io.lexiscope.workbench.job.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes to a terminal, to a file, and to nobody.
class TerminalTest {
  @TempDir private Path home;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void aResultThatIsNotTakenIsAFailure() {
    assertThat(models("No space left on device")).isEqualTo(1);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "lexiscope: write: expected to write the result to standard output, got No space left"
                + " on device; it is lost, write it where there is room\n");
  }

  @Test
  void aReaderThatHadEnoughIsNone() {
    assertThat(models("Broken pipe")).isZero();
    assertThat(said.size()).isZero();
  }

  @Test
  void helpThatIsNotTakenIsAFailureToo() {
    assertThat(run("No space left on device", "--help")).isEqualTo(1);
  }

  @Test
  void whatSteersATerminalIsShownAndNotSent() {
    String text = "a\u001b[31mb\u202Ec\u0007\u2066\u200F\td\ne – 🙂";

    assertThat(OneLine.printable(text))
        .isEqualTo("a\\u001b[31mb\\u202ec\\u0007\\u2066\\u200f\td\ne – 🙂");
    assertThat(Text.token("\u202Ex")).isEqualTo("\\u202ex");
  }

  @Test
  void withoutATerminalALineIsSaidEveryTenSeconds() {
    long[] now = {0};
    var line = new ProgressLine(terminal("unused"), /* silent= */ false, () -> now[0]);
    for (int second = 0; second <= 25; second++) {
      now[0] = second * 1_000_000_000L;
      line.progress(new Progress(second, 100L, "steps", /* etaSeconds= */ null));
    }

    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            ten -> assertThat(ten).contains("10/100 steps"),
            twenty -> assertThat(twenty).contains("20/100 steps"));
  }

  @Test
  void aProcessThatIsToldToStopWaitsForItsWork() throws InterruptedException {
    var cancellation = new Cancellation();
    Interruption watching = Interruption.watching(cancellation, Duration.ofSeconds(30));
    boolean removed = Runtime.getRuntime().removeShutdownHook(watching.hook());
    watching.hook().start();
    while (!cancellation.isCancelled()) {
      Thread.onSpinWait();
    }
    boolean waited = !watching.hook().join(Duration.ofMillis(50));
    watching.close();
    boolean ended = watching.hook().join(Duration.ofSeconds(20));

    assertThat(removed).isTrue();
    assertThat(waited).isTrue();
    assertThat(ended).isTrue();
  }

  private int models(String failure) {
    return run(failure, "models", "--json");
  }

  private int run(String failure, String... arguments) {
    var configuration =
        new CliConfiguration(
            home,
            home.resolve("page"),
            home.resolve("hub"),
            Map.of("LEXISCOPE_CACHE", home.resolve("cache").toString()));
    return Main.run(configuration, terminal(failure), arguments);
  }

  private Terminal terminal(String failure) {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException(failure);
          }
        };
    return new Terminal(
        new ResultStream(full),
        new PrintStream(said, /* autoFlush= */ true, StandardCharsets.UTF_8),
        /* interactive= */ false,
        /* columns= */ 100);
  }
}

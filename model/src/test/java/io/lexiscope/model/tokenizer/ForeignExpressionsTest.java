package io.lexiscope.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignExpressionsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(a|a)*b",
        "(\\w|\\d)+x",
        "(a)\\1",
        "(?=(a+)+b)a",
        "a{1000000}",
        "(a?){30}b"
      })
  void anExpressionThatMayNotEndIsRefusedInOneLine(String expression) throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), ForeignExpressions.document(expression));

    assertThatThrownBy(() -> Tokenizer.open(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageStartingWith("tokenizer: expected an expression in the pre_tokenizer")
        .hasMessageEndingWith("if you trust it")
        .hasMessageNotContaining(expression)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(a+)+$\"},\"content\":\"\"}",
        "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(a|a)*b\"},\"content\":\"\"}]}]}",
        "{\"type\":\"Replace\",\"pattern\":{\"String\":\"\"},\"content\":\"a\"}",
        "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"a*\"},\"content\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}",
      })
  void aNormaliserThatMayNotEndIsRefusedInOneLine(String normalizer) throws IOException {
    Files.writeString(
        folder.resolve("tokenizer.json"),
        ForeignExpressions.document("{\"type\":\"Whitespace\"}", normalizer));

    assertThatThrownBy(() -> Tokenizer.open(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageStartingWith("tokenizer: expected ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void replacementsThatDoubleTheTextAgainAndAgainAreRefused() throws IOException {
    String twice = "{\"type\":\"Replace\",\"pattern\":{\"String\":\"a\"},\"content\":\"aa\"}";
    String normalizer =
        "{\"type\":\"Sequence\",\"normalizers\":[%s]}"
            .formatted(String.join(",", Collections.nCopies(40, twice)));
    Files.writeString(
        folder.resolve("tokenizer.json"),
        ForeignExpressions.document("{\"type\":\"Whitespace\"}", normalizer));

    assertThatThrownBy(() -> Tokenizer.open(folder))
        .hasMessageContaining("at most 64 times as long");
  }

  @Test
  void aTextBeyondWhatAnExpressionReadsSoonIsRefusedAndAShorterOneRead() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer.json"), ForeignExpressions.document("\\s*[\\r\\n]+$|\\S"));

    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.encodeWithoutSpecial("a b").ids().size()).isEqualTo(3);
      assertThatThrownBy(() -> tokenizer.encode("\n".repeat(100_000)))
          .hasMessageStartingWith("encode: expected a text of at most ");
    }
  }

  /// Expressions of published tokenizers, on texts on which one that backtracks far would be given
  /// up.
  @Test
  void publishedExpressionsEnd() throws Exception {
    var output = run(KnownExpressions.all().sorted().toList(), 1 << 14);

    assertThat(output).last().asString().startsWith("worst ");
    assertThat(output).noneMatch(line -> line.startsWith("refused"));
    assertThat(Double.parseDouble(output.getLast().substring(6))).isLessThan(20);
  }

  /// Random ones that are let through, each on texts as long as they may be.
  @Test
  void expressionsThatAreLetThroughEnd() throws Exception {
    var random = new Random(5);
    var expressions = new ArrayList<String>();
    for (int i = 0; i < 16; i++) {
      expressions.add(expression(random, 3));
    }

    var output = run(expressions, 1 << 18);

    assertThat(output).last().asString().startsWith("worst ");
    assertThat(output.stream().filter(line -> line.startsWith("refused")).count())
        .isBetween(1L, 14L);
  }

  private static String expression(Random random, int depth) {
    String[] atoms = {
      "a", "b", "\\s", "\\w", "[^\\s\\p{L}]", "\\p{N}", "[\\r\\n]", ".", "\\p{Lu}", "'"
    };
    if (depth == 0) {
      return atoms[random.nextInt(atoms.length)];
    }
    String one = expression(random, depth - 1);
    String two = expression(random, depth - 1);
    return switch (random.nextInt(8)) {
      case 0 -> "(?:" + one + ")+";
      case 1 -> "(?:" + one + ")*" + two;
      case 2 -> "(?:" + one + "|" + two + ")";
      case 3 -> "(?:" + one + ")?" + two;
      case 4 -> one + two + "$";
      case 5 -> "(?:" + one + "){1,3}";
      case 6 -> one + "(?!" + two + ")";
      default -> one + two;
    };
  }

  private List<String> run(List<String> expressions, int longest) throws Exception {
    Path list = Files.write(folder.resolve("expressions.txt"), expressions);
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ForeignExpressions.class.getName(),
                list.toString(),
                Integer.toString(longest),
                /* kinds of texts */ "8")
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly();
    List<String> output = Files.readAllLines(out);
    assertThat(ended).as(String.join("\n", output)).isTrue();
    assertThat(process.exitValue()).as(String.join("\n", output)).isZero();
    return output;
  }
}

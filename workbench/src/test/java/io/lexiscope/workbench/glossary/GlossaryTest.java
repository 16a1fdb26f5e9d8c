package io.lexiscope.workbench.glossary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.workbench.GoldenBench;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlossaryTest {
  private static final Path PAGE =
      Path.of(System.getenv().getOrDefault("LEXISCOPE_REPOSITORY", ".."))
          .resolve("docs/glossary.md");

  private final Glossary glossary = Glossary.standard();

  @Test
  void everyTermHasASentenceAndMore() {
    assertThat(glossary.terms())
        .allSatisfy(
            term -> {
              assertThat(term.meaning()).endsWith(".").doesNotContain(". ").hasSizeBetween(15, 180);
              assertThat(term.more()).endsWith(".").hasSizeBetween(20, 600);
            });
    assertThat(glossary.terms())
        .extracting(term -> term.name().toLowerCase(Locale.ROOT))
        .isSortedAccordingTo(Comparator.naturalOrder());
  }

  /// The words that people met in the page and found explained nowhere.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "head",
        "attention",
        "MLP",
        "ablation",
        "edit",
        "value vector",
        "KL",
        "log odds",
        "perplexity",
        "saturation",
        "elimination",
        "cluster",
        "dominance",
        "account closes",
        "∅",
        "residual stream",
        "logit",
        "sink",
        "target",
        "hook point"
      })
  void wordsOfThePageAreExplained(String word) {
    assertThat(glossary.find(word)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "Value-Vectors, value vector",
    "' kl ', KL divergence",
    "value_words, value vector",
    "feed-forward, MLP",
    "heads, head",
    "attention heads, head"
  })
  void aTermIsFoundHoweverItIsWritten(String word, String name) {
    assertThat(glossary.find(word)).map(GlossaryTerm::name).contains(name);
  }

  @ParameterizedTest
  @CsvSource({
    "perplexety, perplexity",
    "residual, residual stream",
    "saturated, saturation",
    "headd, head"
  })
  void aSlipFindsTheTermsNearIt(String word, String name) {
    assertThat(glossary.find(word)).isEmpty();
    assertThat(glossary.near(word)).first().isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"kitten, sitting, 3", "'', abc, 3", "abc, '', 3", "same, same, 0", "ab, ba, 2"})
  void stepsAreThoseOfLevenshtein(String one, String other, int steps) {
    assertThat(Glossary.steps(one, other)).isEqualTo(steps);
  }

  @Test
  void anUnknownTermIsRefusedInOneLineWithThoseNearIt() {
    try (var workbench = GoldenBench.open()) {
      assertThatThrownBy(() -> workbench.answer(new ExplainRequest("perplexety")))
          .isInstanceOfSatisfying(
              WorkbenchException.class,
              refused -> {
                assertThat(refused.field()).isEqualTo("term");
                assertThat(refused)
                    .hasMessageStartingWith(
                        "explain: expected a term of the glossary, got perplexety; near it are perplexity, ");
              });
      assertThatThrownBy(() -> workbench.answer(new ExplainRequest("x".repeat(100_000))))
          .isInstanceOfSatisfying(
              WorkbenchException.class,
              refused -> assertThat(refused.problem().detail()).hasSizeLessThan(300));
    }
  }

  @Test
  void withoutATermAllAreGiven() {
    try (var workbench = GoldenBench.open()) {
      assertThat(workbench.answer(new ExplainRequest(/* term= */ null)).terms())
          .isEqualTo(glossary.terms());
    }
  }

  @Test
  void oneWordStandsForOneTerm() {
    var one = new GlossaryTerm("head", "A part.", "It looks.", List.of("eye"), /* see= */ null);
    var other = new GlossaryTerm("Eye", "A part.", "It looks.", /* also= */ null, /* see= */ null);
    var lost = new GlossaryTerm("ear", "A part.", "It hears.", /* also= */ null, List.of("sound"));

    assertThatThrownBy(() -> new Glossary(List.of(one, other)))
        .hasMessageContaining("got two for Eye");
    assertThatThrownBy(() -> new Glossary(List.of(lost))).hasMessageContaining("got sound at ear");
  }

  /// `-Dlexiscope.write` writes it anew.
  @Test
  void theDocumentHoldsTheSameTerms() throws IOException {
    if (Boolean.getBoolean("lexiscope.write")) {
      Files.writeString(PAGE, page(), UTF_8);
    }

    assertThat(PAGE).hasContent(page());
  }

  private String page() {
    var page =
        new StringBuilder(
            """
            # Glossary

            The terms that the page, the command line and these documents use. `lexiscope explain TERM` says the same, as does every question mark in the page; all three read
            `workbench/src/main/resources/io/lexiscope/workbench/glossary/glossary.json`, which this page is written from.
            """);
    for (var term : glossary.terms()) {
      page.append("\n## ").append(term.name()).append("\n\n");
      page.append("**").append(term.meaning()).append("** ").append(term.more()).append('\n');
      if (!term.others().isEmpty()) {
        page.append("\nAlso: ").append(String.join(", ", term.others())).append(".\n");
      }
      var see = term.see();
      if (see != null) {
        page.append("\nSee: ")
            .append(String.join(", ", see.stream().map(GlossaryTest::link).toList()))
            .append(".\n");
      }
    }
    return page.toString();
  }

  private static String link(String name) {
    var anchor = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\d -]", "").replace(' ', '-');
    return "[" + name + "](#" + anchor + ")";
  }
}

package io.lexiscope.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What documentation comments show compiles; the README's example is compiled and run by a test of
/// `library`.
class SnippetsTest {
  private final List<SourceFile> java =
      Repository.ofThisProject().ending(".java").stream().filter(SourceFile::isMainJava).toList();
  private final Snippets snippets = Snippets.of(java);

  @Test
  void everySnippetCompiles() {
    assertThat(java.stream().flatMap(file -> Snippets.in(file).stream())).hasSizeGreaterThan(15);
    assertThat(snippets.refused(java)).isEmpty();
  }

  @Test
  void aSnippetThatNamesWhatIsGoneIsReported() {
    var file =
        new SourceFile(
            "a/src/main/java/A.java",
            "/// Reads.\n///\n/// ```java\n/// run.logitsOf(-1);\n/// ```\n///\n/// ```text\n/// no Java\n/// ```\n");

    assertThat(snippets.refused(List.of(file)))
        .singleElement()
        .asString()
        .contains("A.java")
        .contains("logitsOf");
  }
}

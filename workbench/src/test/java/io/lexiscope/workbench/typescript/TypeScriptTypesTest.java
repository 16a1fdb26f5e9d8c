package io.lexiscope.workbench.typescript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.workbench.GoldenBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TypeScriptTypesTest {
  private static final Path REPOSITORY =
      Path.of(System.getenv().getOrDefault("LEXISCOPE_REPOSITORY", ".."));
  private static final Path TYPES = REPOSITORY.resolve("web/src/api/types.ts");

  @Test
  void theTypesOfThePageAreThoseOfTheViewRecords() throws IOException {
    String generated;
    try (var workbench = GoldenBench.open()) {
      generated = new TypeScript(new SourceDocs(REPOSITORY), workbench.features()).file();
    }
    if (Boolean.getBoolean("lexiscope.write")) {
      Files.createDirectories(TYPES.getParent());
      Files.writeString(TYPES, generated, UTF_8);
    }

    assertThat(TYPES)
        .as("web/src/api/types.ts; its first lines say how to write it anew")
        .hasContent(generated);
  }
}

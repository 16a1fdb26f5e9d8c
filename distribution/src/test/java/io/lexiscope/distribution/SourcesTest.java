package io.lexiscope.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path parts;

  @Test
  void theTermsThatHaveToBeReproducedAreAmongTheDocuments() throws IOException {
    Files.writeString(parts.resolve("THIRD-PARTY.md"), "parts");

    var items = new Sources(REPOSITORY, parts, parts).documents();

    assertThat(items)
        .extracting(Item::name)
        .contains("LICENSE", "NOTICE", "THIRD-PARTY.md", "licences/mkl/LICENSE.txt");
    var terms =
        items.stream().filter(item -> item.name().equals("licences/mkl/LICENSE.txt")).toList();
    assertThat(Files.readString(terms.getFirst().file()))
        .startsWith("Intel Simplified Software License")
        .contains("Redistributions must reproduce the above copyright notice");
    assertThat(Files.readString(REPOSITORY.resolve("NOTICE"))).contains("licences/mkl/LICENSE.txt");
  }
}

package io.lexiscope.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThirdPartyWorksTest {
  private static final String BOM =
      """
      {"components": [
        {"group": "org.bytedeco", "name": "mkl", "version": "2025.3-1.5.13", "purl": "pkg:maven/mkl",
         "licenses": [{"license": {"id": "Apache-2.0"}}, {"license": {"name": "Other"}}]},
        {"group": "io.lexiscope", "name": "lexiscope-hub", "version": "1", "purl": "pkg:maven/hub"},
        {"group": "a", "name": "b", "version": "2", "purl": "pkg:maven/b", "licenses": [{"expression": "MIT OR ISC"}]}]}
      """;

  @TempDir private Path folder;

  private ThirdPartyWorks parts(String bom) throws IOException {
    return new ThirdPartyWorks(Files.writeString(folder.resolve("bom.json"), bom));
  }

  @Test
  void theReportNamesEveryPartOfOthersWithItsLicence() throws IOException {
    parts(BOM).write(folder.resolve("out"));

    assertThat(folder.resolve("out/THIRD-PARTY.md"))
        .content()
        .contains("| org.bytedeco:mkl | 2025.3-1.5.13 | Apache-2.0 or Other |")
        .contains("| Intel oneAPI Math Kernel Library | 2025.3 | Intel Simplified")
        .contains("| a:b | 2 | MIT OR ISC |")
        .doesNotContain("lexiscope-hub");
    assertThat(folder.resolve("out/lexiscope.cdx.json")).content().contains("Kernel Library");
  }

  @Test
  void thePageBringsWhatItsPackagesNeed() throws IOException {
    for (var name :
        List.of(
            "svelte",
            "d3-scale",
            "d3-shape",
            "d3-path",
            "@fontsource-variable/inter",
            "@fontsource-variable/jetbrains-mono")) {
      var dependencies = name.equals("d3-shape") ? "{\"d3-path\": \"3\"}" : "{}";
      var file = folder.resolve("modules").resolve(name).resolve("package.json");
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          "{\"version\": \"3.1\", \"license\": \"ISC\", \"dependencies\": " + dependencies + "}");
    }
    var parts = parts(BOM);
    parts.addPage(folder.resolve("modules"));

    assertThat(parts.list())
        .contains(new ThirdPartyWork("d3-path", "3.1", List.of("ISC"), "pkg:npm/d3-path@3.1"));
  }

  @Test
  void aPartWithoutALicenceIsNotShipped() throws IOException {
    var parts = parts(BOM.replace("\"expression\": \"MIT OR ISC\"", ""));

    assertThatThrownBy(() -> parts.write(folder.resolve("out")))
        .isInstanceOf(DistributionException.class)
        .hasMessageContaining("got none of a:b");
  }
}

package io.lexiscope.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubCacheTest {
  @TempDir private Path folder;

  private Path model(String repository, String commit, String... references) throws IOException {
    var root = folder.resolve(repository);
    var blob = root.resolve("blobs").resolve("c".repeat(40));
    Files.createDirectories(blob.getParent());
    Files.writeString(blob, "{}");
    var snapshot = Files.createDirectories(root.resolve("snapshots").resolve(commit));
    Files.createSymbolicLink(
        snapshot.resolve("config.json"), Path.of("..", "..", "blobs", "c".repeat(40)));
    for (var reference : references) {
      var file = root.resolve("refs").resolve(reference);
      Files.createDirectories(file.getParent());
      Files.writeString(file, commit);
    }
    return snapshot;
  }

  @Test
  void aModelIsFoundByBranchTagAndCommit() throws IOException {
    var main = model("models--org--name", "a".repeat(40), "main");
    var tagged = model("models--org--name", "b".repeat(40), "v1.0", "refs/pr/3");
    var cache = new HubCache(folder);

    assertThat(cache.find("org/name", null)).contains(main);
    assertThat(cache.find("org/name", "main")).contains(main);
    assertThat(cache.find("org/name", "v1.0")).contains(tagged);
    assertThat(cache.find("org/name", "refs/pr/3")).contains(tagged);
    assertThat(cache.find("org/name", "b".repeat(40))).contains(tagged);
    assertThat(cache.find("org/name", "v2")).isEmpty();
    assertThat(cache.find("org/other", null)).isEmpty();
  }

  @Test
  void withoutAMainBranchTheOnlySnapshotIsMeant() throws IOException {
    var only = model("models--name", "a".repeat(40));

    assertThat(new HubCache(folder).find("name", null)).contains(only);

    model("models--name", "b".repeat(40));
    assertThat(new HubCache(folder).find("name", null)).isEmpty();
  }

  @Test
  void everyModelIsListedOnceForEachCommitThatHasAName() throws IOException {
    model("models--org--name", "a".repeat(40), "main", "v2");
    model("models--org--name", "b".repeat(40), "v1");
    model("models--gpt2", "a".repeat(40), "main");
    Files.createDirectories(folder.resolve("datasets--org--name").resolve("snapshots"));
    Files.createDirectories(folder.resolve("models--org--half").resolve("blobs"));

    assertThat(new HubCache(folder).list())
        .extracting(found -> found.name().written())
        .containsExactly("gpt2", "org/name", "org/name@v1");
  }

  @Test
  void aSnapshotWhoseBlobsAreGoneIsNoModel() throws IOException {
    model("models--org--name", "a".repeat(40), "main");
    Files.delete(folder.resolve("models--org--name/blobs").resolve("c".repeat(40)));

    assertThat(new HubCache(folder).find("org/name", null)).isEmpty();
    assertThat(new HubCache(folder).list()).isEmpty();
  }

  @Test
  void aCacheThatIsNotThereHasNoModels() {
    var cache = new HubCache(folder.resolve("nowhere"));

    assertThat(cache.list()).isEmpty();
    assertThat(cache.find("org/name", null)).isEmpty();
  }

  @Test
  void aReferenceCannotLeadOutOfTheSnapshots() throws IOException {
    model("models--org--name", "a".repeat(40));
    model("models--org--name", "b".repeat(40));
    Files.createDirectories(folder.resolve("models--org--name/refs"));
    Files.writeString(folder.resolve("models--org--name/refs/main"), "../../elsewhere");
    Files.createDirectories(folder.resolve("models--org--name/elsewhere"));
    Files.writeString(folder.resolve("models--org--name/elsewhere/config.json"), "{}");

    assertThat(new HubCache(folder).find("org/name", "main")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a/b/c",
        "../x",
        "a/..",
        "org/",
        "/name",
        "a--b",
        "a b",
        "a/b?c",
        "a@",
        "a@../b",
        "a@b..c",
        "a@/b",
        "a@.hidden",
        "a\nb",
        "a\\b",
        "a@b@c"
      })
  void aNameThatNoHubKnowsIsRefusedInOneLine(String written) {
    assertThat(HubName.parse(written)).isEmpty();
    assertThatThrownBy(() -> HubName.of(written, null))
        .isInstanceOf(HubException.class)
        .hasMessageStartingWith("hub: expected")
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "org/name", "org/name-1.5_B", "org/name@v1", "o/n@refs/pr/1"})
  void aNameIsWrittenAsItIsRead(String written) {
    assertThat(HubName.of(written, null).written()).isEqualTo(written);
  }

  @Test
  void twoDifferentRevisionsAreRefused() {
    assertThat(HubName.of("org/name@v1", "v1").revision()).isEqualTo("v1");
    assertThatThrownBy(() -> HubName.of("org/name@v1", "v2"))
        .isInstanceOf(HubException.class)
        .hasMessage("hub: expected one revision, got v1 and v2");
  }
}

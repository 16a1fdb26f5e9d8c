package io.lexiscope.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.hub.Pulled.PulledFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubPullTest {
  @TempDir private Path cache;

  private FakeHub fake;

  @BeforeEach
  void open() throws IOException {
    fake = new FakeHub();
  }

  @AfterEach
  void close() {
    fake.close();
  }

  private Pulled pull() {
    return fake.open(cache).pull(FakeHub.ID, /* revision= */ null, PullListener.NONE);
  }

  @Test
  void aPulledModelLiesInTheCacheAsPythonWouldPutIt() throws IOException {
    var folder = pull().folder();

    var repository = cache.resolve("models--acme--tiny");
    assertThat(folder).isEqualTo(repository.resolve("snapshots").resolve(FakeHub.COMMIT));
    assertThat(repository.resolve("refs").resolve("main")).hasContent(FakeHub.COMMIT);
    for (var file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
      var etag = fake.etag(file);
      assertThat(repository.resolve("blobs").resolve(etag)).hasBinaryContent(fake.content(file));
      assertThat(Files.readSymbolicLink(folder.resolve(file)))
          .isEqualTo(Path.of("..", "..", "blobs", etag));
    }
    try (var blobs = Files.list(repository.resolve("blobs"))) {
      assertThat(blobs).hasSize(3);
    }
  }

  @Test
  void onlyWhatOpensTheModelIsFetched() {
    for (var name :
        List.of("vocab.json", "merges.txt", "tokenizer_config.json", "generation_config.json")) {
      fake.put(name, "x" + name);
    }
    for (var name :
        List.of("model.onnx", "tf_model.h5", "training_args.bin", "adapter.safetensors")) {
      fake.put(name, "y" + name);
    }

    assertThat(pull().files())
        .extracting(PulledFile::name)
        .containsExactlyInAnyOrder(
            "model.safetensors",
            "config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "generation_config.json",
            "vocab.json",
            "merges.txt");
  }

  private Pulled pullFile(String file) {
    return fake.open(cache).pullFile(FakeHub.ID, /* revision= */ null, file, PullListener.NONE);
  }

  @Test
  void oneNamedGgufFileIsFetchedAloneCheckedAndNotTwice() {
    fake.files.clear();
    fake.put("tiny.Q4_1.gguf", "GGUF and more");
    fake.put("tiny.Q8_0.gguf", "GGUF and much more");

    var first = pullFile("tiny.Q4_1.gguf");
    var again = pullFile("tiny.Q4_1.gguf");

    assertThat(first.files()).extracting(PulledFile::name).containsExactly("tiny.Q4_1.gguf");
    assertThat(first.files().getFirst().checked()).isTrue();
    assertThat(first.folder().resolve("tiny.Q4_1.gguf")).hasContent("GGUF and more");
    assertThat(first.fetched()).isEqualTo(13);
    assertThat(again.fetched()).isZero();
    assertThat(new HubCache(cache).find(FakeHub.ID, /* revision= */ null)).contains(first.folder());
  }

  @Test
  void ofASplitFileAllPartsAreFetched() {
    fake.files.clear();
    fake.put("big-00001-of-00002.gguf", "GGUF one");
    fake.put("big-00002-of-00002.gguf", "GGUF two");
    fake.put("big-00001-of-00003.gguf", "another cut");

    assertThat(pullFile("big-00001-of-00002.gguf").files())
        .extracting(PulledFile::name)
        .containsExactly("big-00001-of-00002.gguf", "big-00002-of-00002.gguf");
  }

  @Test
  void aFileThatIsNotThereOrNoGgufIsRefused() {
    fake.put("tiny.Q8_0.gguf", "GGUF");

    assertThatThrownBy(() -> pullFile("tiny.Q4_1.gguf"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("such as tiny.Q8_0.gguf, got tiny.Q4_1.gguf");
    assertThatThrownBy(() -> pullFile("../config.json"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("expected the name of a GGUF file, got ../config.json");
  }

  @Test
  void theShardsThatAnIndexListsAreFetched() {
    fake.files.remove("model.safetensors");
    shards("part-1.safetensors", "part-2.safetensors");
    fake.files.put("part-3.safetensors", FakeHub.bytes(2_000));

    var pulled = pull();

    assertThat(pulled.folder().resolve("part-1.safetensors"))
        .hasBinaryContent(fake.content("part-1.safetensors"));
    assertThat(pulled.files())
        .extracting(PulledFile::name)
        .contains("part-1.safetensors", "part-2.safetensors", "model.safetensors.index.json")
        .doesNotContain("part-3.safetensors");
  }

  @Test
  void oneFileIsPreferredToShardsAsItIsWhenTheModelIsOpened() {
    shards("part-1.safetensors", "part-2.safetensors");

    assertThat(pull().files())
        .extracting(PulledFile::name)
        .containsExactlyInAnyOrder("config.json", "tokenizer.json", "model.safetensors");
  }

  @Test
  void anIndexThatListsAMissingShardIsRefused() {
    fake.files.remove("model.safetensors");
    shards("part-1.safetensors", "part-2.safetensors");
    fake.files.remove("part-2.safetensors");

    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("part-2.safetensors");
  }

  @Test
  void anIndexThatNamesAFileOutsideItsFolderIsRefused() {
    fake.files.remove("model.safetensors");
    fake.put("model.safetensors.index.json", "{\"weight_map\":{\"a\":\"../x.safetensors\"}}");

    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("../x.safetensors");
  }

  @Test
  void aModelWithPickledWeightsOnlyIsRefusedWithTheReason() {
    fake.files.remove("model.safetensors");

    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessage(
            "pull: expected model.safetensors, got only pytorch_model.bin in acme/tiny; choose a"
                + " revision or a model that has safetensors, or convert the weights");
    assertThat(new HubCache(cache).list()).isEmpty();
  }

  @Test
  void aRepositoryWithoutConfigurationIsRefused() {
    fake.files.remove("config.json");

    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageStartingWith("pull: expected config.json, got README.md, ");
  }

  @Test
  void aRevisionOfSeveralPartsIsNotedUnderItsName() {
    fake.revisions.put("refs/pr/1", FakeHub.OTHER_COMMIT);

    var pulled = fake.open(cache).pull(FakeHub.ID, "refs/pr/1", PullListener.NONE);

    assertThat(pulled.commit()).isEqualTo(FakeHub.OTHER_COMMIT);
    assertThat(cache.resolve("models--acme--tiny/refs/refs/pr/1")).hasContent(FakeHub.OTHER_COMMIT);
    assertThat(new HubCache(cache).find(FakeHub.ID, "refs/pr/1")).contains(pulled.folder());
  }

  @Test
  void aCommitNeedsNoNote() {
    var pulled = fake.open(cache).pull(FakeHub.ID + "@" + FakeHub.COMMIT, null, PullListener.NONE);

    assertThat(cache.resolve("models--acme--tiny/refs")).doesNotExist();
    assertThat(new HubCache(cache).find(FakeHub.ID, FakeHub.COMMIT)).contains(pulled.folder());
  }

  @Test
  void aSecondPullFetchesNothing() {
    pull();

    assertThat(pull().fetched()).isZero();
    assertThat(fake.bodiesOf("model.safetensors")).hasSize(1);
  }

  @Test
  void revisionsShareTheFilesThatAreTheSame() {
    fake.revisions.put("v2", FakeHub.OTHER_COMMIT);
    pull();

    var second = fake.open(cache).pull(FakeHub.ID, "v2", PullListener.NONE);

    assertThat(second.fetched()).isZero();
    assertThat(second.folder().resolve("model.safetensors"))
        .hasBinaryContent(fake.content("model.safetensors"));
  }

  @Test
  void theReportedBytesAreThoseThatCome() {
    var last = new long[2];
    var pulled =
        fake.open(cache)
            .pull(
                FakeHub.ID,
                null,
                (done, total) -> {
                  assertThat(done).isBetween(0L, total);
                  last[0] = done;
                  last[1] = total;
                });

    assertThat(last).containsExactly(pulled.bytes(), pulled.bytes());
    assertThat(pulled.fetched()).isEqualTo(pulled.bytes());
  }

  @Test
  void anEmptyFileIsAFileToo() {
    fake.put("merges.txt", "");

    assertThat(pull().folder().resolve("merges.txt")).isEmptyFile();
  }

  @Test
  void whereLinksAreImpossibleTheSnapshotHasCopies() throws IOException {
    SnapshotLinks.Way refused =
        (link, blob) -> {
          throw new IOException("A required privilege is not held by the client");
        };
    var hub =
        new Hub(
            fake.settings(cache),
            FakeHub.pace(Duration.ofSeconds(30)),
            SnapshotLinks.of(List.of(refused, refused, SnapshotLinks::copy)));

    var first = hub.pull(FakeHub.ID, null, PullListener.NONE);
    var second = hub.pull(FakeHub.ID, null, PullListener.NONE);

    var weights = first.folder().resolve("model.safetensors");
    assertThat(Files.isSymbolicLink(weights)).isFalse();
    assertThat(weights).hasBinaryContent(fake.content("model.safetensors"));
    assertThat(second.fetched()).isZero();
  }

  @Test
  void aBranchThatMovedOnIsFollowed() {
    pull();
    fake.revisions.put("main", FakeHub.OTHER_COMMIT);
    fake.put("config.json", "{\"model_type\":\"llama\"}");

    var moved = pull();

    assertThat(moved.folder()).endsWithRaw(Path.of("snapshots", FakeHub.OTHER_COMMIT));
    assertThat(new HubCache(cache).find(FakeHub.ID, null)).contains(moved.folder());
    assertThat(moved.fetched()).isEqualTo(fake.content("config.json").length);
  }

  private void shards(String... names) {
    var map = new TreeMap<String, String>();
    for (var name : names) {
      fake.files.put(name, FakeHub.bytes(3_000 + name.hashCode() % 100));
      map.put("\"tensor." + name + "\"", "\"" + name + "\"");
    }
    fake.put(
        "model.safetensors.index.json",
        "{\"metadata\":{},\"weight_map\":" + map.toString().replace('=', ':') + "}");
  }
}

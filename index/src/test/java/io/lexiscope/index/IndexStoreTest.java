package io.lexiscope.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.base.Journal;
import io.lexiscope.index.query.SearchQuery;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.text.TextStatistics;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Indexes that are built, damaged, cut off and asked for by several at once.
@SuppressWarnings("MustBeClosedChecker") // what is opened in vain has nothing to close
class IndexStoreTest {
  private static final String HASH = "00ff";
  private static final BuildOptions FEW = new BuildOptions(/* words= */ 4, /* corpus= */ null);

  @TempDir Path folder;

  @MustBeClosed
  private static LanguageModel model() {
    return VocabularyIndexTest.golden("gpt2-a");
  }

  private static List<String> names(Path folder) {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static int counted(IndexStore store, LanguageModel model) {
    AtomicInteger steps = new AtomicInteger();
    try (VocabularyIndex index =
        store.openOrBuild(
            model, HASH, FEW, BuildWatch.of((done, total, unit) -> steps.incrementAndGet()))) {
      assertThat(index.search(model, SearchQuery.parse("#3"), 5).hits()).hasSize(5);
    }
    return steps.get();
  }

  @Test
  void theSecondTimeNothingIsBuilt() {
    IndexStore store = new IndexStore(folder.resolve("deep/cache"));
    long live = TensorScope.liveTensors();
    try (LanguageModel model = model()) {
      assertThat(counted(store, model)).isPositive();
      assertThat(counted(store, model)).isZero();
      assertThat(names(store.folder())).containsExactly(HASH, HASH + ".lock");
    }
    assertThat(TensorScope.liveTensors()).isEqualTo(live);
  }

  @Test
  void firingRatesAreKeptBesideTheIndexAndMeasuredAnewOnOtherTexts() throws IOException {
    IndexStore store = new IndexStore(folder);
    Corpus first = new Corpus("first", List.of(TokenIds.of(1, 2, 3, 4), TokenIds.of(5, 6)));
    Corpus other = new Corpus("other", List.of(TokenIds.of(7, 8, 9)));
    try (LanguageModel model = model()) {
      assertThat(store.rates(model, HASH)).isEmpty();
      float rate = store.rates(model, HASH, first, BuildWatch.NONE).of(1, 5);
      AtomicInteger steps = new AtomicInteger();
      BuildWatch counting = BuildWatch.of((done, total, unit) -> steps.incrementAndGet());

      TextStatistics again = store.rates(model, HASH, first, counting);
      assertThat(steps).hasValue(0);
      assertThat(again.of(1, 5)).isEqualTo(rate);
      assertThat(again.source()).isEqualTo(store.rates(model, HASH).orElseThrow().source());
      assertThat(again.source().positions()).isEqualTo(6);

      assertThat(store.rates(model, HASH, other, counting).source().name()).isEqualTo("other");
      assertThat(steps).hasValue(1);
      cut(folder.resolve(HASH + ".rates"));
      assertThat(store.rates(model, HASH)).isEmpty();
      assertThat(store.rates(model, HASH, other, counting).source().positions()).isEqualTo(3);
      assertThat(names(folder)).containsExactly(HASH + ".rates");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"vectors cut off", "no vectors", "no words", "words cut off", "other", "empty"})
  void whatIsDamagedIsRefusedInOneLineAndBuiltAnew(String damage) throws IOException {
    IndexStore store = new IndexStore(folder);
    try (LanguageModel model = model()) {
      assertThat(counted(store, model)).isPositive();
      damage(store.of(HASH), damage);

      assertThatThrownBy(() -> VocabularyIndex.open(store.of(HASH), HASH).close())
          .isInstanceOf(IndexException.class)
          .hasMessageStartingWith("index: expected ")
          .hasMessageNotContaining("\n");
      assertThat(counted(store, model)).isPositive();
      assertThat(counted(store, model)).isZero();
      assertThat(names(folder)).containsExactly(HASH, HASH + ".lock");
    }
  }

  private static void damage(Path index, String damage) throws IOException {
    Path vectors = index.resolve(VocabularyIndex.VECTORS);
    Path words = index.resolve(VocabularyIndex.WORDS);
    switch (damage) {
      case "vectors cut off" -> cut(vectors);
      case "no vectors" -> Files.delete(vectors);
      case "words cut off" -> {
        for (String name : names(words)) {
          if (!name.equals("write.lock")) {
            cut(words.resolve(name));
          }
        }
      }
      case "no words" -> deleteAll(words);
      case "other" -> {
        deleteAll(words);
        Files.writeString(words.resolve("segments_1"), "something else");
      }
      default -> {
        deleteAll(words);
        Files.delete(vectors);
      }
    }
  }

  private static void cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
  }

  private static void deleteAll(Path folder) throws IOException {
    for (String name : names(folder)) {
      Files.delete(folder.resolve(name));
    }
  }

  @Test
  void anIndexOfOtherWeightsIsRefused() throws IOException {
    IndexStore store = new IndexStore(folder);
    try (LanguageModel model = model()) {
      assertThat(counted(store, model)).isPositive();
    }
    Files.move(store.of(HASH), store.of("abcd"));

    assertThatThrownBy(() -> VocabularyIndex.open(store.of("abcd"), "abcd").close())
        .hasMessage(
            "index: expected one of the weights abcd, got one of 00ff in " + store.of("abcd"));
    assertThat(store.open("abcd")).isEmpty();
  }

  @Test
  void cancellingLeavesNothingBehind() {
    IndexStore store = new IndexStore(folder);
    long live = TensorScope.liveTensors();
    try (LanguageModel model = model()) {
      assertThatThrownBy(
              () ->
                  store
                      .openOrBuild(
                          model,
                          HASH,
                          FEW,
                          BuildWatch.of(
                              (done, total, unit) -> {
                                throw new IllegalStateException("cancelled");
                              }))
                      .close())
          .hasMessage("cancelled");
    }
    assertThat(names(folder)).containsExactly(HASH + ".lock");
    assertThat(TensorScope.liveTensors()).isEqualTo(live);
  }

  @Test
  void aFullDiskIsSaidInOneLineAndLeavesTheOldIndex() {
    try (LanguageModel model = model()) {
      assertThat(counted(new IndexStore(folder), model)).isPositive();
      IndexStore full = new IndexStore(folder, path -> new FullDirectory(onDisk(path)));

      assertThatThrownBy(() -> full.build(model, HASH, FEW, BuildWatch.NONE).close())
          .isInstanceOf(IndexException.class)
          .hasMessage(
              "index: expected to write in "
                  + folder
                  + ", got No space left on device; make room there or give another cache folder");
      assertThat(names(folder)).containsExactly(HASH, HASH + ".lock");
      assertThat(counted(new IndexStore(folder), model)).isZero();
    }
  }

  private static FSDirectory onDisk(Path path) {
    try {
      return FSDirectory.open(path);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// A disk that has no room for the list of segments, the last thing written.
  private static final class FullDirectory extends FilterDirectory {
    FullDirectory(Directory in) {
      super(in);
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
      if (name.contains("segments")) {
        throw new IOException("No space left on device");
      }
      return super.createOutput(name, context);
    }
  }

  @Test
  void aCacheThatIsNoFolderIsSaidInOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "a file");
    try (LanguageModel model = model()) {
      assertThatThrownBy(
              () ->
                  new IndexStore(file.resolve("cache"))
                      .openOrBuild(model, HASH, FEW, BuildWatch.NONE)
                      .close())
          .isInstanceOf(IndexException.class)
          .hasMessageStartingWith("index: expected to write in " + file.resolve("cache"))
          .hasMessageEndingWith("; make room there or give another cache folder");
    }
  }

  @Test
  void leftoversOfProcessesThatDiedAreRemoved() throws IOException {
    Path left = Files.createDirectories(folder.resolve(HASH + ".building-1/lucene"));
    Files.writeString(left.resolve("segments_1"), "half");
    try (LanguageModel model = model()) {
      assertThat(counted(new IndexStore(folder), model)).isPositive();
    }
    assertThat(names(folder)).containsExactly(HASH, HASH + ".lock");
  }

  @Test
  void severalWhoWantTheSameIndexBuildItOnce() throws Exception {
    IndexStore store = new IndexStore(folder);
    try (LanguageModel model = model();
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Integer>> askers = new ArrayList<>();
      AtomicInteger builds = new AtomicInteger();
      for (int i = 0; i < 4; i++) {
        askers.add(
            () -> {
              try (VocabularyIndex index =
                  store.openOrBuild(
                      model,
                      HASH,
                      FEW,
                      BuildWatch.of(
                          (done, total, unit) -> {
                            if (unit.equals("vectors") && done == total) {
                              builds.incrementAndGet();
                            }
                          }))) {
                return index.search(model, SearchQuery.parse("#3"), 5).hits().size();
              }
            });
      }
      for (Future<Integer> answer : threads.invokeAll(askers)) {
        assertThat(answer.get()).isEqualTo(5);
      }
      assertThat(builds).hasValue(1);
    }
  }

  @Test
  void aBuildThatBreaksOffGoesOnAfterWhatItHadReadAndComesToTheSame() throws IOException {
    Corpus corpus =
        new Corpus("some", List.of(TokenIds.of(1, 2, 3, 4), TokenIds.of(5, 6), TokenIds.of(7, 8)));
    BuildOptions options = new BuildOptions(/* words= */ 4, corpus);
    Path file = folder.resolve("journal");
    long live = TensorScope.liveTensors();
    try (LanguageModel model = model()) {
      IndexStore whole = new IndexStore(folder.resolve("whole"));
      List<Long> steps = new ArrayList<>();
      whole
          .build(model, HASH, options, BuildWatch.of((done, total, unit) -> steps.add(done)))
          .close();
      // The rates that were measured whole are kept by the store, and not asked of the journal.
      int blocks = (int) steps.stream().filter(done -> done > corpus.positions()).count();
      assertThat(blocks).isGreaterThan(5);

      IndexStore broken = new IndexStore(folder.resolve("broken"));
      for (int most = 1; most <= blocks; most++) {
        int[] left = {most};
        BuildListener killed =
            (done, total, unit) -> {
              if (--left[0] == 0) {
                throw new IllegalStateException("killed");
              }
            };
        try (Journal journal = Journal.open(file, "this build")) {
          BuildWatch watch = new BuildWatch(killed, journal);
          assertThatThrownBy(() -> broken.build(model, HASH, options, watch).close())
              .hasMessage("killed");
          assertThat(journal.found()).isLessThanOrEqualTo(most);
        }
      }
      try (Journal journal = Journal.open(file, "this build")) {
        broken.build(model, HASH, options, new BuildWatch(BuildListener.NONE, journal)).close();
        assertThat(journal.found()).isEqualTo(blocks);
      }
      assertThat(broken.of(HASH).resolve(VocabularyIndex.VECTORS))
          .hasSameBinaryContentAs(whole.of(HASH).resolve(VocabularyIndex.VECTORS));
      assertThat(all(broken, model)).isEqualTo(all(whole, model));
    }
    assertThat(TensorScope.liveTensors()).isEqualTo(live);
  }

  /// Every vector of every kind with its words, norm and rate.
  private static List<SearchHits.Hit> all(IndexStore store, LanguageModel model) {
    try (VocabularyIndex index = store.open(HASH).orElseThrow()) {
      return index.search(model, SearchQuery.parse("#3 kind:any sign:both"), 10_000).hits();
    }
  }

  @Test
  void anIndexWithoutWordsIsRefused() {
    assertThatThrownBy(() -> new BuildOptions(0, /* corpus= */ null))
        .hasMessage("index: expected 1 or more words of each vector, got 0");
  }
}

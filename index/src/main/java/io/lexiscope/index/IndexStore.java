package io.lexiscope.index;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.base.OneLine;
import io.lexiscope.base.WholeFile;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.text.TextStatistics;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/// The indexes of all models: a folder for each, named by the hash of the weights, and beside it
/// the firing rates measured last.
///
/// A build writes beside the finished place and moves there in one step, so that an index is whole
/// or is not there. Processes that want to build the same index wait for each other.
///
/// ```java
/// IndexStore store = new IndexStore(cache);
/// try (VocabularyIndex index = store.openOrBuild(model, hash, BuildOptions.STANDARD, BuildWatch.NONE)) {
///   index.search(model, SearchQuery.parse("promotes:fire layer:2-4"), 10);
/// }
/// ```
///
/// @param folder where they are kept; made when the first is built
/// @param directories opens the folder of an index's words for writing
public record IndexStore(Path folder, Function<Path, Directory> directories) {
  private static final String UNFINISHED = ".building-";
  private static final String REPLACED = ".replaced-";
  private static final long LOCK_POLL_MILLIS = 100;

  /// A store in a folder.
  public IndexStore(Path folder) {
    this(folder, IndexStore::onDisk);
  }

  private static Directory onDisk(Path path) {
    try {
      return FSDirectory.open(path);
    } catch (IOException failed) {
      throw new IndexException(
          "index: expected to write %s, got %s".formatted(path, OneLine.of(failed)), failed);
    }
  }

  /// The folder of an index, there or not.
  public Path of(String weightHash) {
    return folder.resolve(weightHash);
  }

  /// The finished index of weights.
  ///
  /// @return nothing where there is none, or it is damaged or of another form
  @SuppressWarnings("MustBeClosedChecker") // the caller closes what is in it
  public Optional<VocabularyIndex> open(String weightHash) {
    Path place = of(weightHash);
    if (!Files.isDirectory(place)) {
      return Optional.empty();
    }
    try {
      return Optional.of(VocabularyIndex.open(place, weightHash));
    } catch (IndexException unusable) {
      return Optional.empty();
    }
  }

  /// The index of a model, built when there is none that can be used.
  ///
  /// @throws IndexException if it cannot be written
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  public VocabularyIndex openOrBuild(
      LanguageModel model, String weightHash, BuildOptions options, BuildWatch watch) {
    Optional<VocabularyIndex> known = open(weightHash);
    if (known.isPresent()) {
      return known.get();
    }
    return locked(
        weightHash,
        watch.listener(),
        () -> {
          Optional<VocabularyIndex> sinceBuilt = open(weightHash);
          return sinceBuilt.isPresent()
              ? sinceBuilt.get()
              : written(builder(model, weightHash, options, watch));
        });
  }

  /// Builds the index of a model, in the place of any there is.
  ///
  /// @throws IndexException if it cannot be written
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  public VocabularyIndex build(
      LanguageModel model, String weightHash, BuildOptions options, BuildWatch watch) {
    return locked(
        weightHash, watch.listener(), () -> written(builder(model, weightHash, options, watch)));
  }

  private IndexBuilder builder(
      LanguageModel model, String weightHash, BuildOptions options, BuildWatch watch)
      throws IOException {
    Corpus corpus = options.corpus();
    return new IndexBuilder(
        model,
        weightHash,
        options.words(),
        corpus == null ? null : measured(model, weightHash, corpus, watch),
        watch);
  }

  /// The firing rates of a model's neurons that were measured last, on whatever texts.
  ///
  /// @return nothing where there are none, or they are damaged
  public Optional<TextStatistics> rates(LanguageModel model, String weightHash) {
    Path file = ratesOf(weightHash);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      var architecture = model.architecture();
      return TextStatistics.read(in, architecture.layers(), architecture.dimensions().dMlp());
    } catch (IOException damaged) {
      return Optional.empty(); // measured anew, as a damaged index is built anew
    }
  }

  /// The firing rates on a corpus, measured where those at hand are on another.
  ///
  /// @throws IndexException if the corpus is empty or they cannot be written
  public TextStatistics rates(
      LanguageModel model, String weightHash, Corpus corpus, BuildWatch watch) {
    try {
      Files.createDirectories(folder);
      return measured(model, weightHash, corpus, watch);
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  private TextStatistics measured(
      LanguageModel model, String weightHash, Corpus corpus, BuildWatch watch) throws IOException {
    long total = corpus.positions();
    if (total == 0) {
      throw new IndexException(
          "index: expected a corpus with some text, got none in %s".formatted(corpus.name()));
    }
    var source = new TextStatistics.Source(corpus.name(), corpus.fingerprint(), total);
    Optional<TextStatistics> known = rates(model, weightHash);
    if (known.isPresent() && known.get().source().equals(source)) {
      return known.get();
    }
    TextStatistics fresh =
        TextStatistics.measure(
            model,
            corpus.texts(),
            source,
            new TextStatistics.Watch(
                done -> watch.listener().step(done, total, "positions"), watch.journal()));
    WholeFile.write(
        ratesOf(weightHash),
        part -> {
          try (DataOutputStream out =
              new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
            fresh.write(out);
          }
        });
    return fresh;
  }

  private Path ratesOf(String weightHash) {
    return folder.resolve(weightHash + ".rates");
  }

  private interface Body {
    VocabularyIndex run() throws IOException;
  }

  private VocabularyIndex locked(String weightHash, BuildListener listener, Body body) {
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(weightHash + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = lock(channel, listener)) {
        assert lock.isValid();
        return body.run();
      }
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  private IndexException unwritable(IOException failed) {
    return new IndexException(
        "index: expected to write in %s, got %s; make room there or give another cache folder"
            .formatted(folder, OneLine.of(failed)),
        failed);
  }

  private static FileLock lock(FileChannel channel, BuildListener listener) throws IOException {
    while (true) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      listener.step(0, 1, "builds by someone else");
      try {
        Thread.sleep(LOCK_POLL_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IndexException("index: the wait for another build was interrupted", interrupted);
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  private VocabularyIndex written(IndexBuilder builder) throws IOException {
    Path place = of(builder.weightHash());
    removeLeftovers(builder.weightHash());
    Path unfinished = beside(place, UNFINISHED);
    boolean done = false;
    try {
      Path words = Files.createDirectories(unfinished.resolve(VocabularyIndex.WORDS));
      try (Directory directory = directories.apply(words)) {
        builder.write(directory, unfinished.resolve(VocabularyIndex.VECTORS));
      }
      if (Files.exists(place)) {
        WholeFile.move(place, beside(place, REPLACED));
      }
      WholeFile.move(unfinished, place);
      done = true;
    } finally {
      if (!done) {
        delete(unfinished);
      }
    }
    removeLeftovers(builder.weightHash());
    return VocabularyIndex.open(place, builder.weightHash());
  }

  private static Path beside(Path place, String mark) {
    return place.resolveSibling(place.getFileName() + mark + UUID.randomUUID());
  }

  /// What a process that died left; the lock says that nobody is at it.
  private void removeLeftovers(String weightHash) throws IOException {
    List<Path> leftovers;
    try (var files = Files.list(folder)) {
      leftovers =
          files
              .filter(
                  file -> {
                    String name = file.getFileName().toString();
                    return name.startsWith(weightHash + UNFINISHED)
                        || name.startsWith(weightHash + REPLACED);
                  })
              .toList();
    }
    for (Path leftover : leftovers) {
      delete(leftover);
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    List<Path> deepestFirst;
    try (var files = Files.walk(tree)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}

package io.lexiscope.workbench.search;

import io.lexiscope.base.Digest;
import io.lexiscope.base.Journal;
import io.lexiscope.index.BuildListener;
import io.lexiscope.index.BuildOptions;
import io.lexiscope.index.BuildWatch;
import io.lexiscope.index.Corpus;
import io.lexiscope.index.IndexStore;
import io.lexiscope.index.SearchHits;
import io.lexiscope.index.VocabularyIndex;
import io.lexiscope.index.query.SearchQuery;
import io.lexiscope.model.text.TextStatistics;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.corpus.DefaultText;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.OpenModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Keeps indexes open between searches; an index that is not there is built.
public final class IndexShelf implements AutoCloseable {
  private static final int MOST_OPEN = 4;

  private final IndexStore store;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<String, VocabularyIndex> open = new LinkedHashMap<>();

  public IndexShelf(IndexStore store) {
    this.store = store;
  }

  /// Uses the index of a model, built first where there is none.
  ///
  /// @param user is given the index, and whether it was built just now
  <T> T use(OpenModel model, Work work, BiFunction<VocabularyIndex, Boolean, T> user) {
    return use(key(model, null), null, user, model, work);
  }

  /// Uses the index of a model with the firing rates on a text of somebody's own.
  ///
  /// @param corpus what the text was called
  /// @param user is given the index, and that it was not built just now
  /// @throws WorkbenchException of kind `invalid` where there is none: the text is not here
  <T> T use(
      OpenModel model, String corpus, Work work, BiFunction<VocabularyIndex, Boolean, T> user) {
    return use(key(model, corpus), corpus, user, model, work);
  }

  /// Builds the index of a model anew and uses it.
  ///
  /// @param corpus what a text of somebody's own is called; null for the text that a model has
  @SuppressWarnings("MustBeClosedChecker") // the shelf closes it
  <T> T rebuilt(
      OpenModel model,
      @Nullable String corpus,
      BuildOptions options,
      Work work,
      BiFunction<VocabularyIndex, Boolean, T> user) {
    String key = key(model, corpus);
    try (Journal journal = work.journal(journalKey(model))) {
      var watch = new BuildWatch(listener(work), journal);
      put(key, work.pass(() -> store.build(model.model(), key, options, watch)));
    }
    return use(key, corpus, (index, ignored) -> user.apply(index, true), model, work);
  }

  @SuppressWarnings("MustBeClosedChecker") // the shelf closes it
  private <T> T use(
      String key,
      @Nullable String corpus,
      BiFunction<VocabularyIndex, Boolean, T> user,
      OpenModel model,
      Work work) {
    boolean built = false;
    while (true) {
      lock.readLock().lock();
      try {
        VocabularyIndex known = open.get(key);
        if (known != null) {
          return user.apply(known, built);
        }
      } finally {
        lock.readLock().unlock();
      }
      if (corpus != null) {
        put(key, there(key, corpus));
        continue;
      }
      boolean[] steps = {false};
      VocabularyIndex opened;
      try (Journal journal = work.journal(journalKey(model))) {
        var watch =
            new BuildWatch(
                (done, total, unit) -> {
                  steps[0] = true;
                  listener(work).step(done, total, unit);
                },
                journal);
        var options = options(DefaultText.of(model.model()).corpus());
        opened = work.pass(() -> store.openOrBuild(model.model(), key, options, watch));
      }
      built = steps[0];
      warm(model, opened, work);
      put(key, opened);
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // the shelf closes it
  private VocabularyIndex there(String key, String corpus) {
    return store
        .open(key)
        .orElseThrow(
            () ->
                WorkbenchException.invalid(
                    "corpus",
                    "search: expected a text that the model is indexed with, got %s; build it with lexiscope index --corpus FILE, or leave the text out"
                        .formatted(corpus)));
  }

  /// What an index holds, with firing rates where there is a text.
  static BuildOptions options(@Nullable Corpus corpus) {
    return new BuildOptions(BuildOptions.STANDARD_WORDS, corpus);
  }

  /// What was measured on the text that a model has; null where there is none.
  public @Nullable TextStatistics statistics(OpenModel model, Work work) {
    String key = key(model, null);
    return store
        .rates(model.model(), key)
        .orElseGet(
            () -> {
              Corpus corpus = DefaultText.of(model.model()).corpus();
              return corpus == null
                  ? null
                  : work.pass(
                      () -> store.rates(model.model(), key, corpus, BuildWatch.of(listener(work))));
            });
  }

  /// Opening an index includes a search, so that no later one pays for what is loaded once.
  private static void warm(OpenModel model, VocabularyIndex index, Work work) {
    SearchHits hits =
        work.pass(() -> index.search(model.model(), SearchQuery.ofTokens(List.of(0)), 1));
    assert hits.searched() > 0;
  }

  private void put(String key, VocabularyIndex index) {
    lock.writeLock().lock();
    try {
      VocabularyIndex before = open.remove(key);
      if (before != null) {
        before.close();
      }
      while (open.size() >= MOST_OPEN) {
        String eldest = open.keySet().iterator().next();
        VocabularyIndex closing = open.remove(eldest);
        if (closing != null) {
          closing.close();
        }
      }
      open.put(key, index);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private static BuildListener listener(Work work) {
    return (done, total, unit) -> {
      work.progress(done, total, unit);
      work.letOthersPass();
    };
  }

  /// By the weights and what is laid over them, by the type they are taken in where it is not their
  /// own, and by the text: who measures on another leaves alone what others read.
  private static String key(OpenModel model, @Nullable String corpus) {
    String type = model.model().compute().typeName();
    String identity = model.identity().key();
    String weights = type.equals("float32") ? identity : identity + "-" + type;
    return corpus == null
        ? weights
        : weights + "-" + Digest.sha256().add(corpus).hex().substring(0, 16);
  }

  /// What the parts of a build depend on.
  private static String journalKey(OpenModel model) {
    return model.provenance(/* seed= */ null).toString();
  }

  static IndexView view(VocabularyIndex index, boolean built) {
    var manifest = index.manifest();
    boolean rates = manifest.corpus().present();
    return new IndexView(
        manifest.vectors(),
        manifest.words(),
        index.bytes(),
        built,
        rates ? manifest.corpus().name() : null,
        rates ? manifest.corpus().positions() : null);
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      List<VocabularyIndex> all = new ArrayList<>(open.values());
      open.clear();
      all.forEach(VocabularyIndex::close);
    } finally {
      lock.writeLock().unlock();
    }
  }
}

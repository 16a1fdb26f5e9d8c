package io.lexiscope.index;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.base.OneLine;
import io.lexiscope.index.SearchHits.Hit;
import io.lexiscope.index.SearchHits.WordScore;
import io.lexiscope.index.query.QueryException;
import io.lexiscope.index.query.Ranking;
import io.lexiscope.index.query.ResolvedWord;
import io.lexiscope.index.query.SearchQuery;
import io.lexiscope.index.query.WordForms;
import io.lexiscope.index.vector.Catalogue;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.place.VectorName;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.WeightLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/// An opened index: finds vectors by the words they promote or suppress, and by likeness.
public final class VocabularyIndex implements AutoCloseable {
  static final String WORDS = "lucene";
  static final String VECTORS = "vectors.f32";

  private final Path folder;
  private final IndexManifest manifest;
  private final DirectoryReader reader;
  private final VectorFile vectors;

  /// Lengths of all vectors.
  private final float[] norms;

  /// Firing rates of all vectors, NaN where there is none.
  private final float[] rates;

  /// Standard deviations of all vectors' scores over the vocabulary.
  private final float[] spreads;

  /// Vector scores that bound each vector's own words.
  private final VectorRanking.Edges edges;

  private VocabularyIndex(
      Path folder, IndexManifest manifest, DirectoryReader reader, VectorFile vectors)
      throws IOException {
    this.folder = folder;
    this.manifest = manifest;
    this.reader = reader;
    this.vectors = vectors;
    this.norms = floats(reader, IndexFields.NORM);
    this.rates = floats(reader, IndexFields.RATE);
    this.spreads = floats(reader, IndexFields.SPREAD);
    this.edges =
        new VectorRanking.Edges(
            over(floats(reader, IndexFields.HIGH), spreads),
            over(floats(reader, IndexFields.LOW), spreads));
  }

  /// Opens an index.
  ///
  /// @param folder as [IndexStore] made it
  /// @throws IndexException if it is damaged, unfinished, of another form or of other weights
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // the parts are closed by close()
  public static VocabularyIndex open(Path folder, String weightHash) {
    DirectoryReader reader = null;
    VectorFile vectors = null;
    try {
      LuceneLog.quieten();
      reader = DirectoryReader.open(FSDirectory.open(folder.resolve(WORDS)));
      IndexManifest manifest =
          IndexManifest.of(reader.getIndexCommit().getUserData())
              .orElseThrow(
                  () ->
                      new IndexException(
                          "index: expected the form %s, got another in %s"
                              .formatted(IndexManifest.FORMAT, folder)));
      if (!manifest.weightHash().equals(weightHash)) {
        throw new IndexException(
            "index: expected one of the weights %s, got one of %s in %s"
                .formatted(shortened(weightHash), shortened(manifest.weightHash()), folder));
      }
      if (reader.maxDoc() != manifest.vectors()) {
        throw new IndexException(
            "index: expected %d vectors, got %d in %s"
                .formatted(manifest.vectors(), reader.maxDoc(), folder));
      }
      vectors = VectorFile.open(folder.resolve(VECTORS), manifest.vectors(), manifest.width());
      VocabularyIndex index = new VocabularyIndex(folder, manifest, reader, vectors);
      index.warm();
      return index;
    } catch (IOException | RuntimeException damaged) {
      closeQuietly(reader, damaged);
      if (vectors != null) {
        vectors.close();
      }
      if (damaged instanceof IndexException known) {
        throw known;
      }
      throw new IndexException(
          "index: expected an index in %s, got one that is damaged; build it anew with lexiscope index"
              .formatted(folder),
          damaged);
    }
  }

  private static void closeQuietly(@Nullable DirectoryReader reader, Exception because) {
    if (reader != null) {
      try {
        reader.close();
        reader.directory().close();
      } catch (IOException alsoFailed) {
        because.addSuppressed(alsoFailed);
      }
    }
  }

  private static String shortened(String hash) {
    return hash.substring(0, Math.min(12, hash.length()));
  }

  private static float[] floats(DirectoryReader reader, String field) throws IOException {
    float[] values = new float[reader.maxDoc()];
    for (LeafReaderContext leaf : reader.leaves()) {
      NumericDocValues stored = leaf.reader().getNumericDocValues(field);
      if (stored == null) {
        throw new IndexException("index: expected the field %s, got none".formatted(field));
      }
      while (stored.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        values[leaf.docBase + stored.docID()] = Float.intBitsToFloat((int) stored.longValue());
      }
    }
    return values;
  }

  /// Reads once what every search reads, so that the first is as quick as those after it.
  private void warm() throws IOException {
    TensorScope.tidyRun(() -> products(vectors.rows().narrow(0, 0, 1)));
    matching(IndexFields.query(SearchQuery.ofTokens(List.of(0)).filters(), List.of()));
    words(manifest.vectors() - 1);
  }

  /// What it is of.
  public IndexManifest manifest() {
    return manifest;
  }

  /// Where it is.
  public Path folder() {
    return folder;
  }

  /// Bytes on disk.
  public long bytes() {
    try (var files = Files.walk(folder)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    } catch (IOException failed) {
      throw new IndexException(
          "index: expected readable files, got %s in %s".formatted(OneLine.of(failed), folder),
          failed);
    }
  }

  /// Searches.
  ///
  /// @param model the model the index is of
  /// @param limit most hits
  /// @throws QueryException if the query asks for what the model or the index does not have
  public SearchHits search(LanguageModel model, SearchQuery query, int limit) {
    long start = System.nanoTime();
    if (limit < 1) {
      throw new QueryException("search: expected 1 or more hits, got " + limit);
    }
    Catalogue catalogue = Catalogue.of(model);
    requireAnswerable(query, catalogue, model);
    List<ResolvedWord> words =
        query.conditions().stream().map(condition -> WordForms.of(model, condition)).toList();
    List<ResolvedWord> among =
        query.filters().among().stream().map(condition -> WordForms.of(model, condition)).toList();
    try {
      FixedBitSet allowed = matching(IndexFields.query(query.filters(), among));
      VectorName like = query.like();
      int likeNumber = like == null ? -1 : number(catalogue, like);
      if (likeNumber >= 0) {
        allowed.clear(likeNumber);
      }
      boolean raw = query.ranking().by() == Ranking.By.RAW;
      VectorRanking scoring =
          new VectorRanking(
              query,
              words,
              words.stream().map(word -> scores(model, word, raw)).toList(),
              likeNumber < 0 ? null : cosines(likeNumber),
              raw ? null : edges);
      List<VectorRanking.Ranked> best = scoring.best(allowed, limit);
      List<Hit> hits = new ArrayList<>();
      List<List<WordScore>> scored =
          new HitWords(model, vectors, words).of(best, scoring, this::words);
      int farther = 0;
      for (int i = 0; i < best.size(); i++) {
        boolean own =
            raw
                || query.ranking().weaker()
                || scored.get(i).stream().allMatch(word -> word.rank() <= Ranking.OWN_WORDS);
        if (own) {
          hits.add(hit(catalogue, best.get(i), scored.get(i)));
        } else {
          farther++;
        }
      }
      return new SearchHits(
          hits,
          words,
          allowed.cardinality(),
          query.ranking().weaker() ? 0 : scoring.weaker() + farther,
          System.nanoTime() - start);
    } catch (IOException failed) {
      throw new IndexException(
          "search: expected a readable index, got %s in %s; delete the folder to have it built anew"
              .formatted(OneLine.of(failed), folder),
          failed);
    }
  }

  private void requireAnswerable(SearchQuery query, Catalogue catalogue, LanguageModel model) {
    boolean gated = model.architecture().block().mlp() instanceof Mlp.Gated;
    if (query.filters().rate() != null && gated) {
      throw new QueryException(
          "search: expected a plain MLP for rate:, got a gated one, whose neurons act where the gate is shut, too; leave it out, and see on a neuron's card what it usually does");
    }
    if (query.filters().rate() != null && !manifest.corpus().present()) {
      throw new QueryException(
          "search: expected an index with firing rates for rate:, got one without; build it with a corpus (index --corpus FILE)");
    }
    int layers = catalogue.shape().layers();
    for (var range : query.filters().layers()) {
      if (range.from() >= layers) {
        throw new QueryException(
            "search: expected layers from 0 to %d, got layer:%d"
                .formatted(layers - 1, range.from()));
      }
    }
  }

  private static int number(Catalogue catalogue, VectorName name) {
    OptionalInt number = catalogue.number(name);
    return number.orElseThrow(
        () -> {
          Catalogue.Shape shape = catalogue.shape();
          return new QueryException(
              "search: expected a vector of the model (%d layers of %d neurons and %d heads with %d directions each), got %s"
                  .formatted(
                      shape.layers(), shape.neurons(), shape.heads(), shape.directions(), name));
        });
  }

  private FixedBitSet matching(Query query) throws IOException {
    FixedBitSet matching = new FixedBitSet(reader.maxDoc());
    IndexSearcher searcher = new IndexSearcher(reader);
    Weight weight =
        searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1f);
    for (LeafReaderContext leaf : reader.leaves()) {
      Scorer scorer = weight.scorer(leaf);
      if (scorer != null) {
        DocIdSetIterator found = scorer.iterator();
        while (found.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
          matching.set(leaf.docBase + found.docID());
        }
      }
    }
    return matching;
  }

  /// The scores of all vectors for each form of a word.
  ///
  /// @param raw products as they are, rather than vector scores
  private List<float[]> scores(LanguageModel model, ResolvedWord word, boolean raw) {
    return TensorScope.tidy(
        () -> {
          List<float[]> products = products(HitWords.directions(model, word, raw));
          return raw ? products : products.stream().map(row -> over(row, spreads)).toList();
        });
  }

  /// Numbers by numbers; what has no spread has no score.
  private static float[] over(float[] numbers, float[] divisors) {
    float[] quotients = new float[numbers.length];
    for (int i = 0; i < quotients.length; i++) {
      quotients[i] = divisors[i] == 0 ? 0 : numbers[i] / divisors[i];
    }
    return quotients;
  }

  /// @param directions [count, width]
  /// @return for each direction the products of all vectors with it
  private List<float[]> products(Tensor directions) {
    Tensor products = Nn.linear(directions, vectors.rows(), /* bias= */ null, WeightLayout.OUT_IN);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < directions.size(0); i++) {
      rows.add(products.select(0, i).toFloats());
    }
    return rows;
  }

  private float[] cosines(int number) {
    float[] cosines =
        TensorScope.tidy(() -> products(vectors.rows().narrow(0, number, 1)).getFirst());
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = (float) (cosines[i] / ((double) norms[i] * norms[number]));
    }
    return cosines;
  }

  private Hit hit(Catalogue catalogue, VectorRanking.Ranked ranked, List<WordScore> scored)
      throws IOException {
    int number = ranked.number();
    float rate = rates[number];
    return new Hit(
        catalogue.name(number),
        ranked.score(),
        scored,
        new SearchHits.Measures(norms[number], Float.isNaN(rate) ? null : rate),
        words(number));
  }

  /// The words a vector promotes and suppresses most.
  private SearchHits.Words words(int number) throws IOException {
    BytesRef stored =
        Objects.requireNonNull(
            reader.storedFields().document(number).getBinaryValue(IndexFields.ENTRY));
    VectorEntry entry =
        VectorEntry.read(ByteBuffer.wrap(stored.bytes, stored.offset, stored.length));
    if (entry.number() != number) {
      throw new IOException("vector " + entry.number() + " in the place of " + number);
    }
    return new SearchHits.Words(entry.logSumExp(), spreads[number], entry.top(), entry.bottom());
  }

  /// Unmaps the files.
  @Override
  public void close() {
    try {
      reader.close();
      reader.directory().close();
    } catch (IOException failed) {
      throw new IndexException(
          "index: expected to close %s, got %s".formatted(folder, OneLine.of(failed)), failed);
    } finally {
      vectors.close();
    }
  }
}

package io.lexiscope.index;

import io.lexiscope.index.SearchHits.OwnWord;
import io.lexiscope.index.query.Ranking;
import io.lexiscope.index.vector.Catalogue;
import io.lexiscope.index.vector.CatalogueVectors;
import io.lexiscope.index.vector.VectorKind;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.place.VectorName;
import io.lexiscope.model.reading.CentredUnembedding;
import io.lexiscope.model.reading.VectorReader;
import io.lexiscope.model.text.TextStatistics;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.VocabularyReading;
import io.lexiscope.tensor.VocabularyReading.TokenLogit;
import io.lexiscope.tensor.VocabularyReadout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/// Writes an index.
///
/// @param model whose vectors
/// @param weightHash SHA-256 of its weights
/// @param words how many of the strongest, and of the weakest, words are kept of each vector
/// @param rates of the neurons, or null for none
/// @param watch hears how far it is, and keeps what is read
record IndexBuilder(
    LanguageModel model,
    String weightHash,
    int words,
    @Nullable TextStatistics rates,
    BuildWatch watch) {
  /// Vectors read at a time: enough for the product to run at the speed of the machine.
  private static final int ROWS = 1024;

  private static final double BUFFER_MEGABYTES = 64;

  /// Writes into an empty folder. Whatever fails, the caller owns what is in it.
  ///
  /// @param directory where the words go
  /// @param vectors a file that is not there yet
  void write(Directory directory, Path vectors) throws IOException {
    if (!model.transformer().hasUnembedding()) {
      throw new IndexException(
          "index: expected a model with an unembedding, got family %s without a language head"
              .formatted(model.architecture().family()));
    }
    LuceneLog.quieten();
    CatalogueVectors all = CatalogueVectors.of(model);
    Catalogue catalogue = all.catalogue();
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setRAMBufferSizeMB(BUFFER_MEGABYTES)
            .setMergePolicy(new LogDocMergePolicy()) // keeps documents in their order
            .setMergeScheduler(new SerialMergeScheduler())
            .setUseCompoundFile(false)
            .setCommitOnClose(false);
    try (FileChannel file =
            FileChannel.open(vectors, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        IndexWriter writer = new IndexWriter(directory, config)) {
      Reader reader = new Reader(catalogue, file, writer);
      all.forEach(ROWS, reader::accept);
      writer.setLiveCommitData(manifest(catalogue).toMap().entrySet());
      writer.forceMerge(1);
      writer.commit();
      file.force(/* metaData= */ true);
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  private IndexManifest manifest(Catalogue catalogue) {
    return new IndexManifest(
        weightHash,
        catalogue.size(),
        model.architecture().dModel(),
        words,
        rates == null
            ? IndexManifest.CorpusMark.NONE
            : new IndexManifest.CorpusMark(rates.source().name(), rates.source().positions()));
  }

  /// Reads blocks of vectors and writes them down.
  private final class Reader {
    private final Catalogue catalogue;
    private final FileChannel file;
    private final IndexWriter writer;
    private final VectorReader words;
    private final VocabularyReadout.Request request;

    Reader(Catalogue catalogue, FileChannel file, IndexWriter writer) {
      this.catalogue = catalogue;
      this.file = file;
      this.writer = writer;
      this.words = model.reader();
      int most = Math.max(IndexBuilder.this.words, Ranking.OWN_WORDS);
      this.request = new VocabularyReadout.Request(most, most, List.of());
    }

    void accept(CatalogueVectors.Block block) {
      boolean heads = VectorKind.of(catalogue.name(block.first())) == VectorKind.HEAD;
      ReadVectors read =
          watch.journal().part(ReadVectors.FORM, () -> heads ? ofHeads(block) : ofWeights(block));
      try {
        VectorFile.append(file, heads ? read.rows() : block.rows().get());
        for (int i = 0; i < block.count(); i++) {
          VectorName name = catalogue.name(block.first() + i);
          writer.addDocument(
              IndexFields.document(name, read.norm(i), rate(name), read.scale(i), read.entry(i)));
        }
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      watch.listener().step(block.first() + block.count(), catalogue.size(), "vectors");
    }

    private ReadVectors ofWeights(CatalogueVectors.Block block) {
      Tensor rows = block.rows().get();
      return new ReadVectors(vectors(block, rows, read(rows)), /* kept= */ null);
    }

    private ReadVectors ofHeads(CatalogueVectors.Block block) {
      Tensor found = block.rows().get();
      List<Read> readings = new ArrayList<>(read(found));
      Tensor rows = turn(found, readings);
      return new ReadVectors(vectors(block, rows, readings), rows.toFloats());
    }

    private List<ReadVectors.Vector> vectors(
        CatalogueVectors.Block block, Tensor rows, List<Read> readings) {
      float[] norms = rows.norm(-1, /* keepAxis= */ false).toFloats();
      return IntStream.range(0, readings.size())
          .mapToObj(
              i ->
                  new ReadVectors.Vector(
                      norms[i],
                      readings.get(i).scale(),
                      readings.get(i).entry(block.first() + i, words, IndexBuilder.this.words)))
          .toList();
    }

    /// Of a plain MLP's neurons; a gated one acts where its gate is shut, too.
    private float rate(VectorName name) {
      boolean gated = model.architecture().block().mlp() instanceof Mlp.Gated;
      return rates != null && !gated && name instanceof NeuronName neuron
          ? rates.of(neuron)
          : Float.NaN;
    }

    private List<Read> read(Tensor rows) {
      return TensorScope.tidy(
          () -> {
            CentredUnembedding unembedding = words.unembedding();
            Tensor folded = unembedding.fold(rows);
            List<VocabularyReading> found =
                VocabularyReadout.read(folded, unembedding.linear(), request);
            double[] means = unembedding.means(folded);
            double[] spreads = unembedding.spreads(folded);
            List<Read> read = new ArrayList<>(found.size());
            for (int i = 0; i < means.length; i++) {
              read.add(new Read(found.get(i), means[i], (float) spreads[i]));
            }
            return read;
          });
    }

    /// Turns round the directions that suppress some word more than they promote any.
    private Tensor turn(Tensor rows, List<Read> readings) {
      float[] signs = new float[readings.size()];
      List<Integer> turned = new ArrayList<>();
      for (int i = 0; i < signs.length; i++) {
        boolean wrong = readings.get(i).suppressesMore();
        signs[i] = wrong ? -1 : 1;
        if (wrong) {
          turned.add(i);
        }
      }
      if (turned.isEmpty()) {
        return rows;
      }
      Tensor signed = rows.mul(Tensors.of(signs).unsqueeze(1));
      long[] indices = turned.stream().mapToLong(Integer::longValue).toArray();
      List<Read> again = read(signed.indexSelect(0, Tensors.ofLongs(indices)));
      for (int i = 0; i < indices.length; i++) {
        readings.set(turned.get(i), again.get(i));
      }
      return signed;
    }
  }

  /// The scores of a vector over the vocabulary.
  ///
  /// @param mean what the mean word gets
  private record Read(VocabularyReading reading, double mean, float spread) {

    boolean suppressesMore() {
      return !reading.top().isEmpty()
          && mean - reading.bottom().getFirst().logit() > reading.top().getFirst().logit() - mean;
    }

    IndexFields.Scale scale() {
      return new IndexFields.Scale(spread, edge(reading.top()), edge(reading.bottom()));
    }

    private float edge(List<TokenLogit> list) {
      int last = Math.min(list.size(), Ranking.OWN_WORDS) - 1;
      return (float) (list.get(last).logit() - mean);
    }

    /// @param most how many words of each end are kept
    VectorEntry entry(int number, VectorReader words, int most) {
      return new VectorEntry(
          number,
          (float) (reading.logSumExp() - mean),
          own(reading.top(), words, most),
          own(reading.bottom(), words, most));
    }

    private List<OwnWord> own(List<TokenLogit> list, VectorReader words, int most) {
      return IntStream.range(0, list.size())
          .filter(i -> !words.underTrained().contains(list.get(i).id()))
          .limit(most)
          .mapToObj(
              i ->
                  new OwnWord(
                      list.get(i).id(), (float) (list.get(i).logit() - mean), /* rank= */ i + 1))
          .toList();
    }
  }
}

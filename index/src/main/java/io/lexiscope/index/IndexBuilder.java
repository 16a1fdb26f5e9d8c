package io.lexiscope.index;

import io.lexiscope.index.vector.Catalogue;
import io.lexiscope.index.vector.CatalogueVectors;
import io.lexiscope.index.vector.FiringRates;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.place.DirectionName;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.place.VectorName;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.Unembedding;
import io.lexiscope.tensor.VocabularyReading;
import io.lexiscope.tensor.VocabularyReadout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
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
/// @param listener hears how far it is
record IndexBuilder(
    LanguageModel model,
    String weightHash,
    int words,
    @Nullable FiringRates rates,
    BuildListener listener) {
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
    private final Unembedding unembedding;
    private final VocabularyReadout.Request request;

    Reader(Catalogue catalogue, FileChannel file, IndexWriter writer) {
      this.catalogue = catalogue;
      this.file = file;
      this.writer = writer;
      this.unembedding =
          new Unembedding(
              model.transformer().unembedding().weight(), /* bias= */ null, OptionalDouble.empty());
      this.request = new VocabularyReadout.Request(words, words, List.of());
    }

    void accept(CatalogueVectors.Block block) {
      Tensor rows = block.rows();
      List<VocabularyReading> readings = new ArrayList<>(read(rows));
      if (catalogue.name(block.first()) instanceof DirectionName) {
        rows = turn(rows, readings);
      }
      float[] norms = rows.norm(-1, /* keepAxis= */ false).toFloats();
      try {
        VectorFile.append(file, rows);
        for (int i = 0; i < readings.size(); i++) {
          int number = block.first() + i;
          VectorName name = catalogue.name(number);
          writer.addDocument(
              IndexFields.document(
                  name, norms[i], rate(name), VectorEntry.of(number, readings.get(i))));
        }
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      listener.step(block.first() + block.count(), catalogue.size(), "vectors");
    }

    private float rate(VectorName name) {
      return rates != null && name instanceof NeuronName neuron ? rates.of(neuron) : Float.NaN;
    }

    private List<VocabularyReading> read(Tensor rows) {
      Linear<Tensor> projection = model.transformer().weights().output().projectOut();
      return TensorScope.tidy(
          () ->
              VocabularyReadout.read(
                  projection == null ? rows : rows.matmul(Linears.rowsAreInputs(projection)),
                  unembedding,
                  request));
    }

    /// Turns round the directions that suppress some word more than they promote any.
    private Tensor turn(Tensor rows, List<VocabularyReading> readings) {
      float[] signs = new float[readings.size()];
      List<Integer> turned = new ArrayList<>();
      for (int i = 0; i < signs.length; i++) {
        VocabularyReading reading = readings.get(i);
        boolean wrong =
            !reading.top().isEmpty()
                && -reading.bottom().getFirst().logit() > reading.top().getFirst().logit();
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
      List<VocabularyReading> again = read(signed.indexSelect(0, Tensors.ofLongs(indices)));
      for (int i = 0; i < indices.length; i++) {
        readings.set(turned.get(i), again.get(i));
      }
      return signed;
    }
  }
}

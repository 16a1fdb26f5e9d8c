package io.lexiscope.model.reading;

import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.reading.CentredUnembedding.Space;
import io.lexiscope.model.reading.VectorReading.OverVocabulary;
import io.lexiscope.model.reading.VectorReading.Words;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.Unembedding;
import io.lexiscope.tensor.VocabularyReading;
import io.lexiscope.tensor.VocabularyReading.TargetLogit;
import io.lexiscope.tensor.VocabularyReading.TokenLogit;
import io.lexiscope.tensor.VocabularyReadout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads vectors as words: ranked against the mean word, each with its word score, without the
/// tokens that training hardly touched.
///
/// ```java
/// VectorReader reader = model.reader();
/// Tensor out = model.parameters().get("transformer.h.3.mlp.c_proj.weight"); // [d_mlp, d_model]
/// VectorReading reading = reader.read(out, ReadingRequest.words(10, 10)).getFirst();
/// reading.top(); // [ medical +6.2,  patients +5.9, …], logits above the mean over the vocabulary
/// ```
public final class VectorReader {
  /// Vectors that share one pass over the unembedding matrix.
  private static final int ROWS = 1024;

  /// How many under-trained tokens a first pass makes room for.
  private static final int MARGIN = 16;

  private final Tokenizer tokenizer;
  private final CentredUnembedding unembedding;
  private final ConcurrentHashMap<Integer, String> texts = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Space, float[]> offsets = new ConcurrentHashMap<>();
  private @Nullable UnderTrained underTrained;

  private VectorReader(Tokenizer tokenizer, CentredUnembedding unembedding) {
    this.tokenizer = tokenizer;
    this.unembedding = unembedding;
  }

  /// The reader of a network. One is kept by each model: `model.reader()`.
  ///
  /// @throws io.lexiscope.model.forward.ForwardException if the network has no unembedding
  public static VectorReader of(Transformer transformer, Tokenizer tokenizer) {
    return new VectorReader(tokenizer, CentredUnembedding.of(transformer));
  }

  /// A reader of what a network listens for: against the token embedding, with nothing folded in.
  /// One is kept by each model: `model.keyReader()`.
  public static VectorReader ofEmbedding(Transformer transformer, Tokenizer tokenizer) {
    return new VectorReader(tokenizer, CentredUnembedding.ofEmbedding(transformer));
  }

  /// Means, spreads and lengths.
  public CentredUnembedding unembedding() {
    return unembedding;
  }

  /// The tokens that lists leave out.
  public synchronized UnderTrained underTrained() {
    UnderTrained known = underTrained;
    if (known == null) {
      known = UnderTrained.of(unembedding.storedLengths(), tokenizer);
      underTrained = known;
    }
    return known;
  }

  /// Reads vectors of the stream as what they are added to it: with the gain of the final norm, at
  /// its scale 1, without bias and soft cap.
  ///
  /// @param vectors [rows, d_model]; not modified
  /// @return a reading for each row
  public List<VectorReading> read(Tensor vectors, ReadingRequest request) {
    List<VectorReading> readings = new ArrayList<>();
    for (long from = 0; from < vectors.size(0); from += ROWS) {
      long start = from;
      long count = Math.min(ROWS, vectors.size(0) - from);
      TensorScope.tidyRun(
          () -> {
            Tensor some = vectors.narrow(0, start, count);
            readings.addAll(
                read(
                    new Projected(
                        unembedding.fold(some),
                        unembedding.linear(),
                        Space.FOLDED,
                        /* stream= */ false,
                        Projected.sizes(some)),
                    request));
          });
    }
    return readings;
  }

  /// Reads vectors that a lens has brought before the unembedding; a thousand rows at a time are
  /// quick.
  ///
  /// @return a reading for each row
  public List<VectorReading> read(Projected projected, ReadingRequest request) {
    boolean all = request.everyToken() || underTrained().size() == 0;
    int margin = all ? 0 : MARGIN;
    List<VocabularyReading> found =
        new ArrayList<>(readout(projected.rows(), projected.unembedding(), request, margin));
    while (!all && margin < unembedding.size()) {
      List<Integer> few = lacking(found, request);
      if (few.isEmpty()) {
        break;
      }
      margin *= 8;
      long[] rows = few.stream().mapToLong(Integer::longValue).toArray();
      int wider = margin;
      List<VocabularyReading> again =
          TensorScope.tidy(
              () ->
                  readout(
                      projected.rows().indexSelect(0, Tensors.ofLongs(rows)),
                      projected.unembedding(),
                      request,
                      wider));
      for (int i = 0; i < rows.length; i++) {
        found.set(few.get(i), again.get(i));
      }
    }
    double[] means = unembedding.means(projected.rows());
    double[] spreads = new double[means.length];
    if (projected.stream()) {
      Arrays.fill(spreads, Double.NaN);
    } else {
      spreads = unembedding.spreads(projected.rows());
    }
    List<VectorReading> readings = new ArrayList<>(found.size());
    for (int row = 0; row < found.size(); row++) {
      readings.add(
          new Row(projected, row, found.get(row), new OverVocabulary(means[row], spreads[row]))
              .reading(request, all));
    }
    return readings;
  }

  private static List<VocabularyReading> readout(
      Tensor rows, Unembedding map, ReadingRequest request, int margin) {
    return VocabularyReadout.read(
        rows,
        map,
        new VocabularyReadout.Request(
            request.top() == 0 ? 0 : request.top() + margin,
            request.bottom() == 0 ? 0 : request.bottom() + margin,
            request.targets()));
  }

  /// The rows whose lists do not hold enough words yet.
  private List<Integer> lacking(List<VocabularyReading> found, ReadingRequest request) {
    return IntStream.range(0, found.size())
        .filter(
            row ->
                trained(found.get(row).top()) < request.top()
                    || trained(found.get(row).bottom()) < request.bottom())
        .boxed()
        .toList();
  }

  private long trained(List<TokenLogit> tokens) {
    UnderTrained left = underTrained();
    return tokens.stream().filter(token -> !left.contains(token.id())).count();
  }

  /// Measures what words of vectors added to the stream need, so that the first of them is as quick
  /// as those after it.
  public void warm() {
    int tokens = underTrained().size();
    float length = unembedding.length(0, Space.FOLDED);
    assert tokens >= 0 && length >= 0;
  }

  /// A word of a vector that is added to the stream, of which the score was kept.
  ///
  /// @param above `(U_w − Ū)·v`
  /// @param length ‖v‖
  public TokenReading word(int id, double probability, double above, double length) {
    double z = unembedding.wordScore(id, above, length, Space.FOLDED);
    return new TokenReading(
        id,
        text(id),
        probability,
        above,
        Double.isFinite(z) ? z : null,
        tokenizer.specials().contains(id) ? Boolean.TRUE : null,
        underTrained().contains(id) ? Boolean.TRUE : null);
  }

  /// The text of a token, as people read it.
  public String text(int id) {
    return texts.computeIfAbsent(id, tokenizer::display);
  }

  /// One vector with what was found of it.
  private final class Row {
    private final Projected projected;
    private final VocabularyReading found;
    private final OverVocabulary overVocabulary;
    private final Projected.Size size;
    private final double bias;

    Row(Projected projected, int row, VocabularyReading found, OverVocabulary overVocabulary) {
      this.projected = projected;
      this.found = found;
      this.overVocabulary = overVocabulary;
      this.size = projected.sizes().get(row);
      this.bias = projected.unembedding().bias() == null ? 0 : unembedding.meanBias();
    }

    VectorReading reading(ReadingRequest request, boolean all) {
      boolean squeezed = projected.unembedding().softCap().isPresent();
      double baseline =
          switch (request.baseline()) {
            case MEAN -> squeezed ? 0 : overVocabulary.mean() + bias;
            case NONE -> 0;
          };
      Listed top = listed(found.top(), request.top(), all, baseline);
      Listed bottom = listed(found.bottom(), request.bottom(), all, baseline);
      return new VectorReading(
          size.norm(),
          found.entropy(),
          overVocabulary,
          new Words(top.words(), bottom.words(), top.leftOut() + bottom.leftOut()),
          found.targets().stream().map(target -> target(target, baseline)).toList());
    }

    private Listed listed(List<TokenLogit> tokens, int count, boolean all, double baseline) {
      List<TokenReading> words = new ArrayList<>();
      int leftOut = 0;
      for (TokenLogit token : tokens) {
        if (words.size() == count) {
          break;
        }
        if (!all && underTrained().contains(token.id())) {
          leftOut++;
        } else {
          words.add(word(token, baseline));
        }
      }
      return new Listed(words, leftOut);
    }

    private TokenReading word(TokenLogit token, double baseline) {
      int id = token.id();
      return new TokenReading(
          id,
          text(id),
          found.probability(token.logit()),
          token.logit() - baseline,
          z(id, token.logit()),
          tokenizer.specials().contains(id) ? Boolean.TRUE : null,
          underTrained().contains(id) ? Boolean.TRUE : null);
    }

    private TargetReading target(TargetLogit target, double baseline) {
      return new TargetReading(
          target.id(),
          text(target.id()),
          found.probability(target.logit()),
          target.logit() - baseline,
          target.rank(),
          z(target.id(), target.logit()));
    }

    /// The word score, from the logit less all that does not come of the vector.
    private @Nullable Double z(int id, double logit) {
      Space space = projected.space();
      if (space == null) {
        return null;
      }
      OptionalDouble cap = projected.unembedding().softCap();
      double plain = cap.isEmpty() ? logit : cap.getAsDouble() * atanh(logit / cap.getAsDouble());
      double fixed = projected.stream() ? offset(space, id) : 0;
      double above = plain - bias - overVocabulary.mean() - fixed;
      double z = unembedding.wordScore(id, above, size.seen(), space);
      return Double.isFinite(z) ? z : null;
    }
  }

  private static double atanh(double x) {
    return 0.5 * Math.log((1 + x) / (1 - x));
  }

  /// What a word gets whatever the vector is, above the mean word.
  private double offset(Space space, int id) {
    float[] ofWords = offsets.computeIfAbsent(space, unembedding::offsets);
    return ofWords.length == 0 ? 0 : ofWords[id];
  }

  private record Listed(List<TokenReading> words, int leftOut) {}
}

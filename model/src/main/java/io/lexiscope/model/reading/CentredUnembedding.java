package io.lexiscope.model.reading;

import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.Unembedding;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The unembedding less its mean over the vocabulary: what softmax sees of a vector.
///
/// With U = W_U·diag(gain of the final norm), a layer norm's centring folded in too (W_U alone
/// where nothing is folded), and Ū its mean row over *every* row, tokens or not, a vector v gives
/// the word w `(U_w − Ū)·v` more than it gives the mean word. Over the vocabulary these sum to 0;
/// their standard deviation is `√(vᵀ·C·v)` with the covariance C of U, which is exact and costs no
/// logit.
///
/// Made once for a model, and the same for every view of it: edits are laid over blocks, and the
/// unembedding is not in one.
public final class CentredUnembedding {
  /// Share of words that a random vector may star, over the whole vocabulary.
  private static final double FALSE_STARS = 0.01;

  /// Rows of the unembedding taken at a time.
  private static final int ROWS = 4096;

  private final Unembedding whole;
  private final @Nullable Linear<Tensor> projection;
  private final @Nullable AffineNorm norm;
  private final int width;
  private final double threshold;
  private final Kept<double[]> mean = new Kept<>(this::takeMean);
  private final Kept<float[]> covariance = new Kept<>(this::takeCovariance);
  private final Kept<float[]> folded = new Kept<>(() -> takeLengths(Space.FOLDED));
  private final Kept<float[]> plain = new Kept<>(() -> takeLengths(Space.PLAIN));
  private final Kept<float[]> stored = new Kept<>(this::takeStored);

  private CentredUnembedding(
      Unembedding whole,
      @Nullable Linear<Tensor> projection,
      @Nullable AffineNorm norm,
      int width) {
    this.whole = whole;
    this.projection = projection;
    this.norm = norm;
    this.width = width;
    this.threshold = NormalQuantile.upper(Math.min(0.5, FALSE_STARS / 2 / whole.vocabularySize()));
  }

  /// The unembedding of a network, without a pass over it yet.
  ///
  /// @throws io.lexiscope.model.forward.ForwardException if it has none
  public static CentredUnembedding of(Transformer transformer) {
    return new CentredUnembedding(
        transformer.unembedding(),
        transformer.weights().output().projectOut(),
        normOf(transformer),
        transformer.architecture().dModel());
  }

  /// The token embedding in the place of the unembedding, nothing folded in: for what reads the
  /// stream, not for what is added to it.
  public static CentredUnembedding ofEmbedding(Transformer transformer) {
    Tensor tokens = transformer.weights().embedding().tokens();
    return new CentredUnembedding(
        new Unembedding(tokens, /* bias= */ null, OptionalDouble.empty()),
        /* projection= */ null,
        /* norm= */ null,
        Math.toIntExact(tokens.size(1)));
  }

  /// What is made when first asked for.
  private static final class Kept<T> {
    private final Supplier<T> make;
    private @Nullable T made;

    Kept(Supplier<T> make) {
      this.make = make;
    }

    synchronized T get() {
      T known = made;
      if (known == null) {
        known = make.get();
        made = known;
      }
      return known;
    }
  }

  /// In which rows a vector is read.
  public enum Space {
    /// W_U with the gain of the final norm, and its centring, folded in.
    FOLDED,
    /// W_U as it is stored.
    PLAIN
  }

  /// The norm whose gain is folded in: the final one; the last block's second where blocks norm the
  /// stream itself (BERT, OPT-350m); null where there is neither.
  public static @Nullable AffineNorm normOf(Transformer transformer) {
    AffineNorm own = transformer.finalNorm();
    if (own != null) {
      return own;
    }
    NormWeights<Tensor> last = transformer.weights().blocks().getLast().norms().ln2();
    boolean post = transformer.architecture().block().wiring() == Wiring.POST_NORM;
    return post && last != null
        ? new AffineNorm(transformer.architecture().block().norm(), last)
        : null;
  }

  /// Rows of the unembedding: what softmax runs over, tokens or not.
  public int size() {
    return whole.vocabularySize();
  }

  /// The unembedding without bias and soft cap, for [#fold]ed vectors.
  public Unembedding linear() {
    return new Unembedding(whole.weight(), /* bias= */ null, OptionalDouble.empty());
  }

  /// z*, the two-sided normal quantile at 0.01 ÷ V: one random vector in a hundred has one word or
  /// more beyond it.
  public double threshold() {
    return threshold;
  }

  /// Whether any word can pass the threshold: a word score is never above √d_model.
  public boolean canStar() {
    return Math.sqrt(width) > threshold;
  }

  /// Vectors as the unembedding is to read them: through the gain and the centring of the final
  /// norm, not through its scale and its bias; [rows, width of the unembedding].
  ///
  /// @param vectors [rows, d_model]; not modified
  public Tensor fold(Tensor vectors) {
    return TensorScope.tidy(
        () -> narrowed(norm == null ? vectors : norm.centred(vectors).mul(norm.gain())));
  }

  private Tensor narrowed(Tensor vectors) {
    return projection == null ? vectors.add(0) : vectors.matmul(Linears.rowsAreInputs(projection));
  }

  /// The directions in the stream whose product with a vector is the word's part: U_w − Ū, what it
  /// is above the mean word's, or U_w; [words, d_model].
  ///
  /// @param words ids in the vocabulary
  public Tensor directions(List<Integer> words, Baseline baseline, Space space) {
    return TensorScope.tidy(
        () -> {
          Tensor ids = Tensors.ofLongs(words.stream().mapToLong(Integer::longValue).toArray());
          Tensor rows = whole.weight().indexSelect(0, ids).to(DType.FLOAT32);
          return back(
              switch (baseline) {
                case MEAN -> rows.sub(meanRow());
                case NONE -> rows;
              },
              space);
        });
  }

  /// Ū, \[d_model\]: its product with a vector is what the vector gives the mean word.
  public Tensor meanDirection(Space space) {
    return TensorScope.tidy(() -> back(meanRow().unsqueeze(0), space).squeeze(0));
  }

  /// Rows of W_U as directions of the stream.
  private Tensor back(Tensor rows, Space space) {
    Tensor wide =
        projection == null ? rows : rows.matmul(Linears.rowsAreInputs(projection).transpose(0, 1));
    // Centring is symmetric, so it may act on the direction.
    return norm == null || space == Space.PLAIN ? wide.add(0) : norm.centred(wide.mul(norm.gain()));
  }

  /// The mean row of W_U as stored, [width of the unembedding].
  private Tensor meanRow() {
    double[] numbers = mean.get();
    return Tensors.ofDoubles(numbers, Shape.of(numbers.length)).to(DType.FLOAT32);
  }

  /// The mean over the vocabulary of the logits of each row, before bias and soft cap.
  ///
  /// @param x what the unembedding reads, [rows, width of the unembedding]
  public double[] means(Tensor x) {
    double[] numbers = mean.get();
    return TensorScope.tidy(
        () ->
            Tensors.doubles(
                x.to(DType.FLOAT64)
                    .matmul(Tensors.ofDoubles(numbers, Shape.of(numbers.length, 1)))
                    .reshape(-1)));
  }

  /// The mean of the unembedding's bias; 0 where it has none.
  public double meanBias() {
    Tensor bias = whole.bias();
    return bias == null ? 0 : TensorScope.tidy(() -> bias.to(DType.FLOAT64).mean().item());
  }

  /// The standard deviation over the vocabulary of the logits of each row, before bias and soft
  /// cap: exact, from the covariance of W_U. Its error is of the order of 1e-6 of it.
  ///
  /// @param x what the unembedding reads, [rows, width of the unembedding]
  public double[] spreads(Tensor x) {
    float[] numbers = covariance.get();
    return TensorScope.tidy(
        () -> {
          Tensor vectors = x.to(DType.FLOAT32);
          long width = vectors.size(-1);
          Tensor squares =
              vectors
                  .matmul(Tensors.of(numbers, Shape.of(width, width)))
                  .mul(vectors)
                  .sum(-1, /* keepAxis= */ false);
          double[] spreads = Tensors.doubles(squares.to(DType.FLOAT64));
          for (int row = 0; row < spreads.length; row++) {
            spreads[row] = Math.sqrt(Math.max(0, spreads[row]));
          }
          return spreads;
        });
  }

  /// ‖U_w − Ū‖ of a word.
  public float length(int word, Space space) {
    return lengths(space)[word];
  }

  private float[] lengths(Space space) {
    return switch (space) {
      case FOLDED -> norm == null ? plain.get() : folded.get();
      case PLAIN -> plain.get();
    };
  }

  /// The lengths of the rows of W_U as stored, less nothing; what under-trained tokens are told by.
  float[] storedLengths() {
    return stored.get();
  }

  /// The word score: a word's part above the mean word's, in standard deviations of what a random
  /// vector of the same length gives it, `(U_w − Ū)·v ÷ (‖v‖·‖U_w − Ū‖ ÷ √d)`. Never beyond
  /// ±√d_model; NaN for a vector or a word without length.
  ///
  /// @param above `(U_w − Ū)·v`
  /// @param length ‖v‖
  public double wordScore(int word, double above, double length, Space space) {
    double chance = length * lengths(space)[word] / Math.sqrt(width);
    return chance == 0 ? Double.NaN : above / chance;
  }

  /// Whether a word score is one that chance hardly gives.
  public boolean stars(double wordScore) {
    return Math.abs(wordScore) > threshold;
  }

  /// What each word gets whatever the vector is, above the mean word: from the final norm's bias,
  /// where it is folded, and the unembedding's; empty where there is neither.
  float[] offsets(Space space) {
    NormWeights<Tensor> weights = norm == null ? null : norm.weights();
    Tensor shift = space == Space.PLAIN || weights == null ? null : weights.bias();
    Tensor bias = whole.bias();
    if (shift == null && bias == null) {
      return new float[0];
    }
    return TensorScope.tidy(
        () -> {
          Tensor sum =
              shift == null
                  ? Objects.requireNonNull(bias).to(DType.FLOAT32)
                  : withBias(narrowed(shift.to(DType.FLOAT32).unsqueeze(0)), bias);
          return sum.sub(sum.mean()).toFloats();
        });
  }

  private Tensor withBias(Tensor x, @Nullable Tensor bias) {
    Tensor logits = linear().logits(x).reshape(-1);
    return bias == null ? logits : logits.add(bias.to(DType.FLOAT32));
  }

  private double[] takeMean() {
    return TensorScope.tidy(
        () -> {
          Tensor sum = Tensors.zeros(Shape.of(whole.weight().size(1)), DType.FLOAT64);
          forEachBlock(
              (_, rows) -> sum.addInPlace(rows.sum(0, /* keepAxis= */ false).to(DType.FLOAT64)));
          return Tensors.doubles(sum.div((double) size()));
        });
  }

  private float[] takeCovariance() {
    return TensorScope.tidy(
        () -> {
          long width = whole.weight().size(1);
          Tensor sum = Tensors.zeros(Shape.of(width, width), DType.FLOAT64);
          Tensor centre = meanRow();
          forEachBlock(
              (_, rows) -> {
                Tensor centred = rows.sub(centre);
                sum.addInPlace(centred.transpose(0, 1).matmul(centred).to(DType.FLOAT64));
              });
          return sum.div((double) size()).to(DType.FLOAT32).toFloats();
        });
  }

  private float[] takeLengths(Space space) {
    float[] lengths = new float[size()];
    TensorScope.tidyRun(
        () -> {
          Tensor centre = meanRow();
          forEachBlock((start, rows) -> put(lengths, start, back(rows.sub(centre), space)));
        });
    return lengths;
  }

  private float[] takeStored() {
    float[] lengths = new float[size()];
    forEachBlock((start, rows) -> put(lengths, start, rows));
    return lengths;
  }

  private static void put(float[] lengths, int start, Tensor rows) {
    float[] some = rows.norm(-1, /* keepAxis= */ false).toFloats();
    System.arraycopy(some, 0, lengths, start, some.length);
  }

  private interface BlockReceiver {
    void accept(int start, Tensor rows);
  }

  private void forEachBlock(BlockReceiver receiver) {
    for (int start = 0; start < size(); start += ROWS) {
      int from = start;
      TensorScope.tidyRun(
          () ->
              receiver.accept(
                  from,
                  whole.weight().narrow(0, from, Math.min(ROWS, size() - from)).to(DType.FLOAT32)));
    }
  }
}

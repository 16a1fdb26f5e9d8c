package io.lexiscope.model.site;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the vectors of a site out of what passes recorded.
///
/// ```java
/// var reader = SiteReader.of(model, ActivationSite.parse("a0.3"), ActivationConvention.PUBLISHED);
/// try (Run run = model.run("B615+861=", Recording.of(List.of(reader.hook())))) {
///   float[] vector = reader.at(run.activation(reader.hook()), 0, 8); // [d_model]
/// }
/// ```
///
/// Published head `h` of layer `l` with attention row A: `C·[(Σ_j A_ij v_j) − (b_V +
/// W_V·b_ln)]·W_O` where C takes off the mean over d_model and `b_O` is left out; of the residual
/// stream and what MLPs add, `C·x` (Huang et al. 2024, by TransformerLens' processing of weights).
public final class SiteReader {
  private final ActivationSite site;
  private final ActivationConvention convention;
  private final int width;
  private final @Nullable HeadMap head;

  /// What a head adds: `z · matrix − offset`.
  ///
  /// @param dHead rows of the matrix
  /// @param matrix \[d_head, d_model\], row-major
  /// @param offset \[d_model\]
  private record HeadMap(int index, int dHead, Numbers matrix, Numbers offset) {}

  private static final class Numbers {
    private final float[] values;

    Numbers(float[] values) {
      this.values = values;
    }

    Tensor as(Shape shape) {
      return Tensors.of(values, shape);
    }
  }

  private SiteReader(
      ActivationSite site, ActivationConvention convention, int width, @Nullable HeadMap head) {
    this.site = site;
    this.convention = convention;
    this.width = width;
    this.head = head;
  }

  /// A reader.
  ///
  /// @throws SiteException if the model has no such site, or none under this convention
  public static SiteReader of(
      LanguageModel model, ActivationSite site, ActivationConvention convention) {
    Architecture architecture = model.architecture();
    site.requireIn(architecture);
    if (site.place() instanceof HeadName name) {
      return new SiteReader(
          site, convention, architecture.dModel(), map(model.transformer(), name, convention));
    }
    HookPoint point = site.hook().point();
    if (convention == ActivationConvention.PUBLISHED && !hasPublished(point)) {
      throw new SiteException(
          "site: expected a head, or a place of the residual stream, where the published convention says what counts, got %s; read it raw"
              .formatted(site));
    }
    int width = 1;
    for (String axis : point.axes().subList(2, point.axes().size())) {
      width *= HookPoint.extent(axis, architecture).orElseThrow();
    }
    return new SiteReader(site, convention, width, /* head= */ null);
  }

  private static boolean hasPublished(HookPoint point) {
    return switch (point) {
      case EMBED, POS_EMBED, RESID_PRE, RESID_MID, RESID_POST, ATTN_OUT, MLP_OUT -> true;
      default -> false;
    };
  }

  private static HeadMap map(
      Transformer transformer, HeadName name, ActivationConvention convention) {
    var heads = transformer.architecture().block().attention().heads();
    int dHead = heads.dHead();
    int dModel = transformer.architecture().dModel();
    boolean published = convention == ActivationConvention.PUBLISHED;
    float[][] numbers = new float[2][];
    TensorScope.tidyRun(
        () -> {
          BlockWeights<Tensor> block = transformer.weights().blocks().get(name.layer());
          Tensor out =
              Linears.rowsAreInputs(block.attention().out())
                  .narrow(0, (long) name.head() * dHead, dHead);
          Tensor matrix = published ? centred(out) : out;
          numbers[0] = matrix.contiguous().toFloats();
          numbers[1] =
              published
                  ? constantValue(transformer, name, heads.heads() / heads.kvHeads())
                      .reshape(1, dHead)
                      .matmul(matrix)
                      .toFloats()
                  : new float[dModel];
        });
    return new HeadMap(name.head(), dHead, new Numbers(numbers[0]), new Numbers(numbers[1]));
  }

  /// The part of a head's value that is the same at every position: `W_V · b_ln + b_V`, \[d_head\].
  private static Tensor constantValue(Transformer transformer, HeadName name, int group) {
    List<Tensor> biases = new ArrayList<>();
    long dModel = transformer.architecture().dModel();
    for (BlockWeights<Tensor> block : transformer.weights().blocks()) {
      NormWeights<Tensor> norm = block.norms().ln1();
      Tensor bias = norm.bias();
      biases.add(
          (bias == null ? Tensors.zeros(Shape.of(dModel)) : bias.to(DType.FLOAT32))
              .reshape(1, 1, dModel));
    }
    return transformer
        .extraKey(Tensors.cat(biases, 1))
        .values()
        .to(DType.FLOAT32)
        .select(0, 0)
        .select(0, name.layer())
        .select(0, name.head() / group);
  }

  private static Tensor centred(Tensor x) {
    return x.sub(x.mean(-1, /* keepAxis= */ true));
  }

  /// Which place.
  public ActivationSite site() {
    return site;
  }

  /// What counts there.
  public ActivationConvention convention() {
    return convention;
  }

  /// Numbers of a vector.
  public int width() {
    return width;
  }

  /// What a pass has to record.
  public HookName hook() {
    return site.hook();
  }

  /// The vectors of a recorded value.
  ///
  /// @param value what a pass recorded at [#hook], [rows, pos, …]
  /// @return [rows, pos, width], float32, in the innermost scope
  public Tensor vectors(Tensor value) {
    return TensorScope.tidy(
        () -> {
          Tensor floats = value.to(DType.FLOAT32);
          long rows = floats.size(0);
          long positions = floats.size(1);
          if (head != null) {
            return floats
                .select(2, head.index())
                .matmul(head.matrix().as(Shape.of(head.dHead(), width)))
                .sub(head.offset().as(Shape.of(1, 1, width)));
          }
          Tensor flat = floats.reshape(rows, positions, width);
          return convention == ActivationConvention.PUBLISHED ? centred(flat) : flat;
        });
  }

  /// One vector of a recorded value, as plain numbers.
  ///
  /// @param value what a pass recorded at [#hook], [rows, pos, …]
  /// @param row from 0
  /// @param index of the position among those recorded, from 0
  public float[] at(Tensor value, int row, int index) {
    return TensorScope.tidy(() -> vectors(value.narrow(0, row, 1).narrow(1, index, 1)).toFloats());
  }
}

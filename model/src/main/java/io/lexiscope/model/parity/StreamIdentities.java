package io.lexiscope.model.parity;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.model.parity.SelfCheck.Outcome;
import io.lexiscope.model.parity.WatchedPasses.Pass;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Unembedding;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the values of one pass have to do with each other along the residual stream, worked out
/// anew in float64.
///
/// @param model what ran
/// @param pass what it kept
/// @param relative largest difference allowed, as a fraction of the largest value at a place
record StreamIdentities(LanguageModel model, Pass pass, double relative) {
  private static final int NEURONS_AT_ONCE = 1024;

  /// Each block's additions, as its wiring has them.
  Outcome identities() {
    Difference difference = new Difference(relative);
    for (int layer = 0; layer < architecture().layers(); layer++) {
      int at = layer;
      TensorScope.tidyRun(() -> block(at, difference));
    }
    return difference.tightest();
  }

  private void block(int layer, Difference difference) {
    Wiring wiring = architecture().block().wiring();
    BlockWeights.Norms<Tensor> norms = model.transformer().weights().blocks().get(layer).norms();
    Tensor attnOut = exact(HookPoint.ATTN_OUT, layer);
    Tensor mlpOut = exact(HookPoint.MLP_OUT, layer);
    NormWeights<Tensor> afterAttention =
        wiring == Wiring.OUTPUT_NORM ? norms.ln1() : norms.ln1Post();
    NormWeights<Tensor> afterMlp = wiring == Wiring.OUTPUT_NORM ? norms.ln2() : norms.ln2Post();
    Tensor attention = exact(HookPoint.ATTN_MODULE_OUT, layer);
    Tensor mlp = exact(HookPoint.MLP_MODULE_OUT, layer);
    boolean normed = wiring == Wiring.OUTPUT_NORM || wiring == Wiring.SANDWICH;
    compare(
        difference,
        HookPoint.ATTN_OUT,
        layer,
        attnOut,
        normed ? norm(afterAttention, attention) : attention);
    compare(difference, HookPoint.MLP_OUT, layer, mlpOut, normed ? norm(afterMlp, mlp) : mlp);

    Tensor mid = exact(HookPoint.RESID_PRE, layer).add(attnOut);
    if (!wiring.parallel()) {
      compare(difference, HookPoint.RESID_MID, layer, exact(HookPoint.RESID_MID, layer), mid);
    }
    boolean post = wiring == Wiring.POST_NORM;
    Tensor before = post ? norm(norms.ln1(), mid) : mid;
    Tensor residPost = before.add(mlpOut);
    compare(difference, HookPoint.RESID_POST, layer, exact(HookPoint.RESID_POST, layer), residPost);
    if (layer + 1 < architecture().layers()) {
      compare(
          difference,
          HookPoint.RESID_PRE,
          layer + 1,
          exact(HookPoint.RESID_PRE, layer + 1),
          post ? norm(norms.ln2(), residPost) : residPost);
    }
  }

  /// The word that the model predicts at the last position: its logit, and the sum of what the
  /// first stream, every attention and every MLP say to it through the final norm.
  Outcome parts() {
    Difference difference = new Difference(relative);
    TensorScope.tidyRun(
        () -> {
          Tensor logits = model.transformer().logits(last(pass.last())).reshape(-1);
          for (long token : new long[] {logits.argmax(0).toLongs()[0], 0}) {
            difference.at(
                "logit of token " + token,
                logits.narrow(0, token, 1),
                partsOf(Math.toIntExact(token)),
                /* among= */ logits);
          }
        });
    return difference.tightest();
  }

  private Tensor partsOf(int token) {
    Unembedding unembedding = model.transformer().unembedding();
    Tensor row = unembedding.weight().narrow(0, token, 1).to(DType.FLOAT64).reshape(-1);
    AffineNorm norm = model.transformer().finalNorm();
    int top = architecture().layers() - 1;
    @Nullable Tensor scale =
        norm == null ? null : norm.scale(last(exact(HookPoint.RESID_POST, top)));
    Tensor total = said(last(exact(HookPoint.RESID_PRE, 0)), norm, scale, row);
    for (int layer = 0; layer <= top; layer++) {
      total = total.add(said(last(exact(HookPoint.ATTN_OUT, layer)), norm, scale, row));
      total = total.add(said(last(exact(HookPoint.MLP_OUT, layer)), norm, scale, row));
    }
    if (norm != null && norm.weights().bias() != null) {
      total = total.add(row.mul(norm.weights().bias()).sum());
    }
    if (unembedding.bias() != null) {
      total = total.add(unembedding.bias().narrow(0, token, 1));
    }
    double cap = unembedding.softCap().orElse(0);
    return cap > 0 ? total.div(cap).tanh().mul(cap) : total;
  }

  /// What a part says to a word: ⟨part through the final norm at its actual scale, W_U[word]⟩, one
  /// element.
  private static Tensor said(
      Tensor part, @Nullable AffineNorm norm, @Nullable Tensor scale, Tensor row) {
    Tensor through =
        norm == null || scale == null ? part : norm.centred(part).div(scale).mul(norm.gain());
    return through.mul(row).sum().reshape(1);
  }

  private static Tensor last(Tensor stream) {
    return stream.narrow(1, stream.size(1) - 1, 1);
  }

  /// Every MLP's output from its neurons, some at a time.
  Outcome neurons() {
    Difference difference = new Difference(relative);
    for (int layer = 0; layer < architecture().layers(); layer++) {
      int at = layer;
      TensorScope.tidyRun(
          () ->
              compare(
                  difference,
                  HookPoint.MLP_MODULE_OUT,
                  at,
                  exact(HookPoint.MLP_MODULE_OUT, at),
                  fromNeurons(at)));
    }
    return difference.tightest();
  }

  private Tensor fromNeurons(int layer) {
    Linear<Tensor> out = model.transformer().weights().blocks().get(layer).mlp().out();
    Tensor neurons = pass.at(HookPoint.MLP_POST, layer);
    Tensor vectors = Linears.rowsAreInputs(out);
    Tensor sum = exact(HookPoint.MLP_MODULE_OUT, layer).mul(0);
    for (long start = 0; start < vectors.size(0); start += NEURONS_AT_ONCE) {
      long from = start;
      long count = Math.min(NEURONS_AT_ONCE, vectors.size(0) - from);
      sum.addInPlace(
          TensorScope.tidy(
              () ->
                  neurons
                      .narrow(-1, from, count)
                      .to(DType.FLOAT64)
                      .matmul(vectors.narrow(0, from, count).to(DType.FLOAT64))));
    }
    return out.bias() == null ? sum : sum.add(out.bias());
  }

  private Tensor norm(@Nullable NormWeights<Tensor> weights, Tensor x) {
    AffineNorm norm =
        new AffineNorm(architecture().block().norm(), Objects.requireNonNull(weights));
    return norm.affine(norm.centred(x).div(norm.scale(x)));
  }

  private Tensor exact(HookPoint point, int layer) {
    return pass.at(point, layer).to(DType.FLOAT64);
  }

  private static void compare(
      Difference difference, HookPoint point, int layer, Tensor actual, Tensor expected) {
    difference.at(point.at(layer).toString(), actual, expected);
  }

  private Architecture architecture() {
    return model.architecture();
  }
}

package io.lexiscope.analysis.flow;

import io.lexiscope.analysis.attention.HeadLayer;
import io.lexiscope.model.Run;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.List;
import java.util.stream.IntStream;

/// How much of a prediction passes through every stream, head and MLP at every position, in one
/// sweep from the last layer to the first.
///
/// The prediction shares its influence, 1, among all writers of its position by |what each adds to
/// the target's logit|. A stream shares what later layers take from it among what it was before and
/// what was added to it, by |contribution along the stream|; a head among the positions it takes
/// from, by |contribution along what it adds|; values and MLPs hand theirs to the stream they read.
/// Biases and embeddings keep theirs, so that all that is kept sums to 1.
///
/// Cost: O(layers · heads · positions²) numbers, one layer at a time.
final class FlowSweep {
  private final Run run;
  private final int last;
  private final List<Integer> positions;
  private final boolean parallel;
  private final double[][] heads;
  private final double[][] mlps;
  private final double[][] attentionBiases;
  private final double[] embeddings;
  private final double[][] streams;
  private final Direct direct;

  private FlowSweep(Run run, int position, Direct direct) {
    this.run = run;
    this.last = position;
    this.direct = direct;
    this.positions = IntStream.rangeClosed(0, position).boxed().toList();
    this.parallel = run.model().architecture().block().wiring().parallel();
    int layers = run.model().architecture().layers();
    int count = run.model().architecture().block().attention().heads().heads();
    int length = positions.size();
    this.heads = new double[layers][length * count];
    this.mlps = new double[layers][length];
    this.attentionBiases = new double[layers][length];
    this.embeddings = new double[length];
    this.streams = new double[2 * layers + 1][length];
  }

  /// Sweeps a run.
  ///
  /// @param position of the prediction, from 0
  /// @param direction of the target at that position, \[d_model\]
  static FlowSweep of(Run run, int position, Tensor direction) {
    FlowSweep sweep = new FlowSweep(run, position, Direct.of(run, position, direction));
    int layers = run.model().architecture().layers();
    double[] from = new double[sweep.positions.size()];
    for (int layer = layers - 1; layer >= 0; layer--) {
      double[] into = from;
      int at = layer;
      TensorScope.tidyRun(() -> sweep.layer(at, into));
      from = into;
    }
    for (int p = 0; p < from.length; p++) {
      sweep.embeddings[p] += from[p];
    }
    sweep.embeddings[position] += sweep.direct.embedding();
    return sweep;
  }

  double head(int layer, int position, int head) {
    return heads[layer][position * headCount() + head];
  }

  double mlp(int layer, int position) {
    return mlps[layer][position];
  }

  double attentionBias(int layer, int position) {
    return attentionBiases[layer][position];
  }

  double embedding(int position) {
    return embeddings[position];
  }

  /// What passes through a stream: what later layers take from it, and at the position of the
  /// prediction also what writers before it add to the logit directly.
  ///
  /// @param point twice the layer before the block, one more between attention and MLP
  double stream(int point, int position) {
    return streams[point][position] + (position == last ? direct.before(point) : 0);
  }

  Direct direct() {
    return direct;
  }

  int headCount() {
    return run.model().architecture().block().attention().heads().heads();
  }

  /// Takes one layer's share.
  ///
  /// @param carried what later layers take from the stream after this layer, by position; becomes
  ///   what is taken from the stream before it
  private void layer(int layer, double[] carried) {
    int length = positions.size();
    Parts parts = Parts.of(run, layer, positions);
    streams[2 * layer + 2] = carried.clone();
    double[] before = new double[length];
    double[] mid = new double[length];
    for (int p = 0; p < length; p++) {
      mlps[layer][p] = p == last ? direct.mlp(layer) : 0;
      if (!parallel) {
        double mlp = carried[p] * parts.mlpShare(p);
        mlps[layer][p] += mlp;
        mid[p] = carried[p] - mlp + mlps[layer][p];
      }
    }
    if (!parallel) {
      streams[2 * layer + 1] = mid.clone();
    }
    int count = headCount();
    double[] ofHeads = heads[layer];
    for (int p = 0; p < length; p++) {
      double taken = parallel ? carried[p] : mid[p];
      double rest = taken;
      for (int head = 0; head < count; head++) {
        double share = taken * parts.headShare(p, head);
        rest -= share;
        ofHeads[p * count + head] = share + (p == last ? direct.head(layer, head) : 0);
      }
      double bias = taken * parts.biasShare(p);
      rest -= bias;
      attentionBiases[layer][p] = bias + (p == last ? direct.attentionBias(layer) : 0);
      if (parallel) {
        double mlp = taken * parts.mlpShare(p);
        rest -= mlp;
        mlps[layer][p] += mlp;
        rest += mlps[layer][p];
      }
      before[p] += rest;
    }
    ValueShares.spread(run, layer, positions, ofHeads, before);
    System.arraycopy(before, 0, carried, 0, length);
    streams[2 * layer] = before.clone();
  }

  /// All influence on the writers: heads, MLPs and embeddings; what is passed on is counted at
  /// every writer it passes.
  double total() {
    double sum = 0;
    for (double[] layer : heads) {
      for (double value : layer) {
        sum += value;
      }
    }
    for (double[] layer : mlps) {
      for (double value : layer) {
        sum += value;
      }
    }
    for (double value : embeddings) {
      sum += value;
    }
    return sum;
  }

  /// What stays where nothing goes further: embeddings and biases of attention; 1 with the biases
  /// of the prediction.
  double kept() {
    double sum = direct.biases();
    for (double value : embeddings) {
      sum += value;
    }
    for (double[] layer : attentionBiases) {
      for (double value : layer) {
        sum += value;
      }
    }
    return sum;
  }

  /// How a stream is shared among what it was and what was added, by |contribution along it|.
  private static final class Parts {
    private final float[] heads;
    private final float[] biases;
    private final float[] mlps;
    private final int count;

    private Parts(float[] heads, float[] biases, float[] mlps) {
      this.heads = heads;
      this.biases = biases;
      this.mlps = mlps;
      this.count = heads.length / biases.length;
    }

    double headShare(int position, int head) {
      return heads[position * count + head];
    }

    double biasShare(int position) {
      return biases[position];
    }

    double mlpShare(int position) {
      return mlps[position];
    }

    static Parts of(Run run, int layer, List<Integer> positions) {
      boolean parallel = run.model().architecture().block().wiring().parallel();
      Tensor pre = FlowStreams.at(run, 2 * layer, positions);
      Tensor post = FlowStreams.at(run, 2 * layer + 2, positions);
      HeadLayer attention = HeadLayer.of(run, layer);
      Tensor outputs = attention.outputs(positions);
      Tensor bias = attention.biases(positions);
      Tensor mlp = run.activation(HookPoint.MLP_OUT.at(layer), positions);
      Tensor after = parallel ? post : FlowStreams.at(run, 2 * layer + 1, positions);
      Tensor along = outputs.matmul(after.unsqueeze(2)).squeeze(2).abs();
      Tensor biasAlong = bias.mul(after).sum(-1, /* keepAxis= */ true).abs();
      Tensor preAlong = pre.mul(after).sum(-1, /* keepAxis= */ true).abs();
      Tensor mlpAlong = mlp.mul(post).sum(-1, /* keepAxis= */ true).abs();
      Tensor total = along.sum(-1, /* keepAxis= */ true).add(biasAlong).add(preAlong);
      Tensor rest =
          parallel
              ? total.add(mlpAlong)
              : mlpAlong.add(after.mul(post).sum(-1, /* keepAxis= */ true).abs());
      Tensor all = parallel ? rest : total;
      return new Parts(
          along.div(all).toFloats(), biasAlong.div(all).toFloats(), mlpAlong.div(rest).toFloats());
    }
  }
}

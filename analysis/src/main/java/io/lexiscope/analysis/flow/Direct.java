package io.lexiscope.analysis.flow;

import io.lexiscope.analysis.attention.HeadLayer;
import io.lexiscope.model.Run;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.List;

/// What every writer of one position adds to the target's logit directly, and the share of the
/// prediction that is.
final class Direct {
  private final double[][] heads;
  private final double[] attentionBiases;
  private final double[] mlps;
  private double token;
  private double place;
  private double total;

  private Direct(int layers, int heads) {
    this.heads = new double[layers][heads];
    this.attentionBiases = new double[layers];
    this.mlps = new double[layers];
  }

  /// @param direction of the target at the position, \[d_model\]
  static Direct of(Run run, int position, Tensor direction) {
    int layers = run.model().architecture().layers();
    int count = run.model().architecture().block().attention().heads().heads();
    Direct direct = new Direct(layers, count);
    List<Integer> here = List.of(position);
    for (int layer = 0; layer < layers; layer++) {
      int at = layer;
      TensorScope.tidyRun(
          () -> {
            HeadLayer attention = HeadLayer.of(run, at);
            float[] pushes = attention.outputs(here).squeeze(0).matmul(direction).toFloats();
            for (int head = 0; head < count; head++) {
              direct.heads[at][head] = pushes[head];
            }
            direct.attentionBiases[at] =
                attention.hasBias()
                    ? attention.biases(here).squeeze(0).mul(direction).sum().item()
                    : 0;
            direct.mlps[at] =
                run.activation(HookPoint.MLP_OUT.at(at), position).mul(direction).sum().item();
          });
    }
    TensorScope.tidyRun(
        () -> {
          direct.token =
              run.activation(HookPoint.EMBED.once(), position).mul(direction).sum().item();
          direct.place =
              run.has(HookPoint.POS_EMBED.once())
                  ? run.activation(HookPoint.POS_EMBED.once(), position).mul(direction).sum().item()
                  : 0;
        });
    double total = Math.abs(direct.token + direct.place);
    for (int layer = 0; layer < layers; layer++) {
      for (double push : direct.heads[layer]) {
        total += Math.abs(push);
      }
      total += Math.abs(direct.attentionBiases[layer]) + Math.abs(direct.mlps[layer]);
    }
    direct.total = total > 0 ? total : 1;
    return direct;
  }

  double headPush(int layer, int head) {
    return heads[layer][head];
  }

  double mlpPush(int layer) {
    return mlps[layer];
  }

  double biasPush(int layer) {
    return attentionBiases[layer];
  }

  double tokenPush() {
    return token;
  }

  double placePush() {
    return place;
  }

  double head(int layer, int head) {
    return Math.abs(heads[layer][head]) / total;
  }

  double mlp(int layer) {
    return Math.abs(mlps[layer]) / total;
  }

  double attentionBias(int layer) {
    return Math.abs(attentionBiases[layer]) / total;
  }

  double embedding() {
    return Math.abs(token + place) / total;
  }

  /// Biases of the prediction itself are the same for every prompt and have no share.
  double biases() {
    return 0;
  }

  /// The share of what was written before a point of the stream.
  ///
  /// @param point as in [FlowStreams]
  double before(int point) {
    double sum = embedding();
    for (int layer = 0; 2 * layer < point; layer++) {
      for (int head = 0; head < heads[layer].length; head++) {
        sum += head(layer, head);
      }
      sum += attentionBias(layer);
      if (2 * layer + 1 < point) {
        sum += mlp(layer);
      }
    }
    return sum;
  }
}

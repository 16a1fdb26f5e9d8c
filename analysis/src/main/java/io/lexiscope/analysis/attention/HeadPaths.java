package io.lexiscope.analysis.attention;

import io.lexiscope.model.Run;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/// The ways from the stream at one position to the stream at another through one layer of
/// attention: each head, and past them all where both are one position. Patterns and norms are held
/// as they were, so that each way is linear and the parts of a stream can be sent down it one by
/// one.
///
/// @param layer whose heads
/// @param source the position that is read, from 0
/// @param query the position that is written to, from 0
public record HeadPaths(HeadLayer layer, int source, int query) {

  /// What a run must record besides [HeadLayer#recording].
  public static Recording recording() {
    return Recording.of(HookPoint.RESID_PRE);
  }

  /// What parts of the stream at the source become at the other position through each head.
  ///
  /// @param parts [n, d_model]
  /// @return [head, n, d_model]; what all parts of a stream and the biases of values become sums to
  ///   the memory value of the head
  public Tensor through(Tensor parts) {
    return TensorScope.tidy(
        () -> {
          Run run = layer.run();
          AffineNorm norm = layer.normBefore();
          Tensor stream = run.activation(HookPoint.RESID_PRE.at(layer.layer()), source);
          Tensor read =
              norm == null
                  ? parts
                  : norm.centred(parts).div(norm.scale(stream.unsqueeze(0))).mul(norm.gain());
          Tensor matrix =
              Linears.matrix(
                  run.model()
                      .transformer()
                      .weights()
                      .matrix(MatrixKind.W_V.at(layer.layer()), run.model().architecture()));
          Tensor values = read.matmul(matrix);
          Tensor pattern = layer.pattern(List.of(query));
          Tensor out = layer.outputMatrices();
          int width = layer.heads().dHead();
          List<Tensor> heads = new ArrayList<>();
          for (int head = 0; head < layer.heads().heads(); head++) {
            Tensor value = values.narrow(1, (long) layer.kvHead(head) * width, width);
            heads.add(
                value
                    .matmul(out.select(0, head))
                    .mul(pattern.select(0, head).select(0, 0).select(0, source).item()));
          }
          Tensor all = Tensors.cat(heads, 0);
          return layer
              .afterNorm(all.unsqueeze(0), List.of(query))
              .squeeze(0)
              .reshape(heads.size(), parts.size(0), -1);
        });
  }
}

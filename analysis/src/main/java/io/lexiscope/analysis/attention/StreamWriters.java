package io.lexiscope.analysis.attention;

import io.lexiscope.analysis.attribution.Component;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorHolder;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Who wrote the residual stream that enters a layer at one position: parts that sum to it.
///
/// @param components who, in the order of the forward pass
/// @param vectors what each wrote, [components, d_model]
public record StreamWriters(List<Component> components, Tensor vectors) implements TensorHolder {
  /// Copies the list.
  public StreamWriters {
    components = List.copyOf(components);
  }

  @Override
  public Stream<Tensor> tensors() {
    return Stream.of(vectors);
  }

  /// What a run must record, in every layer.
  public static Recording recording(LanguageModel model) {
    return HeadLayer.recording(model)
        .and(
            Recording.of(
                HookPoint.EMBED, HookPoint.POS_EMBED, HookPoint.MLP_OUT, HookPoint.RESID_PRE));
  }

  /// Throws unless components only add to the model's stream.
  ///
  /// @throws AttentionException if norms lie inside it (BERT, OPT-350m)
  public static void requireSums(LanguageModel model) {
    if (model.architecture().block().wiring() == Wiring.POST_NORM) {
      throw new AttentionException(
          "heads: expected a residual stream that components only add to, got norms inside it in a model of family %s; ask for patterns and words only"
              .formatted(model.architecture().family()));
    }
  }

  /// The writers of the stream before a layer.
  ///
  /// @param layer from 0; the number of layers for the stream after the last
  /// @param position from 0
  /// @throws AttentionException if norms lie inside the stream (BERT, OPT-350m)
  public static StreamWriters before(Run run, int layer, int position) {
    requireSums(run.model());
    return TensorScope.tidy(() -> collect(run, layer, position));
  }

  private static StreamWriters collect(Run run, int layer, int position) {
    List<Component> components = new ArrayList<>();
    List<Tensor> parts = new ArrayList<>();
    components.add(new Component.TokenEmbedding());
    parts.add(run.activation(HookPoint.EMBED.once(), position).reshape(1, -1));
    if (run.has(HookPoint.POS_EMBED.once())) {
      components.add(new Component.PositionEmbedding());
      parts.add(run.activation(HookPoint.POS_EMBED.once(), position).reshape(1, -1));
    }
    for (int before = 0; before < layer; before++) {
      HeadLayer heads = HeadLayer.of(run, before);
      parts.add(heads.outputs(List.of(position)).squeeze(0));
      for (int head = 0; head < heads.heads().heads(); head++) {
        components.add(new Component.Head(before, head));
      }
      if (heads.hasBias()) {
        components.add(new Component.AttentionBias(before));
        parts.add(heads.biases(List.of(position)));
      }
      components.add(new Component.Mlp(before));
      parts.add(run.activation(HookPoint.MLP_OUT.at(before), position).reshape(1, -1));
    }
    if (!run.model().interventions().isEmpty() && layer < run.model().architecture().layers()) {
      var stream = HookPoint.RESID_PRE.at(layer);
      Tensor sum = Tensors.cat(parts, 0).sum(0, /* keepAxis= */ true);
      components.add(new Component.Change(stream));
      parts.add(run.activation(stream, position).reshape(1, -1).sub(sum));
    }
    return new StreamWriters(components, Tensors.cat(parts, 0));
  }
}

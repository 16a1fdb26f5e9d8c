package io.lexiscope.analysis.ffn;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensProjection;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.MlpWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.reading.KeyWords;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What there is to say of one neuron whatever the prompt: what it listens for, and what it writes.
public final class NeuronCards {
  private final LanguageModel model;

  private NeuronCards(LanguageModel model) {
    this.model = model;
  }

  /// Cards of a model's neurons.
  public static NeuronCards of(LanguageModel model) {
    return new NeuronCards(model);
  }

  /// The words of a neuron's value vector for a coefficient of 1, as it reaches the stream; a norm
  /// after the FFN is held at a divisor of 1, and so is a frozen final norm.
  ///
  /// @param request how many at each end, and above what
  /// @throws FfnException if there is no such neuron
  /// @throws io.lexiscope.analysis.lens.LensException if the model cannot be read by the convention
  public VectorReading value(NeuronName neuron, LensConvention convention, ReadingRequest request) {
    neuron.requireIn(model.architecture());
    LensProjection lens = LensProjection.of(model, convention);
    return TensorScope.tidy(
        () ->
            lens.reader()
                .read(
                    lens.projected(
                        ValueVectors.of(model, neuron.layer()).pick(List.of(neuron.index())),
                        /* scale= */ null,
                        /* component= */ true),
                    request)
                .getFirst());
  }

  /// What the neuron listens for: one key, or gate and linear branch.
  ///
  /// @param request how many at each end, and above what
  /// @throws FfnException if there is no such neuron
  public List<NeuronKey> keys(NeuronName neuron, ReadingRequest request) {
    neuron.requireIn(model.architecture());
    BlockWeights<Tensor> block = model.transformer().weights().blocks().get(neuron.layer());
    int neurons = model.architecture().dimensions().dMlp();
    List<NeuronKey> keys = new ArrayList<>();
    switch (block.mlp().in()) {
      case MlpWeights.Plain<Tensor> plain ->
          keys.add(key(NeuronKey.Branch.INPUT, plain.up(), neuron, neuron.index(), request));
      case MlpWeights.Gated<Tensor> gated -> {
        keys.add(key(NeuronKey.Branch.GATE, gated.gate(), neuron, neuron.index(), request));
        keys.add(key(NeuronKey.Branch.UP, gated.up(), neuron, neuron.index(), request));
      }
      case MlpWeights.FusedGate<Tensor> fused -> {
        keys.add(key(NeuronKey.Branch.GATE, fused.gateUp(), neuron, neuron.index(), request));
        keys.add(
            key(NeuronKey.Branch.UP, fused.gateUp(), neuron, neurons + neuron.index(), request));
      }
    }
    return keys;
  }

  private NeuronKey key(
      NeuronKey.Branch branch,
      Linear<Tensor> in,
      NeuronName neuron,
      int column,
      ReadingRequest request) {
    return TensorScope.tidy(
        () -> {
          Tensor key = Linears.rowsAreInputs(in).select(1, column);
          VectorReading found =
              KeyWords.read(
                      model.transformer(),
                      model.keyReader(),
                      new KeyWords.Place(neuron.layer(), KeyWords.Part.MLP),
                      key.reshape(1, -1),
                      request)
                  .getFirst();
          Tensor bias = in.bias();
          return new NeuronKey(
              branch, bias == null ? 0 : bias.select(0, column).to(DType.FLOAT32).item(), found);
        });
  }

  /// The neuron's coefficient at every position of a prompt.
  ///
  /// @throws FfnException if there is no such neuron
  /// @throws io.lexiscope.model.forward.ForwardException if the prompt is empty or too long
  public double[] coefficients(NeuronName neuron, TokenIds prompt) {
    try (var run = model.run(prompt, recording(neuron))) {
      return coefficients(neuron, run);
    }
  }

  /// What a run must record for the coefficients of a neuron.
  ///
  /// @throws FfnException if there is no such neuron
  public Recording recording(NeuronName neuron) {
    neuron.requireIn(model.architecture());
    return Recording.of(List.of(HookPoint.MLP_POST.at(neuron.layer())));
  }

  /// The neuron's coefficient at every position of a run.
  ///
  /// @param run made with [#recording]
  public static double[] coefficients(NeuronName neuron, Run run) {
    var place = HookPoint.MLP_POST.at(neuron.layer());
    float[] column =
        TensorScope.tidy(
            () -> run.activation(place).select(0, 0).select(1, neuron.index()).toFloats());
    return IntStream.range(0, column.length).mapToDouble(i -> column[i]).toArray();
  }
}

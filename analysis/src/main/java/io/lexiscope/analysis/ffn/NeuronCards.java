package io.lexiscope.analysis.ffn;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensProjection;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.MlpWeights;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.reading.CentredUnembedding.Space;
import io.lexiscope.model.reading.Projected;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
          @Nullable AffineNorm norm = readThrough(neuron.layer());
          Tensor direction = norm == null ? key : norm.centred(key.mul(norm.gain()));
          var embedding = model.transformer().weights().embedding();
          Linear<Tensor> widen = embedding.projectIn();
          Tensor read = widen == null ? direction : Linears.rowsAreInputs(widen).matmul(direction);
          double length = direction.norm(-1, /* keepAxis= */ false).item();
          VectorReading found =
              model
                  .keyReader()
                  .read(
                      new Projected(
                          read.reshape(1, -1),
                          model.keyReader().unembedding().linear(),
                          Space.PLAIN,
                          /* stream= */ false,
                          List.of(new Projected.Size(length, length))),
                      request)
                  .getFirst();
          Tensor bias = in.bias();
          return new NeuronKey(
              branch, bias == null ? 0 : bias.select(0, column).to(DType.FLOAT32).item(), found);
        });
  }

  /// The norm that the FFN reads the stream through; null where it reads the stream itself.
  private @Nullable AffineNorm readThrough(int layer) {
    Architecture architecture = model.architecture();
    BlockWeights.Norms<Tensor> norms = model.transformer().weights().blocks().get(layer).norms();
    @Nullable NormWeights<Tensor> weights =
        switch (architecture.block().wiring()) {
          case PRE_NORM, SANDWICH, PARALLEL_TWO_NORMS -> norms.ln2();
          case PARALLEL_ONE_NORM -> norms.ln1();
          case OUTPUT_NORM, POST_NORM -> null;
        };
    return weights == null ? null : new AffineNorm(architecture.block().norm(), weights);
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

package io.lexiscope.train;

import io.lexiscope.model.family.ModelConfig;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.tensor.AdamW;
import io.lexiscope.tensor.Autograd;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.MixedPrecision;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.train.recipe.Fit;
import io.lexiscope.train.recipe.Optimizer;
import java.util.List;

/// Fits the weights of a network, step by step. Confined to one thread; owned by the scope it was
/// made in.
final class Trainer {
  private static final long IGNORED = -100;
  private static final double EPSILON = 1e-8;

  private final Fit fit;
  private final BatchStream stream;
  private final Parameters parameters;
  private final AdamW adamW;
  private final Transformer transformer;
  private final List<Tensor> leaves;

  /// What a step did.
  ///
  /// @param loss before the step
  /// @param learningRate of the step
  /// @param tokens read
  record Step(double loss, double learningRate, long tokens) {}

  Trainer(ModelConfig config, Fit fit, BatchStream stream) {
    this.fit = fit;
    this.stream = stream;
    Optimizer optimizer = fit.optimizer();
    this.parameters = Parameters.of(config, optimizer.decayAll());
    this.adamW =
        new AdamW(
            parameters.values(),
            parameters.gradient(),
            parameters.decayed(),
            new AdamW.Rates(
                optimizer.beta1(), optimizer.beta2(), EPSILON, optimizer.weightDecay()));
    this.transformer = new Transformer(config.architecture(), parameters.places());
    this.leaves = parameters.weights().stream().map(Parameters.Weight::value).toList();
    parameters.start(config.architecture(), fit.start().seed(), fit.start().deviation(), config);
  }

  Parameters parameters() {
    return parameters;
  }

  AdamW adamW() {
    return adamW;
  }

  Transformer transformer() {
    return transformer;
  }

  /// Takes one step.
  ///
  /// @param step number of the step, from 1; the batches follow from it
  Step step(int step) {
    int passes = fit.batches().accumulate();
    double loss = 0;
    long tokens = 0;
    for (int pass = 0; pass < passes; pass++) {
      Batch batch = stream.batch((step - 1L) * passes + pass);
      boolean first = pass == 0;
      loss += TensorScope.tidy(() -> accumulate(batch, first)) / passes;
      tokens += batch.inputs().sequences().stream().mapToLong(ids -> ids.size()).sum();
    }
    if (!Double.isFinite(loss)) {
      throw new TrainingException(
          "train: expected a finite loss, got %s at step %d; lower the learning rate or clip gradients"
              .formatted(loss, step));
    }
    double learningRate = fit.schedule().at(step, fit.steps());
    adamW.step(step, learningRate, gradientScale(passes));
    return new Step(loss, learningRate, tokens);
  }

  private double gradientScale(int passes) {
    double clip = fit.optimizer().clip();
    double scale = 1.0 / passes;
    if (clip == 0) {
      return scale;
    }
    double norm = AdamW.norm(parameters.gradient()) * scale;
    return norm > clip ? scale * clip / norm : scale;
  }

  private double accumulate(Batch batch, boolean first) {
    Tensor loss =
        switch (fit.batches().arithmetic()) {
          case F32 -> loss(batch);
          case BF16 -> MixedPrecision.bfloat16(() -> loss(batch));
        };
    double value = loss.item();
    List<Tensor> gradients = Autograd.grad(loss, leaves);
    for (int i = 0; i < gradients.size(); i++) {
      Tensor sum = parameters.weights().get(i).gradient();
      if (first) {
        sum.copyInPlace(gradients.get(i));
      } else {
        sum.addInPlace(gradients.get(i));
      }
    }
    return value;
  }

  private Tensor loss(Batch batch) {
    Tensor last = transformer.forward(batch.inputs(), ActiveHooks.none(), /* cache= */ null);
    return switch (batch) {
      case Batch.NextTokens next -> {
        Tensor rows = last.reshape(-1, last.size(-1));
        Tensor counted =
            next.everywhere()
                ? rows
                : rows.indexSelect(0, Tensors.ofLongs(next.positions().toLongs()));
        yield Nn.crossEntropy(
            transformer.logits(counted).to(DType.FLOAT32),
            Tensors.ofLongs(next.targets().toLongs()),
            IGNORED);
      }
      case Batch.Values values -> {
        float[] targets = new float[values.targets().size()];
        for (int i = 0; i < targets.length; i++) {
          targets[i] = values.targets().get(i).floatValue();
        }
        Tensor difference =
            transformer
                .outputs(last)
                .to(DType.FLOAT32)
                .sub(Tensors.of(targets, Shape.of(targets.length, 1)));
        yield difference.mul(difference).mean();
      }
    };
  }
}

package io.lexiscope.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/// The AdamW optimiser over one flat buffer of parameters, updated in blocks that stay in the
/// processor's cache, so that a step costs one pass over the memory instead of a dozen.
///
/// Owned by the scope it was made in. Not thread-safe.
///
/// @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov & Hutter 2019, algorithm 2</a>, with
///   the bias corrections of Adam and the decay multiplied by the learning rate
public final class AdamW {
  private static final long BLOCK = 1L << 17;

  private final Rates rates;
  private final Tensor firstMoment;
  private final Tensor secondMoment;
  private final List<Block> blocks = new ArrayList<>();

  /// The constants of a run.
  ///
  /// @param beta1 share of the first moment that is kept in a step
  /// @param beta2 share of the second moment that is kept in a step
  /// @param epsilon added to the divisor
  /// @param weightDecay share of a decayed parameter that is lost in a step of learning rate 1
  public record Rates(double beta1, double beta2, double epsilon, double weightDecay) {}

  private record Block(
      Tensor parameters, Tensor gradient, Moments moments, Tensor divisor, boolean decayed) {}

  private record Moments(Tensor first, Tensor second) {}

  /// An optimiser with moments of zero.
  ///
  /// @param parameters FLOAT32 \[n\], changed in place by every step; not part of a gradient graph
  /// @param gradient FLOAT32 \[n\], read, and scaled in place, by every step
  /// @param decayed how many elements, from the first, are subject to weight decay
  public AdamW(Tensor parameters, Tensor gradient, long decayed, Rates rates) {
    this.rates = rates;
    long size = parameters.size(0);
    this.firstMoment = Tensors.zeros(Shape.of(size));
    this.secondMoment = Tensors.zeros(Shape.of(size));
    Tensor scratch = Tensors.zeros(Shape.of(Math.min(BLOCK, size)));
    for (long start = 0; start < size; ) {
      long end = Math.min(size, start + BLOCK);
      if (start < decayed) {
        end = Math.min(end, decayed);
      }
      long length = end - start;
      blocks.add(
          new Block(
              parameters.narrow(0, start, length),
              gradient.narrow(0, start, length),
              new Moments(
                  firstMoment.narrow(0, start, length), secondMoment.narrow(0, start, length)),
              scratch.narrow(0, 0, length),
              start < decayed));
      start = end;
    }
  }

  /// Changes the parameters along the gradient.
  ///
  /// @param step number of this step, from 1
  /// @param learningRate of this step
  /// @param gradientScale what the gradient is multiplied by first, such as a clipping factor
  public void step(int step, double learningRate, double gradientScale) {
    double firstBias = 1 - Math.pow(rates.beta1(), step);
    double secondBias = 1 - Math.pow(rates.beta2(), step);
    try (Scalar scale = new Scalar(gradientScale);
        Scalar firstShare = new Scalar(1 - rates.beta1());
        Scalar secondKept = new Scalar(rates.beta2());
        Scalar secondShare = new Scalar(1 - rates.beta2());
        Scalar correction = new Scalar(1 / Math.sqrt(secondBias));
        Scalar epsilon = new Scalar(rates.epsilon());
        Scalar kept = new Scalar(1 - learningRate * rates.weightDecay());
        Scalar negativeRate = new Scalar(-learningRate / firstBias)) {
      for (Block block : blocks) {
        var gradient = block.gradient().handle("adamw");
        var first = block.moments().first().handle("adamw");
        var second = block.moments().second().handle("adamw");
        var divisor = block.divisor().handle("adamw");
        var parameters = block.parameters().handle("adamw");
        if (gradientScale != 1) {
          gradient.mul_(scale);
        }
        first.lerp_(gradient, firstShare);
        second.mul_(secondKept).addcmul_(gradient, gradient, secondShare);
        torch.sqrt_out(divisor, second);
        divisor.mul_(correction).add_(epsilon);
        if (block.decayed() && rates.weightDecay() != 0) {
          parameters.mul_(kept);
        }
        parameters.addcdiv_(first, divisor, negativeRate);
      }
    }
  }

  /// Running mean of the gradient, \[n\]; the optimiser's own, for saving and restoring.
  public Tensor firstMoment() {
    return firstMoment;
  }

  /// Running mean of the squared gradient, \[n\]; the optimiser's own, for saving and restoring.
  public Tensor secondMoment() {
    return secondMoment;
  }

  /// Euclidean norm of a flat tensor.
  public static double norm(Tensor flat) {
    return Math.sqrt(
        TensorScope.tidy(
            () -> Tensor.own("norm", () -> flat.handle("norm").dot(flat.handle("norm"))).item()));
  }
}

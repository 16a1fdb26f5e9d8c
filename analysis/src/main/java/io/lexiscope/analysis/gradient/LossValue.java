package io.lexiscope.analysis.gradient;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.gradient.Loss;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;

/// A loss by a forward pass alone.
public final class LossValue {
  private LossValue() {}

  /// The loss of a prompt under what is in force in the model, in the unit of the loss.
  ///
  /// @throws io.lexiscope.model.gradient.GradientException if the loss does not fit the prompt
  public static double of(LanguageModel model, TokenIds prompt, Loss loss) {
    TokenIds tokens = loss.tokens(prompt);
    long[] rows = loss.positions(tokens.size()).stream().mapToLong(Integer::longValue).toArray();
    return TensorScope.tidy(
        () -> {
          try (Run run = model.run(tokens, Recording.nothing())) {
            Tensor read = run.last().indexSelect(1, Tensors.ofLongs(rows));
            return loss.of(model.transformer().logits(read).squeeze(0), tokens).item();
          }
        });
  }
}

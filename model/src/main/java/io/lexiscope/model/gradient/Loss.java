package io.lexiscope.model.gradient;

import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.Tensors;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// A scalar of one prompt's logits. Smaller is better: a step against its gradient moves the model
/// towards the target.
public sealed interface Loss {
  /// The tokens to run for a prompt.
  default TokenIds tokens(TokenIds prompt) {
    return prompt;
  }

  /// The positions whose logits it reads, from 0, rising.
  ///
  /// @param length of what is run
  /// @throws GradientException if there is no such position
  List<Integer> positions(int length);

  /// Its value, a scalar.
  ///
  /// @param logits at those positions, [positions, vocabulary], float32
  /// @param tokens what was run
  Tensor of(Tensor logits, TokenIds tokens);

  /// `−log p(target)` after a position, in nats.
  ///
  /// @param position from 0, or negative from the end
  /// @param target an id
  record NextToken(int position, int target) implements Loss {
    /// Of what follows the prompt.
    public static NextToken last(int target) {
      return new NextToken(-1, target);
    }

    @Override
    public List<Integer> positions(int length) {
      return List.of(within(position, length));
    }

    @Override
    public Tensor of(Tensor logits, TokenIds tokens) {
      return crossEntropy(logits, new long[] {id(target, logits)});
    }
  }

  /// The mean over the prompt of `−log p(token)` of each token after the first, in nats.
  record MeanNextToken() implements Loss {
    @Override
    public List<Integer> positions(int length) {
      if (length < 2) {
        throw new GradientException(
            "loss: expected two tokens or more for the mean next-token loss, got " + length);
      }
      return IntStream.range(0, length - 1).boxed().toList();
    }

    @Override
    public Tensor of(Tensor logits, TokenIds tokens) {
      return crossEntropy(logits, tokens.slice(1, tokens.size()).toLongs());
    }
  }

  /// How much a foil leads before the target after a position: `logit(foil) − logit(target)`, the
  /// logarithm of the ratio of their probabilities.
  ///
  /// @param position from 0, or negative from the end
  /// @param target an id
  /// @param foil an id
  record Contrast(int position, int target, int foil) implements Loss {
    @Override
    public List<Integer> positions(int length) {
      return List.of(within(position, length));
    }

    @Override
    public Tensor of(Tensor logits, TokenIds tokens) {
      Tensor row = logits.select(0, 0);
      return row.select(0, id(foil, logits)).sub(row.select(0, id(target, logits)));
    }
  }

  /// `Σ −log p(token)` of a continuation of several tokens, each after the prompt and the right
  /// tokens before it (teacher-forced), in nats. What is run is the prompt and the continuation
  /// without its last token; of one token it is [NextToken] after the prompt.
  ///
  /// @param target at least one token
  record Continuation(TokenIds target) implements Loss {
    /// Checks the target.
    ///
    /// @throws GradientException if it is empty
    public Continuation {
      if (target.isEmpty()) {
        throw new GradientException("loss: expected a continuation of a token or more, got none");
      }
    }

    @Override
    public TokenIds tokens(TokenIds prompt) {
      return prompt.plus(target.slice(0, target.size() - 1));
    }

    @Override
    public List<Integer> positions(int length) {
      return IntStream.range(length - target.size(), length).boxed().toList();
    }

    @Override
    public Tensor of(Tensor logits, TokenIds tokens) {
      long[] ids = target.toLongs();
      for (long id : ids) {
        id(Math.toIntExact(id), logits);
      }
      return crossEntropy(logits, ids).mul(ids.length);
    }
  }

  /// Any scalar of the logits at some positions.
  ///
  /// @param at positions from 0, or negative from the end
  /// @param function from logits, [positions, vocabulary], to a scalar, in operations of libtorch
  record OfLogits(List<Integer> at, UnaryOperator<Tensor> function) implements Loss {
    /// Copies the list.
    public OfLogits {
      at = List.copyOf(at);
    }

    @Override
    public List<Integer> positions(int length) {
      return at.stream().map(position -> within(position, length)).toList();
    }

    @Override
    public Tensor of(Tensor logits, TokenIds tokens) {
      return function.apply(logits);
    }
  }

  private static int within(int position, int length) {
    int resolved = position < 0 ? position + length : position;
    if (resolved < 0 || resolved >= length) {
      throw new GradientException(
          "loss: expected a position from %d to %d, got %d"
              .formatted(-length, length - 1, position));
    }
    return resolved;
  }

  private static int id(int id, Tensor logits) {
    if (id < 0 || id >= logits.size(-1)) {
      throw new GradientException(
          "loss: expected a token id from 0 to %d, got %d".formatted(logits.size(-1) - 1, id));
    }
    return id;
  }

  private static Tensor crossEntropy(Tensor logits, long[] targets) {
    return Nn.crossEntropy(
        logits, Tensors.ofLongs(targets, Shape.of(targets.length)), /* ignored= */ -100);
  }
}

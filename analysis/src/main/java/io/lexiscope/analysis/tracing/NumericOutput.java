package io.lexiscope.analysis.tracing;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.RunBatch;
import io.lexiscope.model.config.Head;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The number that a model answers with.
public sealed interface NumericOutput {

  /// The output of a regression head.
  record Regression() implements NumericOutput {}

  /// The number that the next character stands for, weighted by its probability among those that
  /// stand for one.
  ///
  /// @param tokens ids of the characters
  /// @param numbers that they stand for, in the same order
  record NextCharacter(List<Integer> tokens, List<Double> numbers) implements NumericOutput {
    /// Copies the lists.
    public NextCharacter {
      tokens = List.copyOf(tokens);
      numbers = List.copyOf(numbers);
    }
  }

  /// Whether a model answers with one number.
  static boolean isRegression(LanguageModel model) {
    return model.architecture().output().head() instanceof Head.Encoder encoder
        && encoder.outputs() == 1;
  }

  /// The output of a model.
  ///
  /// @param sign whether a sign is asked for, and not a digit
  /// @throws TracingException if the model answers neither with a number nor in digits
  static NumericOutput of(LanguageModel model, boolean sign) {
    if (isRegression(model)) {
      return new Regression();
    }
    if (!model.tokenizer().isPresent()) {
      throw new TracingException(
          "trace: expected a model that answers with a number or in digits, got one without a tokenizer; choose another");
    }
    String wanted = sign ? "+-" : "0123456789";
    List<Integer> tokens = new ArrayList<>();
    List<Double> numbers = new ArrayList<>();
    IntStream.range(0, model.tokenizer().vocabularySize())
        .forEach(
            id -> {
              String text = model.tokenizer().display(id);
              if (text.length() == 1 && wanted.contains(text)) {
                tokens.add(id);
                numbers.add(sign ? (text.equals("+") ? 1.0 : -1.0) : text.charAt(0) - '0');
              }
            });
    if (tokens.size() < 2) {
      throw new TracingException(
          "trace: expected a model that answers with a number or in digits, a token each, got %d such tokens; choose another"
              .formatted(tokens.size()));
    }
    return new NextCharacter(tokens, numbers);
  }

  /// What the rows of a batch say at their last positions.
  default double[] read(LanguageModel model, RunBatch runs) {
    return switch (this) {
      case Regression _ -> {
        float[] outputs =
            TensorScope.tidy(
                () ->
                    model
                        .transformer()
                        .outputs(runs.last().to(DType.FLOAT32).to(Device.CPU))
                        .toFloats());
        yield IntStream.range(0, outputs.length).mapToDouble(i -> outputs[i]).toArray();
      }
      case NextCharacter character ->
          runs.rows().stream().mapToDouble(run -> expected(run, character)).toArray();
    };
  }

  private static double expected(Run run, NextCharacter character) {
    float[] logits = run.logits(-1).toFloats();
    double most = character.tokens().stream().mapToDouble(id -> logits[id]).max().orElseThrow();
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < character.tokens().size(); i++) {
      double weight = Math.exp(logits[character.tokens().get(i)] - most);
      sum += weight;
      weighted += weight * character.numbers().get(i);
    }
    return weighted / sum;
  }
}

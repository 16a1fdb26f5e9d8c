package io.lexiscope.analysis.tracing;

import java.util.HashSet;
import java.util.List;

/// Prompts of one length with known values: every third tests what the others teach.
///
/// @param names of the values; the last is the answer
/// @param prompts at least [#LEAST]
public record TracedPrompts(List<String> names, List<TracedPrompt> prompts) {
  /// Fewest prompts.
  public static final int LEAST = 12;

  /// Copies the lists and checks them.
  ///
  /// @throws TracingException if there are too few prompts or values, a value is not finite or
  ///   always the same, or prompts differ in length
  public TracedPrompts {
    names = List.copyOf(names);
    prompts = List.copyOf(prompts);
    if (names.isEmpty() || new HashSet<>(names).size() != names.size()) {
      throw new TracingException(
          "trace: expected values of different names, got %s; name each once".formatted(names));
    }
    if (prompts.size() < LEAST) {
      throw new TracingException(
          "trace: expected %d prompts or more, got %d; give more".formatted(LEAST, prompts.size()));
    }
    int length = prompts.getFirst().tokens().size();
    for (int i = 0; i < prompts.size(); i++) {
      TracedPrompt prompt = prompts.get(i);
      if (prompt.tokens().size() != length) {
        throw new TracingException(
            "trace: expected prompts of one length, %d tokens like the first, got %d in prompt %d; positions of different lengths cannot be compared, leave the others out"
                .formatted(length, prompt.tokens().size(), i + 1));
      }
      if (prompt.values().size() != names.size()
          || !prompt.values().stream().allMatch(Double::isFinite)) {
        throw new TracingException(
            "trace: expected %d finite values, got %s in prompt %d; give a number for each of %s"
                .formatted(names.size(), prompt.values(), i + 1, names));
      }
    }
    for (int value = 0; value < names.size(); value++) {
      int one = value;
      double first = prompts.getFirst().values().get(one);
      if (prompts.stream().allMatch(prompt -> prompt.values().get(one) == first)) {
        throw new TracingException(
            "trace: expected values that differ from prompt to prompt, got %s in all for %s; leave the value out"
                .formatted(first, names.get(one)));
      }
    }
  }

  /// Tokens of each prompt.
  public int length() {
    return prompts.getFirst().tokens().size();
  }

  /// Whether a prompt tests; the others teach.
  public static boolean tests(int prompt) {
    return prompt % 3 == 2;
  }

  /// The index of a value.
  ///
  /// @throws TracingException if there is none of the name
  public int indexOf(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new TracingException(
          "trace: expected one of the values %s, got %s; choose one of them"
              .formatted(names, name));
    }
    return index;
  }

  /// All numbers of a value, prompt by prompt.
  double[] numbers(int value) {
    return prompts.stream().mapToDouble(prompt -> prompt.values().get(value)).toArray();
  }
}

package io.lexiscope.train.recipe;

import io.lexiscope.train.microworld.MicroworldTask;
import io.lexiscope.train.task.AdditionTask;
import io.lexiscope.train.task.CountingTask;
import io.lexiscope.train.task.ExpressionDecoderTask;
import io.lexiscope.train.task.ExpressionEncoderTask;
import io.lexiscope.train.task.ExpressionGrammar;
import io.lexiscope.train.task.ExpressionPattern;
import io.lexiscope.train.task.LossOn;
import io.lexiscope.train.task.OperandRange;
import io.lexiscope.train.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes tasks by name.
///
/// | task | options |
/// | --- | --- |
/// | `addition` | `digits`, `lossOn` |
/// | `counting` | `letters`, `distinct`, `maxCount`, `lossOn` |
/// | `expressions-encoder` | `patterns`, `greatest`: see [ExpressionGrammar]; one repeated is likelier |
/// | `expressions-decoder` | `patterns`, `greatest`, `lossOn` |
/// | `microworld` | `vocabulary`, `tokenizerDocuments`: of the tokenizer that is made for it |
public final class Tasks {
  private static final Map<String, Set<String>> OPTIONS =
      Map.of(
          "addition", Set.of("digits", "lossOn"),
          "counting", Set.of("letters", "distinct", "maxCount", "lossOn"),
          "expressions-encoder", Set.of("patterns", "greatest"),
          "expressions-decoder", Set.of("patterns", "greatest", "lossOn"),
          "microworld", Set.of("vocabulary", "tokenizerDocuments"));

  private Tasks() {}

  /// Names of the tasks, sorted.
  public static List<String> names() {
    return OPTIONS.keySet().stream().sorted().toList();
  }

  /// The task of a name as published, for measuring.
  ///
  /// @throws RecipeException if there is no such task
  public static Task published(String name) {
    return of(new TaskRecipe(name, /* seed= */ 1, Map.of()));
  }

  /// The task of a recipe.
  ///
  /// @throws RecipeException if there is no such task or an option does not fit it
  public static Task of(TaskRecipe recipe) {
    Set<String> known = OPTIONS.get(recipe.name());
    if (known == null) {
      throw new RecipeException(
          "task: expected one of %s, got %s".formatted(names(), recipe.name()));
    }
    for (String option : recipe.options().keySet()) {
      if (!known.contains(option)) {
        throw new RecipeException(
            "task: expected options %s for %s, got %s"
                .formatted(known.stream().sorted().toList(), recipe.name(), option));
      }
    }
    long seed = recipe.seed();
    return switch (recipe.name()) {
      case "addition" ->
          new AdditionTask(seed, number(recipe, "digits", 3), lossOn(recipe, LossOn.EVERY_TOKEN));
      case "counting" ->
          new CountingTask(
              seed,
              number(recipe, "letters", 26),
              number(recipe, "distinct", 3),
              number(recipe, "maxCount", 9),
              lossOn(recipe, LossOn.ANSWER));
      case "expressions-encoder" -> new ExpressionEncoderTask(seed, grammar(recipe));
      case "expressions-decoder" ->
          new ExpressionDecoderTask(seed, grammar(recipe), lossOn(recipe, LossOn.ANSWER));
      default -> MicroworldTask.of(seed);
    };
  }

  /// A whole-number option.
  ///
  /// @throws RecipeException if it is no whole number
  public static int number(TaskRecipe recipe, String option, int fallback) {
    Object value = recipe.options().get(option);
    if (value == null) {
      return fallback;
    }
    if (value instanceof Integer number) {
      return number;
    }
    throw new RecipeException(
        "task: expected a whole number for %s of %s, got %s"
            .formatted(option, recipe.name(), value));
  }

  private static ExpressionGrammar grammar(TaskRecipe recipe) {
    ExpressionGrammar standard = ExpressionGrammar.standard();
    try {
      return new ExpressionGrammar(
          list(recipe, "patterns", String.class)
              .map(forms -> forms.stream().map(ExpressionPattern::new).toList())
              .orElse(standard.patterns()),
          list(recipe, "greatest", Integer.class)
              .map(ends -> ends.stream().map(end -> new OperandRange(/* least= */ 1, end)).toList())
              .orElse(standard.ranges()));
    } catch (IllegalArgumentException e) {
      throw new RecipeException("task: " + e.getMessage(), e);
    }
  }

  private static <T> Optional<List<T>> list(TaskRecipe recipe, String option, Class<T> kind) {
    Object value = recipe.options().get(option);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof List<?> items && items.stream().allMatch(kind::isInstance)) {
      return Optional.of(items.stream().<T>map(kind::cast).toList());
    }
    throw new RecipeException(
        "task: expected a list of %s for %s of %s, got %s"
            .formatted(
                kind == String.class ? "texts" : "whole numbers", option, recipe.name(), value));
  }

  private static LossOn lossOn(TaskRecipe recipe, LossOn fallback) {
    Object value = recipe.options().get("lossOn");
    if (value == null) {
      return fallback;
    }
    return Arrays.stream(LossOn.values())
        .filter(choice -> choice.name().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new RecipeException(
                    "task: expected lossOn of %s to be one of %s, got %s"
                        .formatted(recipe.name(), Arrays.toString(LossOn.values()), value)));
  }
}

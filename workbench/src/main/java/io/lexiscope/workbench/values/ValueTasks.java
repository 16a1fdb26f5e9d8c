package io.lexiscope.workbench.values;

import io.lexiscope.analysis.tracing.ExpressionTemplate;
import io.lexiscope.analysis.tracing.NumericOutput;
import io.lexiscope.analysis.tracing.TracedPrompt;
import io.lexiscope.analysis.tracing.TracedPrompts;
import io.lexiscope.analysis.tracing.TracingException;
import io.lexiscope.analysis.tracing.ValueMove;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.workbench.ask.Count;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.corpus.TextFiles;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Prompts with known values, what the model answers with, and how a prompt is rewritten.
///
/// @param prompts with their values
/// @param output what the model answers with
/// @param rewriting of a value; none for a table
record ValueTasks(TracedPrompts prompts, NumericOutput output, RewritingOf rewriting) {
  private static final int STANDARD_PROMPTS = 1_200;
  private static final int MOST_PROMPTS = 20_000;

  /// Rewritings by the value that is rewritten.
  @FunctionalInterface
  interface RewritingOf {
    ValueMove.Rewriting of(String value);
  }

  static ValueTasks of(String verb, LanguageModel model, ValueTask task, long seed) {
    String data = task.data();
    return data == null ? drawn(verb, model, task, seed) : table(verb, model, data);
  }

  private static ValueTasks drawn(String verb, LanguageModel model, ValueTask task, long seed) {
    int given = Count.within(verb, "given", task.given(), 0, /* least= */ 0, /* most= */ 20);
    ExpressionTemplate.Frame frame = ExpressionTemplate.Frame.of(model).given(given);
    boolean digits = !frame.after().isEmpty();
    int least = task.least() == null ? (frame.signed() ? 10 : 100) : task.least();
    int greatest = task.greatest() == null ? (frame.signed() ? 99 : 999) : task.greatest();
    String form =
        task.form() == null ? (digits && !frame.signed() ? "a+b" : "a-(b-c)") : task.form();
    int count =
        Count.within(
            verb, "prompts", task.prompts(), STANDARD_PROMPTS, TracedPrompts.LEAST, MOST_PROMPTS);
    var template = refused("form", () -> new ExpressionTemplate(form, frame, least, greatest));
    if (!digits && given > 0) {
      throw WorkbenchException.invalid(
          "given",
          "%s: expected 0 in given for a model that answers with one number, got %d; leave it out"
              .formatted(verb, given));
    }
    var all = template.draw(count, seed);
    return new ValueTasks(
        template.prompts(model, all),
        NumericOutput.of(model, frame.signed() && given == 0),
        value ->
            template.names().contains(value)
                ? (prompt, number) ->
                    template
                        .with(all.get(prompt), value, Math.round(number))
                        .map(other -> template.tokens(model, other))
                : ValueMove.Rewriting.none());
  }

  private static ValueTasks table(String verb, LanguageModel model, String file) {
    ValueTable table = ValueTable.of(TextFiles.text(verb, "data", file), file);
    if (table.prompts().size() > MOST_PROMPTS) {
      throw WorkbenchException.invalid(
          "data",
          "%s: expected at most %,d prompts, got %,d; give fewer"
              .formatted(verb, MOST_PROMPTS, table.prompts().size()));
    }
    List<TracedPrompt> prompts = new ArrayList<>();
    for (int i = 0; i < table.prompts().size(); i++) {
      prompts.add(
          new TracedPrompt(
              Prompts.idsWithinContext(verb, model, Prompt.text(table.prompts().get(i))),
              table.values().get(i)));
    }
    return new ValueTasks(
        refused("data", () -> new TracedPrompts(table.names(), prompts)),
        NumericOutput.of(model, /* sign= */ false),
        _ -> ValueMove.Rewriting.none());
  }

  private static <T> T refused(String field, Supplier<T> made) {
    try {
      return made.get();
    } catch (TracingException wrong) {
      throw WorkbenchException.invalid(field, String.valueOf(wrong.getMessage()));
    }
  }

  static HookPoint point(@Nullable String at) {
    return at == null
        ? HookPoint.RESID_POST
        : HookName.parseAll(at, /* layers= */ 1).getFirst().point();
  }

  static List<Integer> layers(LanguageModel model, @Nullable List<Integer> asked) {
    int all = model.architecture().layers();
    return asked == null
        ? IntStream.range(0, all).boxed().toList()
        : Objects.requireNonNull(asked).stream()
            .map(layer -> layer < 0 ? layer + all : layer)
            .distinct()
            .sorted()
            .toList();
  }
}

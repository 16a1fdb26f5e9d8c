package io.lexiscope.model.chat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The template by which a model was taught to read a chat: Jinja, as `transformers` runs it
/// (`apply_chat_template`), without tools and documents.
///
/// A template has [#render]ed at most two million steps and eight million characters when it is
/// stopped, whatever it says; it reaches nothing but the messages, the special tokens and the date.
///
/// Immutable; may be shared between threads.
public final class ChatTemplate {
  private static final int LONGEST = 1 << 20;
  private static final long LONGEST_RANGE = 100_000;

  private final String source;
  private final List<TemplatePart> nodes;
  private final Map<String, String> specials;

  private ChatTemplate(String source, List<TemplatePart> nodes, Map<String, String> specials) {
    this.source = source;
    this.nodes = nodes;
    this.specials = specials;
  }

  /// Reads a template.
  ///
  /// @param source in Jinja
  /// @param specials texts of special tokens under the names templates have for them: `bos_token`,
  ///   `eos_token`, …
  /// @throws ChatException if it is no template, or one that needs more of Jinja than chats do
  public static ChatTemplate of(String source, Map<String, String> specials) {
    if (source.length() > LONGEST) {
      throw new ChatException(
          "chat: expected a template of at most %,d characters, got %,d; give the wrapped text yourself"
              .formatted(LONGEST, source.length()));
    }
    return new ChatTemplate(source, TemplateParser.parse(source), Map.copyOf(specials));
  }

  /// The template as its file has it.
  public String source() {
    return source;
  }

  /// The text of a chat, with the beginning of the model's answer.
  ///
  /// @param messages what was said so far
  /// @param now the time that templates may write as today's date
  /// @throws ChatException if the template refuses the messages, or does what cannot be done
  public String render(List<ChatMessage> messages, LocalDateTime now) {
    var budget = new Budget();
    var world = new Scope(/* outer= */ null);
    specials.forEach((name, text) -> world.set(name, Datum.of(text)));
    world.set("messages", Datum.Items.list(messages.stream().map(ChatTemplate::message).toList()));
    world.set("add_generation_prompt", Datum.of(true));
    world.set("tools", new Datum.None());
    world.set("documents", new Datum.None());
    functions(budget, now).forEach((name, body) -> world.set(name, new Datum.Function(name, body)));
    try {
      return new Renderer(budget).render(nodes, new Scope(world));
    } catch (StackOverflowError deep) {
      throw budget.failed("expressions and calls less deep", "deeper ones");
    }
  }

  private static Datum message(ChatMessage message) {
    Map<String, Datum> entries = new LinkedHashMap<>();
    entries.put("role", Datum.of(message.role()));
    entries.put("content", Datum.of(message.content()));
    return Datum.Table.of(entries);
  }

  private static Map<String, Datum.Body> functions(Budget budget, LocalDateTime now) {
    return Map.of(
        "raise_exception",
        given -> {
          throw new ChatException(
              "chat: expected messages that the model's template takes, got its refusal \"%s\"; change or leave out the system text"
                  .formatted(Values.text(given.get(0, "message"), budget).replace('\n', ' ')));
        },
        "strftime_now",
        given -> Datum.of(DateText.of(now, Values.string(given.get(0, "format"), budget), budget)),
        "namespace",
        given -> {
          Map<String, Datum> values = new LinkedHashMap<>(given.named());
          if (given.has(0, "values") && given.get(0, "values") instanceof Datum.Table table) {
            table.entries().forEach((key, value) -> values.put(Values.text(key, budget), value));
          }
          return new Datum.Space(values);
        },
        "dict",
        given -> Datum.Table.of(given.named()),
        "range",
        given -> range(given, budget));
  }

  private static Datum range(Datum.Arguments given, Budget budget) {
    boolean one = given.positional().size() == 1;
    long start = one ? 0 : Values.whole(given.get(0, "start"), budget);
    long stop = Values.whole(given.get(one ? 0 : 1, "stop"), budget);
    long step = given.has(2, "step") ? Values.whole(given.get(2, "step"), budget) : 1;
    if (step == 0) {
      throw budget.failed("a step other than 0", "0");
    }
    List<Datum> numbers = new ArrayList<>();
    for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
      if (numbers.size() == LONGEST_RANGE) {
        throw budget.failed("a range of at most %,d".formatted(LONGEST_RANGE), "a longer one");
      }
      budget.make(1);
      numbers.add(new Datum.Whole(i));
    }
    return Datum.Items.list(numbers);
  }
}

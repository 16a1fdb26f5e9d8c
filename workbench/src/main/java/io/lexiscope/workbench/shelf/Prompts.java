package io.lexiscope.workbench.shelf;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.chat.ChatMessage;
import io.lexiscope.model.chat.ChatTemplate;
import io.lexiscope.model.place.Position;
import io.lexiscope.model.tokenizer.Encoding;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.ResultHeader;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Turns prompts into token ids, and token ids into what a result says of them.
public final class Prompts {
  /// Longest text that is cut up into tokens to be looked at, in characters.
  private static final int MOST_CHARACTERS = 1 << 18;

  /// More characters than this for each position cannot be a prompt: a token of them is rare.
  private static final int CHARACTERS_A_TOKEN = 16;

  /// How many times its context a model whose positions are angles may be run on.
  private static final int CONTEXTS = 4;

  private Prompts() {}

  /// Refuses a text that is too long to be cut up while somebody waits.
  ///
  /// @throws WorkbenchException of kind `invalid` when it is
  public static void requireShort(String verb, Prompt prompt) {
    requireAtMost(MOST_CHARACTERS, verb, prompt);
  }

  private static void requireAtMost(long most, String verb, Prompt prompt) {
    var text = prompt.text();
    if (text != null && text.length() > most) {
      throw WorkbenchException.invalid(
          "text",
          "%s: expected a text of at most %d characters, got %d; give a part of it"
              .formatted(verb, most, text.length()));
    }
  }

  /// The ids of a prompt, each inside the vocabulary, at least one.
  ///
  /// @param verb what is asked, for the message
  /// @throws WorkbenchException of kind `invalid` when there is no text and no ids, or both, or an
  ///   id does not exist
  public static TokenIds ids(String verb, LanguageModel model, Prompt prompt) {
    var text = prompt.text();
    var given = prompt.tokens();
    if ((text == null) == (given == null)) {
      throw WorkbenchException.invalid(
          "text",
          verb
              + ": expected a text or token ids, got "
              + (text == null ? "neither; give one" : "both; leave one out"));
    }
    requireOneForm(verb, prompt);
    if (text != null) {
      if (text.isEmpty()) {
        throw WorkbenchException.invalid(
            "text", verb + ": expected some text, got none; type a prompt");
      }
      return encode(verb, model, prompt).ids();
    }
    var ids = Objects.requireNonNull(given);
    if (ids.isEmpty()) {
      throw WorkbenchException.invalid(
          "tokens", verb + ": expected at least one token id, got none; give the ids of a prompt");
    }
    var vocabulary = model.architecture().dimensions().vocabulary();
    for (var position = 0; position < ids.size(); position++) {
      var id = ids.get(position);
      if (id < 0 || id >= vocabulary) {
        throw WorkbenchException.invalid(
            "tokens",
            verb
                + ": expected token ids from 0 to "
                + (vocabulary - 1)
                + ", got "
                + id
                + " at position "
                + position);
      }
    }
    return TokenIds.of(ids);
  }

  /// The tokens of a prompt that is given as text. In a chat the template alone says which special
  /// tokens stand before it.
  ///
  /// @throws WorkbenchException of kind `invalid` as below
  public static Encoding encode(String verb, LanguageModel model, Prompt prompt) {
    String text = text(verb, model, prompt);
    return prompt.wrapped()
        ? model.tokenizer().encodeWithoutSpecial(text)
        : model.tokenizer().encode(text);
  }

  /// The text of a prompt that is given as text: as it is, or wrapped in the model's chat template.
  ///
  /// @throws WorkbenchException of kind `invalid` when it is to be wrapped and the model has no
  ///   template
  public static String text(String verb, LanguageModel model, Prompt prompt) {
    String text = Objects.requireNonNull(prompt.text());
    if (!prompt.wrapped()) {
      return text;
    }
    ChatTemplate template =
        model
            .chatTemplate()
            .orElseThrow(
                () ->
                    WorkbenchException.invalid(
                        "chat",
                        verb
                            + ": expected a model with a chat template, got one without; leave chat"
                            + " out"));
    List<ChatMessage> messages = new ArrayList<>();
    String told = prompt.system();
    if (told != null) {
      messages.add(ChatMessage.system(told));
    }
    messages.add(ChatMessage.user(text));
    return template.render(messages, LocalDateTime.now(ZoneId.systemDefault()));
  }

  private static void requireOneForm(String verb, Prompt prompt) {
    if (prompt.wrapped() && prompt.text() == null) {
      throw WorkbenchException.invalid(
          "chat", verb + ": expected a text to wrap in a chat, got token ids; leave chat out");
    }
    if (prompt.system() != null && !prompt.wrapped()) {
      throw WorkbenchException.invalid(
          "system", verb + ": expected chat with system, got system alone; add chat");
    }
  }

  /// The ids of a prompt that the network can be run on. Where positions are angles it may be
  /// longer than the context the model was trained for, and the result says so.
  ///
  /// @throws WorkbenchException of kind `invalid` as above, and when the prompt is longer
  public static TokenIds idsWithinContext(String verb, LanguageModel model, Prompt prompt) {
    var longest = longest(model);
    requireAtMost(Math.max(MOST_CHARACTERS, CHARACTERS_A_TOKEN * (long) longest), verb, prompt);
    var ids = ids(verb, model, prompt);
    if (ids.size() > longest) {
      throw WorkbenchException.invalid(
          prompt.text() == null ? "tokens" : "text",
          verb
              + ": expected at most "
              + longest
              + " tokens, "
              + (longest == model.architecture().dimensions().context() ? "" : CONTEXTS + " times ")
              + "the context of the model, got "
              + ids.size()
              + "; shorten the prompt");
    }
    return ids;
  }

  /// How many tokens may follow a prompt.
  public static int room(LanguageModel model, int length) {
    return longest(model) - length;
  }

  /// The longest sequence: the context where every position has a learned vector. Where positions
  /// are angles a sequence may leave the context, up to a multiple of it, so that what is kept for
  /// one has a size.
  private static int longest(LanguageModel model) {
    var context = model.architecture().dimensions().context();
    return model
        .architecture()
        .longestSequence()
        .orElse((int) Math.min(Integer.MAX_VALUE, (long) CONTEXTS * context));
  }

  /// What every result on a prompt carries.
  ///
  /// @param notFinite places whose numbers are not finite, empty when all are
  public static ResultHeader header(
      OpenModel open, TokenIds ids, @Nullable Long seed, List<NotFinite> notFinite) {
    return header(open, ids, ids.size(), seed, notFinite);
  }

  /// What every result on a prompt carries.
  ///
  /// @param length of the longest sequence computed, a continuation included
  /// @param notFinite places whose numbers are not finite, empty when all are
  public static ResultHeader header(
      OpenModel open, TokenIds ids, int length, @Nullable Long seed, List<NotFinite> notFinite) {
    var context = open.model().architecture().dimensions().context();
    return new ResultHeader(
        open.name(),
        TokenView.each(open.model().tokenizer(), ids),
        open.provenance(seed),
        notFinite.isEmpty() ? null : notFinite,
        length <= context
            ? null
            : List.of(
                "context: %,d tokens are more than the %,d the model was trained for; its numbers are computed and mean little beyond"
                    .formatted(length, context)));
  }

  /// The token of a word, or of `#` and an id.
  ///
  /// @param field the request field the word stands in
  /// @throws WorkbenchException of kind `invalid` when it is not one token of the vocabulary
  public static int token(String verb, LanguageModel model, String field, String word) {
    var vocabulary = model.architecture().dimensions().vocabulary();
    if (word.matches("#\\d{1,9}")) {
      var id = Integer.parseInt(word.substring(1));
      if (id >= vocabulary) {
        throw WorkbenchException.invalid(
            field,
            "%s: expected a token id from 0 to %d, got %d in %s"
                .formatted(verb, vocabulary - 1, id, field));
      }
      return id;
    }
    if (word.isEmpty()) {
      throw WorkbenchException.invalid(
          field, verb + ": expected a word in " + field + ", got none; leave the field out");
    }
    return model.tokenizer().idOf(word);
  }

  /// A position counted from 0.
  ///
  /// @param position from 0, negatives from the end
  /// @throws WorkbenchException of kind `invalid` when the prompt has no such position
  public static int position(String verb, String field, int position, int length) {
    var index = Position.from0(position, length);
    if (index < 0 || index >= length) {
      throw WorkbenchException.invalid(
          field,
          "%s: expected a position from %d to %d, got %d"
              .formatted(verb, -length, length - 1, position));
    }
    return index;
  }
}

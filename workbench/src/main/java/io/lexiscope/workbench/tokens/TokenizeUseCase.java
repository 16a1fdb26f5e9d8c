package io.lexiscope.workbench.tokens;

import io.lexiscope.model.tokenizer.Encoding;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.workbench.corpus.TaskWords;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.Prompts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Gives the tokens of a text, or the text of tokens.
public final class TokenizeUseCase implements UseCase<TokenizeRequest, TokenizeResult> {
  private final ModelShelf shelf;
  private final TaskWords words = new TaskWords();

  private TokenizeUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `tokenize`.
  public static Feature<TokenizeRequest, TokenizeResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads("tokenize", "The tokens of a text."),
        TokenizeRequest.class,
        new TokenizeUseCase(shelf));
  }

  @Override
  public TokenizeResult answer(TokenizeRequest request, Work work) {
    Prompts.requireShort("tokenize", request.prompt());
    try (var open = shelf.use(request.choice())) {
      var tokenizer = open.model().tokenizer();
      var text = request.prompt().text();
      var ids = Prompts.ids("tokenize", open.model(), request.prompt());
      var provenance = open.provenance(/* seed= */ null);
      if (text != null) {
        var encoding = Prompts.encode("tokenize", open.model(), request.prompt());
        var unknown = words.unknown(open.model(), encoding.text()).orElse(Set.of());
        return new TokenizeResult(
            open.name(), encoding.text(), spans(encoding, unknown), provenance);
      }
      var bytes = new ByteArrayOutputStream();
      var spans = spans(tokenizer, ids, bytes);
      var joined = bytes.toString(StandardCharsets.UTF_8);
      return new TokenizeResult(open.name(), joined, spans, provenance);
    }
  }

  private static List<TokenSpan> spans(Encoding encoding, Set<TaskWords.Place> unknown) {
    var places = new CodePoints(encoding.text());
    var spans = new ArrayList<TokenSpan>();
    for (var token : encoding.tokens()) {
      spans.add(
          new TokenSpan(
              token.id(),
              token.text(),
              places.before(token.start()),
              places.before(token.end()),
              unknown.stream().anyMatch(word -> word.meets(token.start(), token.end()))
                  ? true
                  : null));
    }
    return spans;
  }

  /// Spans of ids: each covers the characters that its bytes begin or go on with.
  private static List<TokenSpan> spans(
      Tokenizer tokenizer, TokenIds ids, ByteArrayOutputStream text) {
    var spans = new ArrayList<TokenSpan>();
    var characters = 0;
    for (var id : ids.toArray()) {
      var bytes = tokenizer.bytes(id);
      text.writeBytes(bytes);
      var goesOn = bytes.length > 0 && isContinuation(bytes[0]) && characters > 0;
      var start = goesOn ? characters - 1 : characters;
      for (var part : bytes) {
        characters += isContinuation(part) ? 0 : 1;
      }
      spans.add(new TokenSpan(id, tokenizer.display(id), start, characters, /* unknown= */ null));
    }
    return spans;
  }

  private static boolean isContinuation(byte part) {
    return (part & 0xC0) == 0x80;
  }

  /// How many characters stand before each UTF-16 index of a text.
  private static final class CodePoints {
    private final int[] before;

    private CodePoints(String text) {
      before = new int[text.length() + 1];
      for (var i = 0; i < text.length(); i++) {
        var second =
            Character.isLowSurrogate(text.charAt(i))
                && i > 0
                && Character.isHighSurrogate(text.charAt(i - 1));
        before[i + 1] = before[i] + (second ? 0 : 1);
      }
    }

    private int before(int index) {
      return before[Math.clamp(index, 0, before.length - 1)];
    }
  }
}

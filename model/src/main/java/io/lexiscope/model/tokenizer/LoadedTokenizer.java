package io.lexiscope.model.tokenizer;

import io.lexiscope.base.OneLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A tokenizer that runs a `tokenizer.json` in the native library, and reads its pieces in Java.
final class LoadedTokenizer implements Tokenizer {
  private final NativeTokenizer library;
  private final NativeTokenizer decoder;
  private final Vocabulary vocabulary;
  private final PieceStyle style;
  private final SpecialTokens specials;
  private final int trailing;
  private final int longestText;
  private final @Nullable SentencePieceText changes;
  private volatile @Nullable Map<String, Integer> idsByText;

  private LoadedTokenizer(
      NativeTokenizer library,
      NativeTokenizer decoder,
      Vocabulary vocabulary,
      PieceStyle style,
      SpecialTokens specials,
      int trailing,
      int longestText,
      @Nullable SentencePieceText changes) {
    this.library = library;
    this.decoder = decoder;
    this.vocabulary = vocabulary;
    this.style = style;
    this.specials = specials;
    this.trailing = trailing;
    this.longestText = longestText;
    this.changes = changes;
  }

  /// @throws TokenizerException if the document describes no tokenizer
  static LoadedTokenizer of(TokenizerDocument document, TokenizerSettings settings) {
    return of(document, settings, null);
  }

  /// @param changes what is done to a text before it is given to the native library
  /// @throws TokenizerException if the document describes no tokenizer
  static LoadedTokenizer of(
      TokenizerDocument document, TokenizerSettings settings, @Nullable SentencePieceText changes) {
    Vocabulary vocabulary = document.vocabulary();
    DocumentCheck.check(document);
    int longestText = ForeignRules.longestText(document.parts(), document.source());
    ObjectNode parts = TokenizerRules.prepare(document.parts(), settings, vocabulary);
    NativeTokenizer library = load(document.textWith(parts), document.source());
    NativeTokenizer decoder = library;
    try {
      @Nullable ObjectNode decoding = DecodingDocument.of(document);
      if (decoding != null) {
        decoder = load(TokenizerJson.JSON.writeValueAsString(decoding), document.source());
      }
    } catch (TokenizerException e) {
      library.close();
      throw e;
    }
    return new LoadedTokenizer(
        library,
        decoder,
        vocabulary,
        TokenizerRules.style(parts),
        TokenizerRules.specials(parts, settings, vocabulary),
        TokenizerRules.trailing(parts, settings),
        longestText,
        changes);
  }

  private static NativeTokenizer load(String json, String source) {
    try {
      return new NativeTokenizer(json);
    } catch (RuntimeException e) {
      throw new TokenizerException(
          "tokenizer: expected a tokenizer.json that the tokenizers library can load, got \"%s\" for %s"
              .formatted(OneLine.of(e), source),
          e);
    }
  }

  @Override
  public Encoding encode(String text) {
    Spelling spelling = spelled(text);
    var raw = library.encode(spelling.text(), true);
    int size = raw.ids.length;
    for (int i = 0; i < trailing && size > 0 && raw.added[size - 1]; i++) {
      size--;
    }
    return encoding(text, spelling, raw, size);
  }

  @Override
  public Encoding encodeWithoutSpecial(String text) {
    Spelling spelling = spelled(text);
    var raw = library.encode(spelling.text(), false);
    return encoding(text, spelling, raw, raw.ids.length);
  }

  private Encoding encoding(String text, Spelling spelling, NativeTokenizer.Raw raw, int size) {
    var tokens = new ArrayList<Token>(size);
    int reached = 0;
    for (int i = 0; i < size; i++) {
      boolean added = raw.added[i] || raw.starts[i] < 0;
      int start = added ? reached : spelling.start(raw.starts[i]);
      int end = added ? reached : spelling.end(raw.starts[i], raw.ends[i]);
      tokens.add(new Token(raw.ids[i], display(raw.ids[i]), start, end, added));
      reached = Math.max(reached, end);
    }
    return new Encoding(text, tokens);
  }

  private Spelling spelled(String text) {
    String clean = checked(text);
    return changes == null ? Spelling.of(clean) : changes.of(clean);
  }

  private String checked(String text) {
    if (text.length() > longestText) {
      throw new TokenizerException(
          "encode: expected a text of at most %d characters, for which the expressions of this tokenizer end soon, got %d; give a part of it"
              .formatted(longestText, text.length()));
    }
    return withoutLoneSurrogates(text);
  }

  private static String withoutLoneSurrogates(String text) {
    StringBuilder clean = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      clean = clean == null ? new StringBuilder(text) : clean;
      clean.setCharAt(i, '\uFFFD');
    }
    return clean == null ? text : clean.toString();
  }

  @Override
  public String decode(TokenIds ids) {
    return decoder.decode(ids.toLongs(), true);
  }

  @Override
  public String decodeWithSpecial(TokenIds ids) {
    return decoder.decode(ids.toLongs(), false);
  }

  @Override
  public int vocabularySize() {
    return vocabulary.size();
  }

  @Override
  public String piece(int id) {
    @Nullable String piece = vocabulary.piece(id);
    return piece == null ? "#" + id : piece;
  }

  @Override
  public String display(int id) {
    @Nullable String piece = vocabulary.piece(id);
    return piece == null ? "#" + id : PieceStyle.readable(bytes(id));
  }

  @Override
  public byte[] bytes(int id) {
    @Nullable String piece = vocabulary.piece(id);
    if (piece == null) {
      return new byte[0];
    }
    boolean literal =
        vocabulary.isAdded(id) && (specials.contains(id) || style instanceof PieceStyle.ByteLevel);
    return literal ? piece.getBytes(StandardCharsets.UTF_8) : style.bytes(piece);
  }

  @Override
  public int idOf(String tokenText) {
    @Nullable Integer id = idsByText().get(tokenText);
    if (id == null) {
      id = vocabulary.id(tokenText);
    }
    if (id != null) {
      return id;
    }
    List<Token> split = split(tokenText);
    if (split.size() == 1
        && style instanceof PieceStyle.Plain
        && !isUnknown(split.getFirst().id())) {
      return split.getFirst().id();
    }
    String parts =
        split.stream()
            .map(token -> "\"%s\" (%d)".formatted(token.text(), token.id()))
            .collect(Collectors.joining(", "));
    throw new TokenizerException(
        "idOf: expected the text of one token, got \"%s\", which splits into %s; name one of these"
            .formatted(tokenText, parts.isEmpty() ? "nothing" : parts));
  }

  private List<Token> split(String text) {
    try {
      boolean addsSpace = style instanceof PieceStyle.Marked && text.startsWith(" ");
      return encodeWithoutSpecial(addsSpace ? text.substring(1) : text).tokens();
    } catch (TokenizerException e) {
      return List.of();
    }
  }

  private boolean isUnknown(int id) {
    return specials.unknown().isPresent() && specials.unknown().getAsInt() == id;
  }

  private Map<String, Integer> idsByText() {
    Map<String, Integer> known = idsByText;
    if (known == null) {
      known = new HashMap<>(2 * vocabulary.size());
      for (int id = 0; id < vocabulary.size(); id++) {
        @Nullable String piece = vocabulary.piece(id);
        if (piece != null && !isByte(piece)) {
          known.putIfAbsent(display(id), id);
        }
      }
      for (int id = 0; id < vocabulary.size(); id++) {
        @Nullable String piece = vocabulary.piece(id);
        if (piece != null && isByte(piece)) {
          known.putIfAbsent(display(id), id);
        }
      }
      idsByText = known;
    }
    return known;
  }

  /// A byte token reads as a character that may have a token of its own, which then is the one
  /// meant.
  private boolean isByte(String piece) {
    return style instanceof PieceStyle.Marked marked && marked.isByte(piece);
  }

  @Override
  public double mergedOn(int id) {
    return vocabulary.mergedOn().of(id);
  }

  @Override
  public SpecialTokens specials() {
    return specials;
  }

  @Override
  public boolean isPresent() {
    return true;
  }

  @Override
  public void close() {
    library.close();
    decoder.close();
  }
}

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
  private volatile @Nullable Map<String, Integer> idsByText;

  private LoadedTokenizer(
      NativeTokenizer library,
      NativeTokenizer decoder,
      Vocabulary vocabulary,
      PieceStyle style,
      SpecialTokens specials,
      int trailing) {
    this.library = library;
    this.decoder = decoder;
    this.vocabulary = vocabulary;
    this.style = style;
    this.specials = specials;
    this.trailing = trailing;
  }

  /// @throws TokenizerException if the document describes no tokenizer
  static LoadedTokenizer of(TokenizerDocument document, TokenizerSettings settings) {
    Vocabulary vocabulary = document.vocabulary();
    DocumentCheck.check(document);
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
        TokenizerRules.trailing(parts, settings));
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
    String clean = withoutLoneSurrogates(text);
    var raw = library.encode(clean, true);
    int size = raw.ids.length;
    for (int i = 0; i < trailing && size > 0 && raw.added[size - 1]; i++) {
      size--;
    }
    return encoding(text, clean, raw, size);
  }

  @Override
  public Encoding encodeWithoutSpecial(String text) {
    String clean = withoutLoneSurrogates(text);
    var raw = library.encode(clean, false);
    return encoding(text, clean, raw, raw.ids.length);
  }

  private Encoding encoding(String text, String clean, NativeTokenizer.Raw raw, int size) {
    int[] index = utf16Indices(clean);
    var tokens = new ArrayList<Token>(size);
    int reached = 0;
    for (int i = 0; i < size; i++) {
      boolean added = raw.added[i] || raw.starts[i] < 0;
      int start = added ? reached : index[Math.min(raw.starts[i], index.length - 1)];
      int end = added ? reached : index[Math.min(raw.ends[i], index.length - 1)];
      tokens.add(new Token(raw.ids[i], display(raw.ids[i]), start, end, added));
      reached = Math.max(reached, end);
    }
    return new Encoding(text, tokens);
  }

  /// The UTF-16 index of every code point, and the length of the text last.
  private static int[] utf16Indices(String text) {
    var index = new int[text.codePointCount(0, text.length()) + 1];
    int utf16 = 0;
    for (int i = 0; i < index.length - 1; i++) {
      index[i] = utf16;
      utf16 += Character.charCount(text.codePointAt(utf16));
    }
    index[index.length - 1] = utf16;
    return index;
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

package io.lexiscope.analysis.text;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Some pages of plain English that come with the library: what a model is read on where no other
/// text is given.
public final class PlainEnglish {
  private static final String RESOURCE = "plain-english.txt";

  private PlainEnglish() {}

  /// The paragraphs.
  public static List<String> paragraphs() {
    try (InputStream in =
        Objects.requireNonNull(PlainEnglish.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n\n", -1)).map(String::strip).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The paragraphs as a model reads them: with the special tokens that a prompt begins with, cut
  /// to the context. None where the model has no tokenizer.
  public static List<TokenIds> texts(LanguageModel model) {
    return model.tokenizer().isPresent()
        ? paragraphs().stream().map(paragraph -> read(model, paragraph)).toList()
        : List.of();
  }

  /// A text as a model reads it by itself: with the special tokens that a prompt begins with, cut
  /// to the context.
  ///
  /// @throws io.lexiscope.model.tokenizer.TokenizerException if there is no tokenizer
  public static TokenIds read(LanguageModel model, String text) {
    TokenIds ids = model.tokenizer().encode(text).ids();
    return ids.slice(0, Math.min(ids.size(), model.architecture().dimensions().context()));
  }
}

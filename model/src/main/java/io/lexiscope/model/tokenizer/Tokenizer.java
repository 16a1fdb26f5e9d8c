package io.lexiscope.model.tokenizer;

import io.lexiscope.model.gguf.Metadata;
import java.nio.file.Path;

/// Turns text into token ids and back; immutable and safe to share between threads.
public sealed interface Tokenizer extends AutoCloseable permits AbsentTokenizer, LoadedTokenizer {

  /// Opens the tokenizer of a model folder: `tokenizer.json`, or `vocab.json` with `merges.txt`
  /// (also `encoder.json` with `vocab.bpe`), or a SentencePiece `tokenizer.model`, or a WordPiece
  /// `vocab.txt`, in this order. A folder with none of them gives a tokenizer that knows ids only
  /// ([#isPresent] is false).
  ///
  /// @throws TokenizerException if a file is there but cannot be used
  static Tokenizer open(Path folder) {
    return TokenizerFolder.open(folder);
  }

  /// The tokenizer in the metadata of a GGUF file; one that knows ids only where there is none.
  ///
  /// @throws TokenizerException if it is of an unknown kind or damaged
  static Tokenizer of(Metadata metadata) {
    return GgufTokenizer.open(metadata);
  }

  /// The tokens of a prompt: the leading special tokens that the tokenizer defines, then the text,
  /// and never a trailing end token. Encoders of the BERT kind are the exception: their `[CLS] …
  /// [SEP]` is kept whole, as the model was trained on it.
  ///
  /// Lone surrogates, which are not Unicode text, are read as U+FFFD.
  ///
  /// @throws TokenizerException if there is no tokenizer
  Encoding encode(String text);

  /// The tokens of the text alone.
  ///
  /// @throws TokenizerException if there is no tokenizer
  Encoding encodeWithoutSpecial(String text);

  /// The text of the ids as Hugging Face decodes them with `skip_special_tokens`: special tokens
  /// left out (but for those declared `normalized` that their normaliser changes, which the
  /// reference writes out too), ids without a token left out, bytes that are no UTF-8 as U+FFFD.
  ///
  /// @throws TokenizerException if there is no tokenizer
  String decode(TokenIds ids);

  /// The text of the ids, special tokens written out.
  ///
  /// @throws TokenizerException if there is no tokenizer
  String decodeWithSpecial(TokenIds ids);

  /// How many ids there are: the largest id and one. The embedding of a model may have more rows.
  int vocabularySize();

  /// The token as its file writes it (`ĠParis`, `▁Paris`, `##is`); `#id` for an id without a token.
  String piece(int id);

  /// The token as people read it: bytes decoded, the leading space kept, bytes that are no whole
  /// UTF-8 as `<0xE2>`; `#id` for an id without a token.
  String display(int id);

  /// The bytes a token stands for; none for an id without a token.
  byte[] bytes(int id);

  /// The one token that reads exactly as the text (` Paris`, with its space), or is written so
  /// (`ĠParis`, `[MASK]`).
  ///
  /// @throws TokenizerException if no single token does; the message says how the text splits
  int idOf(String tokenText);

  /// What share of a piece's occurrences later merges take up, estimated from the order of the
  /// merges (Zipf's law): about 1 or more for a piece that always goes on, such as ` strugg`; 0 for
  /// an id that no merge made, and where the tokenizer does not merge.
  double mergedOn(int id);

  /// The special tokens and their roles.
  SpecialTokens specials();

  /// Whether there is a tokenizer; when not, only ids can be used.
  boolean isPresent();

  /// Frees the native memory; later calls that need it throw.
  @Override
  void close();
}

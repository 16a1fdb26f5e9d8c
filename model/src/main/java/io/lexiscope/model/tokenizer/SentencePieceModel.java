package io.lexiscope.model.tokenizer;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// What a SentencePiece `tokenizer.model` holds.
///
/// @param pieces in id order
/// @param training how it was trained, as far as it matters for encoding
/// @param normalization how a text is changed before it is split
/// @see <a
///   href="https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto">sentencepiece_model.proto</a>
record SentencePieceModel(List<Piece> pieces, Training training, Normalization normalization) {
  /// Kinds of pieces, by their number in the file.
  enum Kind {
    NORMAL,
    UNKNOWN,
    CONTROL,
    USER_DEFINED,
    UNUSED,
    BYTE
  }

  enum Algorithm {
    UNIGRAM,
    BPE,
    WORD,
    CHAR
  }

  /// One piece.
  ///
  /// @param text with `▁` for a space
  /// @param score log probability (unigram) or minus the merge's rank (BPE)
  /// @param kind what it stands for
  record Piece(String text, float score, Kind kind) {}

  /// How the model was trained.
  ///
  /// @param algorithm the model's type
  /// @param byteFallback whether an unknown character becomes its bytes
  /// @param ids of the unknown, beginning, end and padding tokens; −1 in the file where there is
  ///   none
  record Training(Algorithm algorithm, boolean byteFallback, Ids ids) {}

  /// Ids of the tokens with a role, as the file has them.
  record Ids(int unknown, int bos, int eos, int pad) {}

  /// How a text is changed before it is split.
  ///
  /// @param charsMap compiled replacements of characters, in base 64; empty for none
  /// @param dummyPrefix whether a space is put before the text
  /// @param removeExtraSpaces whether spaces at the edges go and runs of them become one
  /// @param spacesBehind whether the space of a word is the one behind it
  record Normalization(
      String charsMap, boolean dummyPrefix, boolean removeExtraSpaces, boolean spacesBehind) {
    /// Whether a text stays as it is, but for a space before it.
    boolean plain() {
      return charsMap.isEmpty() && !removeExtraSpaces && !spacesBehind;
    }
  }

  SentencePieceModel {
    pieces = List.copyOf(pieces);
  }

  /// @throws TokenizerException if the file is no SentencePiece model
  static SentencePieceModel read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(RegularFile.check(file));
    } catch (IOException e) {
      throw new TokenizerException(
          "tokenizer: expected a readable file, got %s at %s".formatted(OneLine.of(e), file), e);
    }
    String source = file.toString();
    var pieces = new ArrayList<Piece>();
    var training = training(new byte[0], source);
    var normalization = new byte[0];
    boolean spacesBehind = false;
    var in = new ProtoReader(bytes, source);
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case 1 -> pieces.add(piece(in.bytes(), source));
        case 2 -> {
          byte[] message = in.bytes();
          training = training(message, source);
          spacesBehind = spacesBehind(message, source);
        }
        case 3 -> normalization = in.bytes();
        default -> in.skip();
      }
    }
    if (pieces.isEmpty()) {
      throw new TokenizerException(
          "tokenizer: expected a SentencePiece model with pieces, got none in " + source);
    }
    return new SentencePieceModel(
        pieces, training, normalization(normalization, spacesBehind, source));
  }

  private static Piece piece(byte[] message, String source) {
    String text = "";
    float score = 0;
    int kind = 1;
    var in = new ProtoReader(message, source);
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case 1 -> text = in.text();
        case 2 -> score = in.decimal();
        case 3 -> kind = in.number();
        default -> in.skip();
      }
    }
    return new Piece(text, score, choose(Kind.values(), kind, "piece type", source));
  }

  private static Training training(byte[] message, String source) {
    int algorithm = 1;
    boolean byteFallback = false;
    int unknown = 0;
    int bos = 1;
    int eos = 2;
    int pad = -1;
    var in = new ProtoReader(message, source);
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case 3 -> algorithm = in.number();
        case 35 -> byteFallback = in.flag();
        case 40 -> unknown = in.number();
        case 41 -> bos = in.number();
        case 42 -> eos = in.number();
        case 43 -> pad = in.number();
        default -> in.skip();
      }
    }
    return new Training(
        choose(Algorithm.values(), algorithm, "model type", source),
        byteFallback,
        new Ids(unknown, bos, eos, pad));
  }

  private static boolean spacesBehind(byte[] message, String source) {
    boolean behind = false;
    var in = new ProtoReader(message, source);
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      if (field == 24) {
        behind = in.flag();
      } else {
        in.skip();
      }
    }
    return behind;
  }

  private static Normalization normalization(byte[] message, boolean spacesBehind, String source) {
    String charsMap = "";
    boolean dummyPrefix = true;
    boolean removeExtraSpaces = true;
    var in = new ProtoReader(message, source);
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case 2 -> charsMap = Base64.getEncoder().encodeToString(in.bytes());
        case 3 -> dummyPrefix = in.flag();
        case 4 -> removeExtraSpaces = in.flag();
        default -> in.skip();
      }
    }
    return new Normalization(charsMap, dummyPrefix, removeExtraSpaces, spacesBehind);
  }

  private static <T> T choose(T[] choices, int number, String what, String source) {
    if (number < 1 || number > choices.length) {
      throw new TokenizerException(
          "tokenizer: expected a SentencePiece %s from 1 to %d, got %d in %s"
              .formatted(what, choices.length, number, source));
    }
    return choices[number - 1];
  }
}

package io.lexiscope.workbench.models;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Head;
import java.util.stream.IntStream;

/// What a model answers with.
public enum AnswerKind {
  /// Words and pieces of words.
  WORDS,
  /// Single characters: no token of its vocabulary but the special ones has more.
  CHARACTERS,
  /// One number.
  NUMBER,
  /// One of several classes.
  CLASS,
  /// Vectors alone.
  VECTORS;

  /// What a model answers with.
  static AnswerKind of(LanguageModel model) {
    if (!model.transformer().hasUnembedding()) {
      var outputs =
          model.architecture().output().head() instanceof Head.Encoder encoder
              ? encoder.outputs()
              : 0;
      return outputs == 0 ? VECTORS : outputs == 1 ? NUMBER : CLASS;
    }
    var tokenizer = model.tokenizer();
    var characters =
        tokenizer.isPresent()
            && IntStream.range(0, tokenizer.vocabularySize())
                .filter(id -> tokenizer.bytes(id).length > 0)
                .filter(id -> !tokenizer.specials().contains(id))
                .allMatch(id -> isCharacter(tokenizer.display(id)));
    return characters ? CHARACTERS : WORDS;
  }

  private static boolean isCharacter(String text) {
    return text.codePointCount(0, text.length()) <= 1;
  }
}

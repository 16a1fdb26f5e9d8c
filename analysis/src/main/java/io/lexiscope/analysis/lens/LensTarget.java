package io.lexiscope.analysis.lens;

import io.lexiscope.model.LanguageModel;

/// A vocabulary entry to follow.
public sealed interface LensTarget {

  /// The one token that reads exactly as this text, leading space included.
  ///
  /// @param text such as ` Paris`
  record Word(String text) implements LensTarget {}

  /// A token by its number.
  ///
  /// @param id index into the vocabulary
  record Id(int id) implements LensTarget {}

  /// The vocabulary id in a model.
  ///
  /// @throws io.lexiscope.model.tokenizer.TokenizerException if no single token reads so, or there
  ///   is no tokenizer
  /// @throws LensException if the id is outside the vocabulary
  default int resolve(LanguageModel model) {
    int vocabulary = model.architecture().dimensions().vocabulary();
    int id =
        switch (this) {
          case Word word -> model.tokenizer().idOf(word.text());
          case Id given -> given.id();
        };
    if (id < 0 || id >= vocabulary) {
      throw new LensException(
          "lens: expected a target id from 0 to %d, got %d".formatted(vocabulary - 1, id));
    }
    return id;
  }
}

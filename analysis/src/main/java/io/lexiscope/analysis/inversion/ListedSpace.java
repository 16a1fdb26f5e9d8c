package io.lexiscope.analysis.inversion;

import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;

/// Given inputs: a corpus, or a sample of a space.
///
/// @param inputs none of them empty
public record ListedSpace(List<TokenIds> inputs) implements InputSpace {
  private static final int BLOCK = 256;

  /// Copies the list.
  ///
  /// @throws InversionException if there is none
  public ListedSpace {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new InversionException(
          "invert: expected at least one input to look among, got none; give texts");
    }
  }

  @Override
  public int size() {
    return inputs.size();
  }

  @Override
  public TokenIds input(int index) {
    return inputs.get(index);
  }

  @Override
  public int block() {
    return BLOCK;
  }

  @Override
  public boolean isWhole() {
    return false;
  }
}

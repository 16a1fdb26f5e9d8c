package io.lexiscope.model.place;

import java.util.regex.Pattern;

/// A position of a prompt.
///
/// @param index from 0, or from -1 on backwards from the end
public record Position(int index) {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

  /// Reads a position; the sign may be a typeset minus.
  ///
  /// @throws PlaceException if it reads as none
  public static Position parse(String text) {
    String number = text.strip().replace('\u2212', '-');
    if (!NUMBER.matcher(number).matches()) {
      throw PlaceKind.POSITION.refuse(text);
    }
    return new Position(Integer.parseInt(number));
  }

  /// The position from 0 in a prompt.
  ///
  /// @param length of the prompt, tokens
  /// @throws PlaceException if the prompt has no such position
  public int in(int length) {
    int from0 = from0(index, length);
    if (from0 < 0 || from0 >= length) {
      throw new PlaceException(
          PlaceKind.POSITION,
          "a position from %d to %d".formatted(-length, length - 1),
          toString());
    }
    return from0;
  }

  /// A number that may count from the end, counted from 0; out of range where it was.
  ///
  /// @param index from 0, or from -1 on backwards from the end
  /// @param length how many there are
  public static int from0(int index, int length) {
    return index < 0 ? length + index : index;
  }

  @Override
  public String toString() {
    return Integer.toString(index);
  }
}

package io.lexiscope.analysis.inversion;

import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// All inputs that have one of some tokens at each position, such as `B[1-9][0-9]+[1-9][0-9]=`, the
/// last position running fastest.
///
/// @param slots the tokens of each position
/// @param completion what is made of each input, such as the same with its answer; the first tokens
///   stay
public record ProductSpace(List<List<Integer>> slots, UnaryOperator<TokenIds> completion)
    implements InputSpace {
  /// Most inputs that are gone through.
  public static final int MOST = 20_000_000;

  private static final int MOST_IN_BLOCK = 1024;

  /// Copies the lists.
  ///
  /// @throws InversionException if there are none, or more than [#MOST]
  public ProductSpace {
    slots = slots.stream().map(List::copyOf).toList();
    double all = slots.stream().mapToDouble(List::size).reduce(1, (a, b) -> a * b);
    if (slots.isEmpty() || all < 1 || all > MOST) {
      throw new InversionException(
          "invert: expected a space of 1 to %,d inputs, got %s; narrow the pattern, or look in a corpus"
              .formatted(MOST, slots.isEmpty() ? "no position" : "%,.0f".formatted(all)));
    }
  }

  /// The space of a pattern: characters stand for themselves, `[…]` for one of several, with ranges
  /// such as `0-9`; a stroke `\` takes the next character as it is.
  ///
  /// @param pattern every character of it a token
  /// @throws InversionException if a bracket does not close or a range runs backwards
  /// @throws io.lexiscope.model.tokenizer.TokenizerException if a character is no token
  public static ProductSpace of(String pattern, Tokenizer tokenizer) {
    List<List<Integer>> slots = new ArrayList<>();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '[') {
        int close = pattern.indexOf(']', i + 1);
        if (close < 0) {
          throw new InversionException(
              "pattern: expected ] after [ at character %d, got none in %s; close it"
                  .formatted(i, pattern));
        }
        slots.add(choices(pattern.substring(i + 1, close), tokenizer, pattern));
        i = close;
      } else {
        boolean stroke = c == '\\' && i + 1 < pattern.length();
        i += stroke ? 1 : 0;
        slots.add(List.of(tokenizer.idOf(String.valueOf(pattern.charAt(i)))));
      }
    }
    return new ProductSpace(slots, UnaryOperator.identity());
  }

  private static List<Integer> choices(String inside, Tokenizer tokenizer, String pattern) {
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < inside.length(); i++) {
      char first = inside.charAt(i);
      char last = first;
      if (i + 2 < inside.length() && inside.charAt(i + 1) == '-') {
        last = inside.charAt(i + 2);
        i += 2;
      }
      if (last < first) {
        throw new InversionException(
            "pattern: expected a range in rising order, got %s-%s in %s; turn it round"
                .formatted(first, last, pattern));
      }
      for (char c = first; c <= last; c++) {
        ids.add(tokenizer.idOf(String.valueOf(c)));
      }
    }
    return ids;
  }

  @Override
  public int size() {
    return slots.stream().mapToInt(List::size).reduce(1, (a, b) -> a * b);
  }

  @Override
  public TokenIds input(int index) {
    int[] ids = new int[slots.size()];
    int rest = index;
    for (int i = ids.length - 1; i >= 0; i--) {
      List<Integer> slot = slots.get(i);
      ids[i] = slot.get(rest % slot.size());
      rest /= slot.size();
    }
    return completion.apply(TokenIds.of(ids));
  }

  @Override
  public int block() {
    int block = 1;
    for (int i = slots.size() - 1; i >= 0 && block * slots.get(i).size() <= MOST_IN_BLOCK; i--) {
      block *= slots.get(i).size();
    }
    return block;
  }

  @Override
  public boolean isWhole() {
    return true;
  }
}

package io.lexiscope.model.chat;

import io.lexiscope.base.OneLine;

/// What a rendering may still cost. A template of a stranger neither runs for ever nor fills the
/// memory.
final class Budget {
  private static final long MOST_STEPS = 2_000_000;
  private static final long MOST_CHARACTERS = 8_000_000;
  private static final int DEEPEST = 100;

  private long steps = MOST_STEPS;
  private long characters = MOST_CHARACTERS;
  private int depth;
  private int line = 1;

  /// Where the rendering is.
  void at(int now) {
    line = now;
  }

  int line() {
    return line;
  }

  /// A step, and more for work that grows with its operands.
  void step(long count) {
    steps -= count;
    if (steps < 0) {
      throw stopped("%,d steps".formatted(MOST_STEPS));
    }
  }

  /// Text that is made, held or written.
  String made(String text) {
    make(text.length());
    return text;
  }

  /// Text or elements that are about to be made.
  void make(long count) {
    characters -= count;
    if (characters < 0 || count < 0) {
      throw stopped("%,d characters".formatted(MOST_CHARACTERS));
    }
  }

  /// A search of one text in another.
  void search(int length, int wanted) {
    step(1 + (long) length * Math.max(1, wanted) / 256);
  }

  void enter() {
    if (++depth > DEEPEST) {
      throw stopped("calls " + DEEPEST + " deep");
    }
  }

  void leave() {
    depth--;
  }

  private ChatException stopped(String most) {
    return new ChatException(
        "chat: expected a template that ends within %s, got one that goes on at line %d; give the wrapped text yourself"
            .formatted(most, line));
  }

  /// A template that does what cannot be done.
  ChatException failed(String expected, String got) {
    return new ChatException(
        "chat: expected %s, got %s at line %d of the template; give the wrapped text yourself"
            .formatted(expected, OneLine.of(got), line));
  }
}

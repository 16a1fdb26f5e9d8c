package io.lexiscope.workbench.ask;

import org.jspecify.annotations.Nullable;

/// How much a request asks for: bounded before any work begins, so that no number keeps a server
/// busy for ever.
public final class Count {
  private Count() {}

  /// What was asked, or what is usual.
  ///
  /// @param verb what is asked, for the message
  /// @param field of the request
  /// @param least smallest allowed
  /// @param most largest allowed
  /// @throws WorkbenchException of kind `invalid` when it is below or above
  public static int within(
      String verb, String field, @Nullable Integer asked, int otherwise, int least, int most) {
    int count = asked == null ? otherwise : asked;
    if (count < least || count > most) {
      throw WorkbenchException.misuse(
          field,
          "%s: expected %s in %s, got %d"
              .formatted(
                  verb,
                  count < least ? least + " or more" : "at most %,d".formatted(most),
                  field,
                  count));
    }
    return count;
  }
}

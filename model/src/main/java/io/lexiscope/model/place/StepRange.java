package io.lexiscope.model.place;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Consecutive steps of a generation. Step 0 chooses the first generated token, at the last
/// position of the prompt; step `s` reads generated token `s − 1`.
///
/// | written | means |
/// | --- | --- |
/// | `step 3`, `steps 3` | step 3 |
/// | `steps 2-5` | steps 2, 3, 4 and 5 |
/// | `steps 2-` | step 2 and all after it |
///
/// @param first from 0
/// @param last inclusive; [Integer#MAX_VALUE] where there is no last
public record StepRange(int first, int last) {
  private static final Pattern TEXT =
      Pattern.compile(
          "steps?\\s*(\\d{1,9})(?:\\s*([-\u2013])\\s*(\\d{1,9})?)?", Pattern.CASE_INSENSITIVE);

  /// Checks the range.
  ///
  /// @throws PlaceException if it is empty or begins before 0
  public StepRange {
    if (first < 0 || last < first) {
      throw new PlaceException(
          PlaceKind.STEP, "steps from 0 in rising order", first + " to " + last);
    }
  }

  /// Reads steps; the dash may be a typeset one.
  ///
  /// @throws PlaceException if it reads as none
  public static StepRange parse(String text) {
    Matcher found = TEXT.matcher(text.strip());
    if (!found.matches()) {
      throw PlaceKind.STEP.refuse(text);
    }
    int first = Integer.parseInt(found.group(1));
    if (found.group(2) == null) {
      return new StepRange(first, first);
    }
    String last = found.group(3);
    return new StepRange(first, last == null ? Integer.MAX_VALUE : Integer.parseInt(last));
  }

  /// Whether a step is among them.
  public boolean holds(int step) {
    return first <= step && step <= last;
  }

  @Override
  public String toString() {
    return first == last
        ? "step " + first
        : "steps " + first + "-" + (last == Integer.MAX_VALUE ? "" : last);
  }
}

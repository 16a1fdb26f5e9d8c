package io.lexiscope.model.expression;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which characters a class of an expression has. A class that cannot be read here counts as having
/// all, which makes an expression cost more, never less.
final class CodePoints {
  private static final Pattern POSIX = Pattern.compile("\\[:(\\^?)(\\w+):]");
  private static final Pattern SCRIPT = Pattern.compile("\\\\([pP])\\{(\\^?)(\\w{3,})}");

  private static final String EVERY = every();

  private final Map<String, BitSet> known = new HashMap<>();

  private static String every() {
    var text = new StringBuilder(2 * Character.MAX_CODE_POINT);
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        text.appendCodePoint(c);
      }
    }
    return text.toString();
  }

  /// @param text as the expression writes it: `a`, `\d`, `[^\s]`
  /// @param ignoreCase whether capitals count as small letters
  BitSet of(String text, boolean ignoreCase) {
    return known.computeIfAbsent(ignoreCase + text, _ -> read(text, ignoreCase));
  }

  /// The one character.
  BitSet of(int codePoint, boolean ignoreCase) {
    if (ignoreCase) {
      return of("\\x{%x}".formatted(codePoint), true);
    }
    var set = new BitSet();
    set.set(codePoint);
    return set;
  }

  private static BitSet read(String text, boolean ignoreCase) {
    int flags = Pattern.UNICODE_CHARACTER_CLASS | Pattern.DOTALL;
    if (ignoreCase) {
      flags |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    }
    String java = POSIX.matcher(text).replaceAll(m -> posix(m.group(1), m.group(2)));
    java = java.replace("\\h", "[0-9a-fA-F]").replace("\\p{^", "\\P{");
    for (String form : new String[] {java, SCRIPT.matcher(java).replaceAll("\\\\$1{Is$2$3}")}) {
      try {
        return matches(Pattern.compile(form, flags).matcher(EVERY));
      } catch (PatternSyntaxException e) {
        assert form != null; // the other form, or all
      }
    }
    var all = new BitSet();
    all.set(0, Character.MAX_CODE_POINT + 1);
    return all;
  }

  private static String posix(String not, String name) {
    String property = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return Matcher.quoteReplacement("\\" + (not.isEmpty() ? "p" : "P") + "{" + property + "}");
  }

  private static BitSet matches(Matcher matcher) {
    var set = new BitSet();
    while (matcher.find()) {
      set.set(EVERY.codePointAt(matcher.start()));
    }
    return set;
  }
}

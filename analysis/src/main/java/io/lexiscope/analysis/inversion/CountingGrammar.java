package io.lexiscope.analysis.inversion;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Strings whose letters are counted, such as `Bvvzccvczvvvzvcvc|v:8E`, one character a token.
///
/// Features: the letter asked for, how often it occurs, how many letters the string has, which
/// letters occur, and, of the compared token, its character and how often that has occurred up to
/// there.
public record CountingGrammar() implements InputGrammar {
  private static final Pattern COUNT = Pattern.compile("B([a-z]+)\\|([a-z]):?.*");
  private static final int DISTINCT = 3;
  private static final int MOST = 9;

  @Override
  public String name() {
    return "counting";
  }

  @Override
  public String characters() {
    return "abcdefghijklmnopqrstuvwxyz123456789|:BEP";
  }

  @Override
  public boolean reads(String text) {
    return COUNT.matcher(text).matches();
  }

  @Override
  public InputSpace whole(Tokenizer tokenizer, String query) {
    throw new InversionException(
        "invert: expected a space small enough to go through, got strings in any order; look in a corpus");
  }

  @Override
  public List<String> draw(String query, int count, long seed) {
    var random = Seeded.stream("inversion/counting", seed, /* index= */ 0);
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Character> used = new ArrayList<>();
      List<Character> letters = new ArrayList<>();
      List<Integer> counts = new ArrayList<>();
      while (used.size() < DISTINCT) {
        char letter = (char) ('a' + random.nextInt(26));
        if (!used.contains(letter)) {
          used.add(letter);
          counts.add(random.nextInt(1, MOST + 1));
          letters.addAll(Collections.nCopies(counts.getLast(), letter));
        }
      }
      Seeded.shuffle(letters, random);
      StringBuilder text = new StringBuilder("B");
      letters.forEach(text::append);
      int target = random.nextInt(DISTINCT);
      text.append('|').append(used.get(target)).append(':').append(counts.get(target)).append('E');
      int stroke = query.indexOf('|');
      int asked = stroke < 0 ? text.length() : text.indexOf("|") + query.length() - stroke;
      drawn.add(text.substring(0, Math.min(text.length(), asked)));
    }
    return drawn;
  }

  @Override
  public boolean isAligned() {
    return false;
  }

  @Override
  public FeatureSet features(String query) {
    return new Letters();
  }

  private record Letters() implements FeatureSet {
    @Override
    public List<String> names() {
      return List.of("letter", "count", "length", "letters", "token", "seen");
    }

    @Override
    public List<String> of(String text, int at) {
      Matcher matcher = COUNT.matcher(text);
      if (!matcher.matches()) {
        return Collections.nCopies(names().size(), "");
      }
      String string = matcher.group(1);
      char target = matcher.group(2).charAt(0);
      char token = text.charAt(at);
      return List.of(
          String.valueOf(target),
          Long.toString(string.chars().filter(c -> c == target).count()),
          Integer.toString(string.length()),
          string
              .chars()
              .distinct()
              .sorted()
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString(),
          String.valueOf(token),
          Long.toString(text.substring(1, at + 1).chars().filter(c -> c == token).count()));
    }
  }
}

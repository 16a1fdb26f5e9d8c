package io.lexiscope.index.query;

import io.lexiscope.index.query.Condition.AnyForm;
import io.lexiscope.index.query.Condition.Exactly;
import io.lexiscope.index.query.Condition.Word;
import io.lexiscope.index.query.Filters.LayerRange;
import io.lexiscope.index.vector.VectorKind;
import io.lexiscope.model.place.PlaceException;
import io.lexiscope.model.place.VectorName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one query.
final class QueryText {
  private static final String KEYS =
      "promotes, suppresses, like, layer, kind, norm, fires, sign, top or bottom";
  private static final Pattern KEY = Pattern.compile("[a-z]+");
  private static final Pattern LAYERS = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
  private static final Pattern ID = Pattern.compile("#(\\d{1,9})");

  private final String text;
  private int at;

  private final List<Condition> conditions = new ArrayList<>();
  private @Nullable VectorName like;
  private final Set<VectorKind> kinds = EnumSet.noneOf(VectorKind.class);
  private final List<LayerRange> layers = new ArrayList<>();
  private @Nullable NumberRange norm;
  private @Nullable NumberRange rate;
  private final List<Condition> among = new ArrayList<>();
  private Order order = Order.AS_ASKED;

  QueryText(String text) {
    this.text = text;
  }

  SearchQuery read() {
    if (text.matches("[ \\u2423]\\S+") && text.indexOf('"') < 0) {
      String word = " " + text.substring(1);
      return new SearchQuery(
          List.of(new Condition(new Exactly(word), /* promotes= */ true)),
          /* like= */ null,
          Filters.NEURONS,
          Order.AS_ASKED,
          Ranking.STANDARD);
    }
    skipSpace();
    while (at < text.length()) {
      part();
      skipSpace();
    }
    return new SearchQuery(
        conditions,
        like,
        new Filters(kindsOrStandard(), layers, norm, rate, among),
        order,
        Ranking.STANDARD);
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private void part() {
    int colon = at;
    while (colon < text.length() && Character.isLetter(text.charAt(colon))) {
      colon++;
    }
    boolean keyed = colon < text.length() && colon > at && text.charAt(colon) == ':';
    if (!keyed) {
      words().forEach(word -> conditions.add(new Condition(word, /* promotes= */ true)));
      return;
    }
    String key = text.substring(at, colon);
    if (!KEY.matcher(key).matches()) {
      throw unknown(key);
    }
    at = colon + 1;
    switch (key) {
      case "promotes" ->
          words().forEach(word -> conditions.add(new Condition(word, /* promotes= */ true)));
      case "suppresses" ->
          words().forEach(word -> conditions.add(new Condition(word, /* promotes= */ false)));
      case "top" -> words().forEach(word -> among.add(new Condition(word, /* promotes= */ true)));
      case "bottom" ->
          words().forEach(word -> among.add(new Condition(word, /* promotes= */ false)));
      case "like" -> like = once(key, like, vector(plain()));
      case "layer" -> values().forEach(value -> layers.add(layer(value)));
      case "kind" -> values().forEach(this::addKind);
      case "norm" -> norm = once(key, norm, NumberRange.parse(key, plain()));
      case "rate", "fires" -> rate = once(key, rate, NumberRange.parse(key, plain()));
      case "sign" -> order = sign(plain());
      default -> throw unknown(key);
    }
  }

  private static QueryException unknown(String key) {
    return new QueryException(
        "search: expected one of the keys %s, got %s; put a word with a colon in double quotes"
            .formatted(KEYS, key));
  }

  private static <T> T once(String key, @Nullable T known, T value) {
    if (known != null) {
      throw new QueryException(
          "search: expected %s: once, got it twice; leave one out".formatted(key));
    }
    return value;
  }

  private static VectorName vector(String name) {
    try {
      return VectorName.parse(name);
    } catch (PlaceException wrong) {
      throw new QueryException(
          "search: expected like:L3N812, like:L3H5D0, like:L3.b_mlp or like:L3.b_attn, got like:"
              + wrong.got());
    }
  }

  private static LayerRange layer(String value) {
    Matcher range = LAYERS.matcher(value);
    if (range.matches()) {
      int from = Integer.parseInt(range.group(1));
      int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
      if (from <= to) {
        return new LayerRange(from, to);
      }
    }
    throw new QueryException(
        "search: expected layer:3, layer:2-4 or layer:0,5, got layer:" + value);
  }

  private void addKind(String value) {
    if (value.equals("any")) {
      kinds.addAll(EnumSet.allOf(VectorKind.class));
      return;
    }
    kinds.add(
        VectorKind.named(value)
            .orElseThrow(
                () ->
                    new QueryException(
                        "search: expected kind:neuron, kind:head, kind:bias or kind:any, got kind:"
                            + value)));
  }

  /// Raw scores of neurons, heads and biases have no common unit; cosines have.
  private Set<VectorKind> kindsOrStandard() {
    if (!kinds.isEmpty()) {
      return kinds;
    }
    return like == null ? Set.of(VectorKind.NEURON) : EnumSet.allOf(VectorKind.class);
  }

  private static Order sign(String value) {
    return switch (value) {
      case "+" -> Order.PROMOTING;
      case "-", "\u2212" -> Order.SUPPRESSING;
      case "both" -> Order.EITHER;
      default ->
          throw new QueryException(
              "search: expected sign:+, sign:- or sign:both, got sign:" + value);
    };
  }

  private String plain() {
    int start = at;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private List<String> values() {
    return List.of(plain().split(",", -1));
  }

  private List<Word> words() {
    List<Word> words = new ArrayList<>();
    do {
      if (!words.isEmpty()) {
        at++;
      }
      words.add(word());
    } while (at < text.length() && text.charAt(at) == ',');
    return words;
  }

  private Word word() {
    if (at < text.length() && text.charAt(at) == '"') {
      int end = text.indexOf('"', at + 1);
      if (end < 0) {
        throw new QueryException(
            "search: expected a closing double quote, got none after %s"
                .formatted(text.substring(at)));
      }
      String inside = text.substring(at + 1, end);
      at = end + 1;
      if (at < text.length()
          && text.charAt(at) != ','
          && !Character.isWhitespace(text.charAt(at))) {
        throw new QueryException(
            "search: expected a space or a comma after \"%s\", got %s"
                .formatted(inside, text.charAt(at)));
      }
      return new Exactly(requireText(inside));
    }
    int start = at;
    while (at < text.length()
        && text.charAt(at) != ','
        && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    Matcher id = ID.matcher(word);
    return id.matches()
        ? new Condition.Id(Integer.parseInt(id.group(1)))
        : new AnyForm(requireText(word));
  }

  private static String requireText(String word) {
    if (word.isEmpty()) {
      throw new QueryException(
          "search: expected a word, got none before a comma or the end; put a comma in double"
              + " quotes");
    }
    return word;
  }
}

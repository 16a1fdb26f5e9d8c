package io.lexiscope.model.place;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The grammar.
final class PlaceText {
  private static final String LAYER = "(\\d{1,6})";
  private static final String INDEX = "(\\d{1,8})";
  private static final Pattern PAIR = Pattern.compile(LAYER + "\\." + INDEX);

  /// A form that says of what kind it is, and how it is read.
  private record Form(Pattern pattern, Function<MatchResult, Optional<Place>> reading) {
    static Form of(String pattern, Function<MatchResult, Place> reading) {
      return new Form(compiled(pattern), found -> Optional.of(reading.apply(found)));
    }

    static Pattern compiled(String pattern) {
      return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    }

    Optional<Place> read(String text) {
      Matcher matcher = pattern.matcher(text);
      return matcher.matches() ? reading.apply(matcher) : Optional.empty();
    }
  }

  private static final List<Form> FORMS =
      List.of(
          Form.of(
              "L" + LAYER + "[ND]" + INDEX,
              found -> new NeuronName(number(found, 1), number(found, 2))),
          Form.of(
              "L" + LAYER + "H" + INDEX, found -> new HeadName(number(found, 1), number(found, 2))),
          Form.of(
              "L" + LAYER + "H" + INDEX + "D" + INDEX,
              found ->
                  new DirectionName(
                      new HeadName(number(found, 1), number(found, 2)), number(found, 3))),
          Form.of(
              "L" + LAYER + "E" + INDEX,
              found -> new ExpertName(number(found, 1), number(found, 2))),
          Form.of(
              "L" + LAYER + "E" + INDEX + "[ND]" + INDEX,
              found ->
                  new ExpertNeuron(
                      new ExpertName(number(found, 1), number(found, 2)), number(found, 3))),
          Form.of(
              "L" + LAYER + "\\.b_(mlp|attn)",
              found ->
                  new BiasName(
                      number(found, 1),
                      found.group(2).equalsIgnoreCase("mlp")
                          ? BiasName.Part.MLP
                          : BiasName.Part.ATTENTION)),
          new Form(Form.compiled("v\\^?" + LAYER + "_" + INDEX), PlaceText::paper),
          Form.of(
              "(neuron|head|expert)\\s+" + LAYER + "\\." + INDEX,
              found ->
                  switch (found.group(1).toLowerCase(Locale.ROOT)) {
                    case "neuron" -> new NeuronName(number(found, 2), number(found, 3));
                    case "head" -> new HeadName(number(found, 2), number(found, 3));
                    default -> new ExpertName(number(found, 2), number(found, 3));
                  }),
          Form.of(
              "a" + LAYER + "\\." + INDEX,
              found -> new HeadName(number(found, 1), number(found, 2))));

  private PlaceText() {}

  static Optional<Place> find(String text) {
    String name = text.strip();
    return FORMS.stream()
        .flatMap(form -> form.read(name).stream())
        .findFirst()
        .or(() -> HookName.find(name).map(Place.class::cast));
  }

  static Place any(String text) {
    Matcher pair = PAIR.matcher(text.strip());
    if (pair.matches()) {
      int layer = number(pair, 1);
      int index = number(pair, 2);
      throw new PlaceException(
          PlaceKind.ANY,
          "a place that says of what kind it is",
          "%s, which may be the neuron %s or the head %s; write the one you mean"
              .formatted(text.strip(), new NeuronName(layer, index), new HeadName(layer, index)));
    }
    return find(text).orElseThrow(() -> PlaceKind.ANY.refuse(text));
  }

  /// Reads a place of one kind, for which a pair of numbers will do.
  static <T extends Place> T of(
      PlaceKind kind, Class<T> type, Function<MatchResult, T> pairReading, String text) {
    Matcher pair = PAIR.matcher(text.strip());
    if (pair.matches()) {
      return pairReading.apply(pair);
    }
    Place found = find(text).orElseThrow(() -> kind.refuse(text));
    if (!type.isInstance(found)) {
      throw kind.refuse(text + ", which is " + found.kind().one());
    }
    return type.cast(found);
  }

  static int number(MatchResult found, int group) {
    return Integer.parseInt(found.group(group));
  }

  /// Geva et al. count layers and value vectors from 1.
  private static Optional<Place> paper(MatchResult found) {
    int layer = number(found, 1);
    int index = number(found, 2);
    return layer > 0 && index > 0
        ? Optional.of(new NeuronName(layer - 1, index - 1))
        : Optional.empty();
  }
}

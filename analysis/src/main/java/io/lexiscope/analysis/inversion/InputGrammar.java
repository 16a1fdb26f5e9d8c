package io.lexiscope.analysis.inversion;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The inputs of a task whose form is known: all of them, a sample, and what can be said of each.
/// May be shared between threads.
public sealed interface InputGrammar permits AdditionGrammar, CountingGrammar {

  /// What the task is called.
  String name();

  /// The vocabulary in the order of its ids, a character a token.
  String characters();

  /// Whether a text is an input, or the beginning of one that says all but the answer.
  boolean reads(String text);

  /// All inputs of the query's form, each with its answer.
  ///
  /// @throws InversionException if there are too many to go through
  InputSpace whole(Tokenizer tokenizer, String query);

  /// A sample of the inputs of the query's form, each with its answer; where inputs differ in
  /// length, each ends where the query does.
  ///
  /// @param count how many
  List<String> draw(String query, int count, long seed);

  /// Whether all inputs of a form have their parts at the same positions from the start; otherwise
  /// they have them from the end.
  boolean isAligned();

  /// What can be said of an input of the query's form.
  FeatureSet features(String query);

  /// The task of a model, told by its vocabulary.
  static Optional<InputGrammar> of(LanguageModel model) {
    Tokenizer tokenizer = model.tokenizer();
    if (!tokenizer.isPresent()) {
      return Optional.empty();
    }
    String vocabulary =
        IntStream.range(0, tokenizer.vocabularySize())
            .mapToObj(tokenizer::display)
            .collect(Collectors.joining());
    return List.of(new AdditionGrammar(), new CountingGrammar()).stream()
        .filter(grammar -> grammar.characters().equals(vocabulary))
        .map(InputGrammar.class::cast)
        .findFirst();
  }

  /// The ids of end and padding, at which nothing is compared.
  static Set<Integer> ends(LanguageModel model) {
    var specials = model.tokenizer().specials();
    return IntStream.concat(specials.eos().stream(), specials.pad().stream())
        .boxed()
        .collect(Collectors.toSet());
  }
}

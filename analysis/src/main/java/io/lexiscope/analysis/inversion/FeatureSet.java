package io.lexiscope.analysis.inversion;

import java.util.List;

/// Things that can be said of an input, by which a set of inputs is read. A value is a text; an
/// empty one says that the input has no such thing. May be shared between threads.
public interface FeatureSet {

  /// What the values are called, in their order.
  List<String> names();

  /// The values of one input.
  ///
  /// @param text all its tokens, special ones written out
  /// @param at the character at which the compared token begins
  /// @return as many as there are [#names]
  List<String> of(String text, int at);

  /// These and more.
  default FeatureSet and(FeatureSet more) {
    return more.names().isEmpty() ? this : new JoinedFeatures(this, more);
  }

  /// Nothing to say.
  static FeatureSet none() {
    return new NoFeatures();
  }

  /// See [#none].
  record NoFeatures() implements FeatureSet {
    @Override
    public List<String> names() {
      return List.of();
    }

    @Override
    public List<String> of(String text, int at) {
      return List.of();
    }
  }

  /// See [#and].
  ///
  /// @param first whose values come first
  /// @param second whose values follow
  record JoinedFeatures(FeatureSet first, FeatureSet second) implements FeatureSet {
    @Override
    public List<String> names() {
      return joined(first.names(), second.names());
    }

    @Override
    public List<String> of(String text, int at) {
      return joined(first.of(text, at), second.of(text, at));
    }

    private static List<String> joined(List<String> one, List<String> two) {
      List<String> both = new java.util.ArrayList<>(one);
      both.addAll(two);
      return List.copyOf(both);
    }
  }
}

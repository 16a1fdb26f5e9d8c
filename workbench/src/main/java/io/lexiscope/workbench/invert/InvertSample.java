package io.lexiscope.workbench.invert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An input beside the query.
///
/// @param text the whole input
/// @param tokens its tokens as text
/// @param distance of its activation from the query's
/// @param position at which it is nearest, from 0
/// @param logProbability of the input under a decoder that knows the query's activation, nats;
///   absent where none was asked
/// @param accepted whether it is within ε
public record InvertSample(
    String text,
    List<String> tokens,
    double distance,
    int position,
    @Nullable Double logProbability,
    boolean accepted) {
  /// Copies the list.
  public InvertSample {
    tokens = List.copyOf(tokens);
  }
}

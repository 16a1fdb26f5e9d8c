package io.lexiscope.analysis.lens;

/// How a vector becomes logits.
///
/// A vector is either a *stream* (a whole residual stream, normed or not) or a *component*:
/// something that is added to the stream, such as a head's output. A stream is read as the model
/// would read it, with the bias of the unembedding and its soft cap. What happens to a component
/// differs by convention, and is said with each.
///
/// @see <a href="https://www.lesswrong.com/posts/AcKRB8wDpdaN6v6ru">nostalgebraist 2020,
///   interpreting GPT: the logit lens</a>
public enum LensConvention {
  /// The final norm applied to the vector itself, with the vector's own mean and scale, then the
  /// unembedding with all biases and the soft cap. The stream after the last block reads as the
  /// model's own output. A component reads as if it were the whole stream: its length does not
  /// count, and components do not add up.
  FINAL_NORM("final norm, the vector's own scale, then the unembedding"),
  /// The unembedding alone: no norm, no gain. A component is read without bias and soft cap, so
  /// that components add up to the raw reading of their sum.
  RAW("the unembedding alone, no norm"),
  /// The final norm with the scale that the run had at the same position: the vector minus its own
  /// mean (layer norm only), divided by the run's scale, times the gain. The norm's bias, the
  /// unembedding's bias and the soft cap are applied to a stream and left out for a component, so
  /// that components add up to the stream's logits before bias and cap.
  FROZEN_SCALE("final norm with the scale of this pass, then the unembedding");

  private final String description;

  LensConvention(String description) {
    this.description = description;
  }

  /// One line that says how the logits are formed.
  public String description() {
    return description;
  }
}

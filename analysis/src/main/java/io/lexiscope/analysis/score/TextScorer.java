package io.lexiscope.analysis.score;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.ModelException;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/// Takes the loss of every token of a text but the first: `−log p(token | tokens before it in its
/// window)`, in nats.
///
/// A text longer than the window is read in windows that move on by the stride; a token's loss is
/// taken in the first window that holds it, so that it has at least `window − stride` tokens before
/// it wherever the text allows.
public final class TextScorer {
  /// Most logits held at a time.
  private static final long BLOCK_ELEMENTS = 1 << 22;

  private final LanguageModel model;
  private final TokenIds ids;
  private final List<ScoreWindow> windows;

  private TextScorer(LanguageModel model, TokenIds ids, List<ScoreWindow> windows) {
    this.model = model;
    this.ids = ids;
    this.windows = windows;
  }

  /// Prepares to score a text.
  ///
  /// @param ids the text, two tokens at least
  /// @param window tokens a pass reads, 2 up to the context
  /// @param stride tokens a window moves on by, 1 up to `window`; where it is the window, the last
  ///   token of each opens the next, so that every token but the first has one before it
  /// @throws ModelException if there are fewer than two tokens, or window or stride are out of
  ///   range
  public static TextScorer of(LanguageModel model, TokenIds ids, int window, int stride) {
    int context = model.architecture().dimensions().context();
    if (ids.size() < 2) {
      throw new ModelException(
          "score: expected at least 2 tokens, as the first has no loss, got %d; give more text"
              .formatted(ids.size()));
    }
    if (window < 2 || window > context) {
      throw new ModelException(
          "score: expected a window from 2 to %d tokens, the context, got %d"
              .formatted(context, window));
    }
    if (stride < 1 || stride > window) {
      throw new ModelException(
          "score: expected a stride from 1 to %d tokens, the window, got %d; give another"
              .formatted(window, stride));
    }
    List<ScoreWindow> windows = new ArrayList<>();
    int scored = 1;
    for (int start = 0; scored < ids.size(); start += Math.min(stride, window - 1)) {
      int end = Math.min(start + window, ids.size());
      windows.add(new ScoreWindow(start, scored, end));
      scored = end;
    }
    return new TextScorer(model, ids, List.copyOf(windows));
  }

  /// The windows in order; together they score every token but the first once.
  public List<ScoreWindow> windows() {
    return windows;
  }

  /// The losses of one window, nats.
  ///
  /// @param window one of [#windows]
  /// @return a loss for each token from `firstScored` to `end`
  public double[] nats(ScoreWindow window) {
    Transformer transformer = model.transformer();
    int vocabulary = transformer.unembedding().vocabularySize();
    int block = (int) Math.max(1, BLOCK_ELEMENTS / vocabulary);
    double[] losses = new double[window.scored()];
    try (var run = model.run(ids.slice(window.start(), window.end()), Recording.nothing())) {
      for (int done = 0; done < losses.length; done += block) {
        int from = done;
        int count = Math.min(block, losses.length - done);
        float[] logProbabilities =
            TensorScope.tidy(
                () -> {
                  // The position before a token predicts it.
                  int position = window.firstScored() + from - window.start() - 1;
                  Tensor logits = transformer.logits(run.last().narrow(1, position, count));
                  long[] targets =
                      ids.slice(window.firstScored() + from, window.firstScored() + from + count)
                          .toLongs();
                  Tensor indices = Tensors.ofLongs(targets, Shape.of(count, 1));
                  return logits
                      .reshape(count, vocabulary)
                      .logSoftmax(-1)
                      .gather(-1, indices)
                      .toFloats();
                });
        for (int i = 0; i < count; i++) {
          losses[from + i] = -logProbabilities[i];
        }
      }
    }
    return losses;
  }

  /// The losses of the whole text, nats; entry `i` is that of token `i + 1`.
  public double[] nats() {
    double[] all = new double[ids.size() - 1];
    for (ScoreWindow window : windows) {
      double[] part = nats(window);
      System.arraycopy(part, 0, all, window.firstScored() - 1, part.length);
    }
    return all;
  }
}

package io.lexiscope.analysis.compare;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Runs a prompt through two views of one model and pairs their logits. Blocks before the first
/// that is changed run once for both.
///
/// @param before the model to compare with
/// @param after the model that is compared, of the same vocabulary
public record PromptComparison(LanguageModel before, LanguageModel after) {

  /// Takes what is wanted of each position.
  ///
  /// @param <R> what a position is reduced to
  @FunctionalInterface
  public interface Reader<R> {
    /// Reads a position.
    ///
    /// @param position from 0
    /// @param pair its logits before and after
    R read(int position, LogitPair pair);
  }

  /// Compares positions of a prompt.
  ///
  /// @param ids the prompt
  /// @param positions from 0
  /// @param reader reduces each position; the logits of one position are held at a time
  /// @return what the reader returns, in the order of the positions
  public <R> List<R> at(TokenIds ids, List<Integer> positions, Reader<R> reader) {
    try (Run one = before.run(ids, recording());
        Run other = resume(one)) {
      return of(one, other, positions, reader);
    }
  }

  /// Compares positions of a prompt by words.
  ///
  /// @param ids the prompt
  /// @param positions from 0
  /// @param words which words are read
  public List<ComparedPosition> words(TokenIds ids, List<Integer> positions, ComparedWords words) {
    return at(ids, positions, (position, pair) -> words.of(ids, position, pair));
  }

  /// Compares positions of two runs of one prompt.
  ///
  /// @param one of the model to compare with
  /// @param other of the model that is compared
  /// @param positions from 0
  /// @param reader reduces each position; the logits of one position are held at a time
  /// @return what the reader returns, in the order of the positions
  public static <R> List<R> of(Run one, Run other, List<Integer> positions, Reader<R> reader) {
    List<R> read = new ArrayList<>();
    for (int position : positions) {
      read.add(reader.read(position, LogitPair.of(floats(one, position), floats(other, position))));
    }
    return read;
  }

  /// The first block that need not compute the same in both views; blocks before it run once.
  private OptionalInt apart() {
    return before.transformer() == after.transformer()
        ? before
            .interventions()
            .firstLayerApart(after.interventions(), before.architecture().layers())
        : OptionalInt.empty();
  }

  /// What a run of the model to compare with must record, so that [#resume] runs no block twice.
  public Recording recording() {
    return apart().isPresent()
        ? Recording.of(List.of(HookPoint.RESID_PRE.at(apart().getAsInt())))
        : Recording.nothing();
  }

  /// The run of the model that is compared: from the first block that is changed on.
  ///
  /// @param one of the model to compare with, made with [#recording]
  @MustBeClosed
  public Run resume(Run one) {
    if (apart().isPresent()) {
      return after.resume(one, apart().getAsInt(), Recording.nothing());
    }
    return after.run(one.tokens(), Recording.nothing());
  }

  private static float[] floats(Run run, int position) {
    return run.logits(position).toFloats();
  }
}

package io.lexiscope.analysis.compare;

import io.lexiscope.model.reading.TargetReading;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.model.tokenizer.Tokenizer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads words off the logits of a position before and after.
///
/// @param tokenizer names the words
/// @param top how many of the likeliest on either side
/// @param targets words to follow; null for the likeliest before and the likeliest after
/// @param against the word of the odds, or null
public record ComparedWords(
    Tokenizer tokenizer, int top, @Nullable List<Integer> targets, @Nullable Integer against) {
  /// Copies the list.
  public ComparedWords {
    targets = targets == null ? null : List.copyOf(targets);
  }

  /// What one position comes to.
  ///
  /// @param ids the prompt
  /// @param position from 0
  /// @param pair its logits
  public ComparedPosition of(TokenIds ids, int position, LogitPair pair) {
    List<Integer> followed =
        targets != null
            ? targets
            : Stream.concat(pair.topBefore(1).stream(), pair.topAfter(1).stream())
                .map(LogitPair.Word::id)
                .distinct()
                .toList();
    return new ComparedPosition(
        position,
        TokenView.of(tokenizer, ids.get(position)),
        readings(pair.topBefore(top)),
        readings(pair.topAfter(top)),
        pair.kl(),
        pair.reverseKl(),
        pair.totalVariation(),
        followed.stream().map(id -> change(id, pair)).toList());
  }

  private List<TokenReading> readings(List<LogitPair.Word> words) {
    return words.stream()
        .map(
            word ->
                new TokenReading(
                    word.id(), tokenizer.display(word.id()), word.probability(), word.logit()))
        .toList();
  }

  private TargetChange change(int id, LogitPair pair) {
    LogitPair.Word before = pair.before(id);
    LogitPair.Word after = pair.after(id);
    return new TargetChange(
        reading(before),
        reading(after),
        before.rank() - after.rank(),
        after.logProbability() - before.logProbability(),
        after.logOdds() - before.logOdds(),
        against == null
            ? null
            : (after.logit() - pair.after(against).logit())
                - (before.logit() - pair.before(against).logit()));
  }

  private TargetReading reading(LogitPair.Word word) {
    return new TargetReading(
        word.id(), tokenizer.display(word.id()), word.probability(), word.logit(), word.rank());
  }
}

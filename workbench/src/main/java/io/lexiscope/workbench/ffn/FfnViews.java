package io.lexiscope.workbench.ffn;

import io.lexiscope.analysis.ffn.FfnAccount;
import io.lexiscope.analysis.ffn.FfnEvent;
import io.lexiscope.analysis.ffn.NullBand;
import io.lexiscope.analysis.ffn.SubUpdate;
import io.lexiscope.analysis.ffn.VectorReading;
import io.lexiscope.analysis.lens.LensReading;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.lens.TargetReading;
import io.lexiscope.workbench.lens.TokenReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What results say of feed-forward parts.
public final class FfnViews {
  private FfnViews() {}

  public static List<TokenReading> words(List<LensReading.Word> words) {
    return words.stream()
        .map(word -> new TokenReading(word.id(), word.text(), word.probability(), word.logit()))
        .toList();
  }

  static FfnStateView state(VectorReading reading, boolean pair) {
    return new FfnStateView(
        reading.norm(),
        reading.entropy() / Math.log(2),
        words(reading.top()),
        Math.max(0, 1 - reading.top().stream().mapToDouble(LensReading.Word::probability).sum()),
        target(reading.targets().getFirst()),
        pair ? target(reading.targets().getLast()) : null);
  }

  private static TargetReading target(LensReading.Target target) {
    return new TargetReading(
        target.id(), target.text(), target.probability(), target.logit(), target.rank());
  }

  /// @param scale divisor of the norm that the lens froze, 1 without
  static SubUpdateView subUpdate(
      SubUpdate update, VectorReading words, @Nullable NullBand band, double scale) {
    double length = update.norm() / scale;
    return new SubUpdateView(
        update.neuron().index(),
        update.neuron().toString(),
        update.coefficient(),
        update.norm(),
        update.dominance(),
        update.share(),
        update.score(),
        update.reversed(),
        words(words.top()),
        words(words.bottom()),
        band == null ? null : band.topFor(length),
        band == null ? null : band.bottomFor(length));
  }

  /// @param listed sum of the scores of the sub-updates that the result lists
  static FfnBalanceView balance(FfnAccount.Logits logits, double listed) {
    return new FfnBalanceView(
        logits.before(),
        listed,
        logits.subUpdates() - listed,
        logits.bias(),
        logits.intervention(),
        logits.after(),
        logits.change(),
        logits.error());
  }

  static FfnEventView event(LanguageModel model, FfnEvent event) {
    var scores = event.scores();
    return new FfnEventView(
        switch (event.kind()) {
          case SATURATION -> FfnEventKind.SATURATION;
          case ELIMINATION -> FfnEventKind.ELIMINATION;
        },
        event.place().layer(),
        event.place().position(),
        TokenView.of(model.tokenizer(), event.word()),
        event.ranks().before(),
        event.ranks().after(),
        scores.getMax(),
        scores.getAverage(),
        scores.getMin(),
        event.responsible().stream()
            .map(
                update ->
                    new EventSubUpdate(
                        update.neuron().index(),
                        update.neuron().toString(),
                        update.coefficient(),
                        update.dominance(),
                        update.score()))
            .toList());
  }
}

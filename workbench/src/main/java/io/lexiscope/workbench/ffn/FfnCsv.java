package io.lexiscope.workbench.ffn;

import io.lexiscope.analysis.ffn.EventSubUpdate;
import io.lexiscope.analysis.ffn.FfnEventView;
import io.lexiscope.analysis.ffn.FfnLayerView;
import io.lexiscope.analysis.ffn.SubUpdateView;
import io.lexiscope.base.Csv;
import io.lexiscope.model.reading.TokenReading;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Sub-updates and events as comma-separated values.
final class FfnCsv {
  private FfnCsv() {}

  /// One line for each listed neuron. Words are those that it promotes and suppresses here, with
  /// the sign of its coefficient, parted by `|`.
  static String subUpdates(FfnResult result) {
    var csv =
        new Csv(
            "layer,position,token,neuron,coefficient,norm,dominance,share,target,score,promotes,suppresses");
    for (FfnLayerView layer : result.layers()) {
      String token = result.header().tokens().get(layer.position()).text();
      for (SubUpdateView update : layer.subUpdates()) {
        csv.line(
            layer.layer(),
            layer.position(),
            token,
            new Csv.Word(update.name()),
            update.coefficient(),
            update.norm(),
            update.dominance(),
            update.share(),
            layer.target().text(),
            update.score(),
            words(update.reversed() ? update.bottom() : update.top()),
            words(update.reversed() ? update.top() : update.bottom()));
      }
    }
    return csv.toString();
  }

  /// One line for each neuron that is responsible for an event.
  static String events(FfnResult result) {
    var csv =
        new Csv(
            "position,token,event,layer,word,rank_before,rank_after,neuron,coefficient,dominance,score");
    for (FfnEventView event : result.events()) {
      String token = result.header().tokens().get(event.position()).text();
      for (EventSubUpdate update : event.subUpdates()) {
        csv.line(
            event.position(),
            token,
            new Csv.Word(event.kind().name().toLowerCase(Locale.ROOT)),
            event.layer(),
            event.token().text(),
            event.rankBefore(),
            event.rankAfter(),
            new Csv.Word(update.name()),
            update.coefficient(),
            update.dominance(),
            update.score());
      }
    }
    return csv.toString();
  }

  private static String words(List<TokenReading> words) {
    return words.stream().map(TokenReading::text).collect(Collectors.joining("|"));
  }
}

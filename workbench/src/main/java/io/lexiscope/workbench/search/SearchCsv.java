package io.lexiscope.workbench.search;

import io.lexiscope.base.Csv;
import io.lexiscope.model.reading.TokenReading;
import java.util.List;
import java.util.stream.Collectors;

/// The hits of a search as comma-separated values.
final class SearchCsv {
  private SearchCsv() {}

  /// One line for each hit, best first; words are parted by `|`.
  static String write(SearchResult result) {
    var csv =
        new Csv("rank,name,kind,layer,neuron,head,direction,score,norm,rate,promotes,suppresses");
    int rank = 1;
    for (SearchHit hit : result.hits()) {
      csv.line(
          rank++,
          new Csv.Word(hit.label()),
          new Csv.Word(hit.kind()),
          hit.layer(),
          hit.neuron(),
          hit.head(),
          hit.direction(),
          hit.score(),
          hit.norm(),
          hit.rate(),
          words(hit.top()),
          words(hit.bottom()));
    }
    return csv.toString();
  }

  private static String words(List<TokenReading> words) {
    return words.stream().map(TokenReading::text).collect(Collectors.joining("|"));
  }
}

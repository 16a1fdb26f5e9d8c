package io.lexiscope.workbench.heads;

import io.lexiscope.analysis.attention.AttentionScore;
import io.lexiscope.analysis.attention.HeadAsked;
import io.lexiscope.analysis.attention.HeadCircuit;
import io.lexiscope.analysis.attention.OutputRow;
import java.util.List;

/// All there is to say of one head on a prompt.
///
/// @param head such as `L4H6`
/// @param kvHead the key and value head it reads
/// @param pattern one row for each position that looks, with a weight for each position up to it
/// @param why the score of the pair looked into, as a sum over who wrote query and key
/// @param asked query and key of that pair in words
/// @param rows the rows of W_O it used most
/// @param writes the strongest directions from what it reads to what it writes
/// @param matches the strongest directions from what asks to what is looked for
public record HeadCard(
    String head,
    int kvHead,
    List<List<Double>> pattern,
    AttentionScore why,
    HeadAsked asked,
    List<OutputRow> rows,
    List<HeadCircuit> writes,
    List<HeadCircuit> matches) {
  /// Copies the lists.
  public HeadCard {
    pattern = pattern.stream().map(List::copyOf).toList();
    rows = List.copyOf(rows);
    writes = List.copyOf(writes);
    matches = List.copyOf(matches);
  }
}

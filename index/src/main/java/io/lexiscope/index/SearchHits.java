package io.lexiscope.index;

import io.lexiscope.index.query.ResolvedWord;
import io.lexiscope.model.place.VectorName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a search found.
///
/// @param hits best first; equal scores by the catalogue's order
/// @param words the words of the query and the tokens they were taken for, in its order
/// @param searched how many vectors passed the filters
/// @param cosine whether scores are cosines with a vector; raw products with words where not
/// @param nanoseconds from the query to the hits
public record SearchHits(
    List<Hit> hits, List<ResolvedWord> words, int searched, boolean cosine, long nanoseconds) {
  /// Copies the lists.
  public SearchHits {
    hits = List.copyOf(hits);
    words = List.copyOf(words);
  }

  /// A vector found.
  ///
  /// @param name which
  /// @param score by which it is ranked
  /// @param words one for each word of the query: the form that fitted best, and its score
  /// @param measures what is known of it besides
  /// @param entry the words it promotes and suppresses most
  public record Hit(
      VectorName name, double score, List<WordScore> words, Measures measures, Words entry) {
    /// Copies the list.
    public Hit {
      words = List.copyOf(words);
    }
  }

  /// A form of a word and the vector's raw score for it.
  ///
  /// @param form the tokens
  /// @param score `e_w·v`, the mean over the tokens where there are several
  public record WordScore(ResolvedWord.Form form, float score) {}

  /// Numbers of a vector.
  ///
  /// @param norm its length
  /// @param rate share of positions at which its neuron fires, 0 to 1; null where not measured
  public record Measures(float norm, @Nullable Float rate) {}

  /// The words of a vector.
  ///
  /// @param logSumExp of all its scores, nats: `log softmax = score − logSumExp`
  /// @param top the largest scores, largest first
  /// @param bottom the smallest, smallest first
  public record Words(float logSumExp, List<ScoredWord> top, List<ScoredWord> bottom) {
    /// Copies the lists.
    public Words {
      top = List.copyOf(top);
      bottom = List.copyOf(bottom);
    }
  }
}

package io.lexiscope.index;

import io.lexiscope.index.query.Order;
import io.lexiscope.index.query.ResolvedWord;
import io.lexiscope.index.query.ResolvedWord.Form;
import io.lexiscope.index.query.SearchQuery;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/// Ranks vectors by their scores.
final class VectorRanking {
  /// Numbers ranked by one call. A loop over all of them in one method would run in the interpreter
  /// for several searches whenever a search of a new kind makes the compiler start over.
  private static final int BLOCK = 256;

  /// How far two ways to compute one score may lie apart.
  private static final float SLACK = 1e-4f;

  private final SearchQuery query;
  private final List<ResolvedWord> words;
  private final List<List<float[]>> ofForms;
  private final float @Nullable [] cosines;
  private final @Nullable Edges edges;
  private int weaker;

  /// The scores that the last of each vector's own words have, from the top and from the bottom.
  static final class Edges {
    private final float[] high;
    private final float[] low;

    Edges(float[] high, float[] low) {
      this.high = high;
      this.low = low;
    }

    boolean isBeyond(int number, float score) {
      return score >= high[number] - SLACK || score <= low[number] + SLACK;
    }
  }

  /// @param query what was asked
  /// @param words its conditions, resolved
  /// @param ofForms for each word and each form of it the scores of all vectors
  /// @param cosines of all vectors with the one asked for, or null
  /// @param edges in the same scores, or null where a word may stand anywhere
  VectorRanking(
      SearchQuery query,
      List<ResolvedWord> words,
      List<List<float[]>> ofForms,
      float @Nullable [] cosines,
      @Nullable Edges edges) {
    this.query = query;
    this.words = words;
    this.ofForms = ofForms;
    this.cosines = cosines;
    this.edges = edges;
  }

  /// A vector and its score.
  record Ranked(int number, double score) {}

  /// The best vectors that fulfil all conditions.
  ///
  /// @param allowed numbers that passed the filters
  List<Ranked> best(FixedBitSet allowed, int limit) {
    Kept kept = new Kept(Math.clamp(limit, 0, allowed.cardinality()));
    for (int from = 0; from < allowed.length(); from += BLOCK) {
      rank(allowed, from, Math.min(allowed.length(), from + BLOCK), kept);
    }
    return kept.bestFirst();
  }

  private void rank(FixedBitSet allowed, int from, int to, Kept kept) {
    for (int number = from; number < to; number++) {
      if (allowed.get(number)) {
        double score = score(number);
        if (!Double.isNaN(score)) {
          kept.offer(number, score, key(score));
        }
      }
    }
  }

  /// The best so far.
  private final class Kept {
    private final int limit;
    private final PriorityQueue<Ranked> queue;
    private double worst = Double.NEGATIVE_INFINITY;

    Kept(int limit) {
      this.limit = limit;
      this.queue = new PriorityQueue<>(Math.max(1, limit), worstFirst());
    }

    private Comparator<Ranked> worstFirst() {
      return Comparator.comparingDouble((Ranked ranked) -> key(ranked.score()))
          .thenComparing(Comparator.comparingInt(Ranked::number).reversed());
    }

    /// Numbers rise: an equal score that comes later never displaces an earlier one.
    void offer(int number, double score, double key) {
      if (queue.size() < limit) {
        queue.add(new Ranked(number, score));
      } else if (limit > 0 && key > worst) {
        queue.remove();
        queue.add(new Ranked(number, score));
      } else {
        return;
      }
      worst = key(queue.element().score());
    }

    List<Ranked> bestFirst() {
      return queue.stream().sorted(worstFirst().reversed()).toList();
    }
  }

  private double key(double score) {
    return switch (query.order()) {
      case PROMOTING -> score;
      case SUPPRESSING -> -score;
      case EITHER -> Math.abs(score);
      case AS_ASKED -> cosines == null && query.onlySuppresses() ? -score : score;
    };
  }

  /// The score of a vector; NaN where it does not fulfil the conditions or is not finite.
  private double score(int number) {
    double sum = 0;
    boolean suppressing = query.onlySuppresses();
    boolean own = true;
    for (int word = 0; word < words.size(); word++) {
      boolean promotes = words.get(word).condition().promotes();
      float score = ofForms.get(word).get(bestForm(word, number))[number];
      if (!fulfils(promotes, score)) {
        return Double.NaN;
      }
      own &= isOwn(score, number);
      sum += promotes || suppressing ? score : -score;
    }
    double score = cosines == null ? sum / words.size() : cosines[number];
    if (!Double.isFinite(score)) {
      return Double.NaN;
    }
    if (!own) {
      weaker++;
    }
    return own || query.ranking().weaker() ? score : Double.NaN;
  }

  /// Whether a score is one of the vector's own words'.
  private boolean isOwn(float score, int number) {
    return edges == null || edges.isBeyond(number, score);
  }

  /// How many vectors had the sign, but a word too far down their list.
  int weaker() {
    return weaker;
  }

  /// With an order of its own a query asks for the other sign too.
  private boolean fulfils(boolean promotes, float score) {
    return query.order() != Order.AS_ASKED || (promotes ? score > 0 : score < 0);
  }

  private int bestForm(int word, int number) {
    List<float[]> forms = ofForms.get(word);
    double wanted = words.get(word).condition().promotes() ? 1 : -1;
    if (query.order() == Order.SUPPRESSING) {
      wanted = -wanted;
    }
    int best = 0;
    for (int form = 1; form < forms.size(); form++) {
      float score = forms.get(form)[number];
      float known = forms.get(best)[number];
      boolean better =
          query.order() == Order.EITHER
              ? Math.abs(score) > Math.abs(known)
              : wanted * score > wanted * known;
      best = better ? form : best;
    }
    return best;
  }

  /// The form of a word that fits a vector best, and its score.
  Chosen chosen(int word, int number) {
    int form = bestForm(word, number);
    return new Chosen(words.get(word).forms().get(form), ofForms.get(word).get(form)[number]);
  }

  /// A form and its score.
  record Chosen(Form form, float score) {}
}

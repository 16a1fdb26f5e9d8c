package io.lexiscope.analysis.inversion;

import io.lexiscope.analysis.compare.LogitPair;
import io.lexiscope.base.Estimate;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Rows;
import io.lexiscope.model.RunBatch;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Whether a preimage means something to the model: the activation of members is put in the place
/// of the query's, after which its answer must stay; then that of inputs that are not members,
/// after which it must change where the site decides it.
///
/// Non-members are matched: of those to which the model itself answers otherwise, the ones that
/// differ from the query in the fewest tokens. A site that others repeat (two heads that read the
/// same digits) keeps the answer with both; then the site is not needed alone, whatever it holds.
///
/// @param members with the activations of members
/// @param others with the activations of matched non-members
public record CausalSwaps(Swaps members, Swaps others) {
  private static final int POOL = 4096;
  private static final int ROWS = 64;

  /// What came of some swaps.
  ///
  /// @param kept share of swaps after which the likeliest word is the same, with the interval of
  ///   Wilson
  /// @param kl mean of D(query ‖ swapped), nats
  public record Swaps(Estimate kept, Estimate kl) {}

  /// Swaps activations.
  ///
  /// @param model with what is in force
  /// @param epsilon bound of the set
  /// @param count how many of each at most
  /// @param seed of the draw
  /// @param turn is asked before each batch
  public static CausalSwaps measure(
      LanguageModel model, Preimage preimage, double epsilon, int count, long seed, Turn turn) {
    ActivationSwap swap = new ActivationSwap(model, preimage.query());
    float[] plain = turn.take(swap::plain);
    RandomGenerator random = Seeded.LXM.from(seed);
    int[] members = preimage.distances().members(epsilon).toArray();
    Seeded.shuffle(members, random);
    List<ActivationSwap.Source> inside =
        IntStream.of(members)
            .mapToObj(input -> source(preimage, input))
            .filter(source -> !source.input().equals(preimage.query().input()))
            .limit(count)
            .toList();
    List<ActivationSwap.Source> outside = outside(model, preimage, epsilon, count, random, turn);
    return new CausalSwaps(
        swaps(plain, swap.swapped(inside, turn)), swaps(plain, swap.swapped(outside, turn)));
  }

  private static ActivationSwap.Source source(Preimage preimage, int input) {
    return new ActivationSwap.Source(
        preimage.space().input(input), preimage.distances().position(input));
  }

  private static List<ActivationSwap.Source> outside(
      LanguageModel model,
      Preimage preimage,
      double epsilon,
      int count,
      RandomGenerator random,
      Turn turn) {
    InputDistances distances = preimage.distances();
    TokenIds query = preimage.query().input();
    int answer = answers(model, List.of(query), turn).getFirst();
    int[] all = IntStream.range(0, distances.size()).toArray();
    List<ActivationSwap.Source> pool = new ArrayList<>();
    for (int tries = 0; tries < all.length && pool.size() < POOL; tries++) {
      int other = tries + random.nextInt(all.length - tries);
      int input = all[other];
      all[other] = all[tries];
      if (distances.of(input) > (float) epsilon && distances.of(input) < InputDistances.FAR) {
        pool.add(source(preimage, input));
      }
    }
    pool.sort(Comparator.comparingInt(source -> apart(query, source.input())));
    List<ActivationSwap.Source> chosen = new ArrayList<>();
    for (int from = 0; from < pool.size() && chosen.size() < count; from += ROWS) {
      List<ActivationSwap.Source> some = pool.subList(from, Math.min(pool.size(), from + ROWS));
      List<Integer> said = answers(model, some.stream().map(s -> asked(query, s)).toList(), turn);
      for (int i = 0; i < some.size() && chosen.size() < count; i++) {
        if (said.get(i) != answer) {
          chosen.add(some.get(i));
        }
      }
    }
    return chosen;
  }

  /// An input up to where the query ends, so that both are asked the same.
  private static TokenIds asked(TokenIds query, ActivationSwap.Source source) {
    TokenIds input = source.input();
    return input.size() > query.size() ? input.slice(0, query.size()) : input;
  }

  private static List<Integer> answers(LanguageModel model, List<TokenIds> inputs, Turn turn) {
    return turn.take(
        () -> {
          try (RunBatch runs = model.run(Rows.of(inputs), Recording.nothing())) {
            return runs.rows().stream().map(run -> run.logits(-1).best()).toList();
          }
        });
  }

  private static int apart(TokenIds one, TokenIds other) {
    int apart = Math.max(0, one.size() - other.size());
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      apart += one.get(i) == other.get(i) ? 0 : 1;
    }
    return apart;
  }

  private static Swaps swaps(float[] plain, List<float[]> swapped) {
    long kept = 0;
    double[] kl = new double[swapped.size()];
    for (int i = 0; i < swapped.size(); i++) {
      LogitPair pair = LogitPair.of(plain, swapped.get(i));
      kl[i] = pair.kl();
      kept += pair.topBefore(1).getFirst().id() == pair.topAfter(1).getFirst().id() ? 1 : 0;
    }
    return new Swaps(Estimate.proportion(kept, swapped.size()), Estimate.mean(kl));
  }
}

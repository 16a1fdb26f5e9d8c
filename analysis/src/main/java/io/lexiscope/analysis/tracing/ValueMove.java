package io.lexiscope.analysis.tracing;

import io.lexiscope.base.Estimate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Rows;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a model answers when the number it sees is moved along a direction, beside what it answers
/// when the number in the prompt is another.
///
/// Centred, a prompt's score s becomes that of the wanted value, `h' = h + (s' − s)·u`. As
/// published, `h' = h + (m − 1)(h·u)·u` with `m = s'/s`: the same only where `μ·u = 0`.
///
/// @param direction along which is moved
/// @param curve by the value wanted
/// @param agreement of moving and rewriting
/// @param interchange scores exchanged between prompts; null where prompts cannot be rewritten
/// @see <a href="https://arxiv.org/abs/2301.06758">Matsumoto et al. 2022</a>, §4
public record ValueMove(
    ValueDirection direction,
    List<Dose> curve,
    Agreement agreement,
    @Nullable Interchange interchange) {
  /// Copies the list.
  public ValueMove {
    curve = List.copyOf(curve);
  }

  /// Means over prompts at one wanted value.
  ///
  /// @param value wanted
  /// @param score that stands for it
  /// @param inside whether prompts have such values
  /// @param multiplier the published m, its median over prompts
  /// @param outputs what is answered
  public record Dose(
      double value, double score, boolean inside, double multiplier, Outputs outputs) {}

  /// What is answered, over the same prompts.
  ///
  /// @param moved by the centred formula
  /// @param published by the published one
  /// @param random moved as far along a random direction
  /// @param rewritten with the number in the prompt; NaN where no prompt can be
  public record Outputs(double moved, double published, double random, double rewritten) {}

  /// How alike moving and rewriting are, at wanted values that prompts have.
  ///
  /// @param output share of the variance of the answer's change by rewriting that the change by
  ///   moving explains; NaN where prompts cannot be rewritten
  /// @param scores R² of the score needed for a value, f_p, against the score of the rewritten
  ///   prompt, f_a; NaN where the answer is no regression
  /// @param difference median of |f_p − f_a|; NaN likewise
  /// @param random root mean square of the answer's change along a random direction, by that along
  ///   this one
  public record Agreement(double output, double scores, double difference, double random) {}

  /// Pairs of prompts: the score of one is set to that of another, and the answer is to be that of
  /// the prompt with the other's value written in.
  ///
  /// @param moved share of pairs with that answer
  /// @param unmoved share where nothing is moved
  /// @param tolerance how near an answer must be
  public record Interchange(Estimate moved, Estimate unmoved, double tolerance) {}

  /// How prompts are rewritten.
  @FunctionalInterface
  public interface Rewriting {
    /// The prompt with another number for the value and all else as it was.
    ///
    /// @param prompt index
    /// @return empty where there is none
    Optional<TokenIds> with(int prompt, double number);

    /// Prompts that cannot be rewritten.
    static Rewriting none() {
      return (_, _) -> Optional.empty();
    }
  }

  /// How much is run.
  ///
  /// @param prompts that are moved, of those that test
  /// @param doses wanted values
  /// @param seed of what is random
  public record Effort(int prompts, int doses, long seed) {
    /// 40 prompts, 21 values.
    public static Effort standard() {
      return new Effort(40, 21, /* seed= */ 0);
    }
  }

  /// Moves a value.
  ///
  /// @param model with what is in force in every run
  /// @param prompts those that the direction was fitted on
  /// @param value its name
  /// @param turn is asked before each batch, and hears how many runs are done
  public static ValueMove measure(
      LanguageModel model,
      NumericOutput output,
      TracedPrompts prompts,
      ValueDirection direction,
      String value,
      Rewriting rewriting,
      Effort effort,
      Turn turn) {
    Movement movement =
        new Movement(
            new MovedRuns(model, output, turn),
            prompts,
            direction,
            prompts.indexOf(value),
            IntStream.range(0, prompts.prompts().size())
                .filter(TracedPrompts::tests)
                .limit(effort.prompts())
                .boxed()
                .toList());
    return movement.measure(rewriting, effort, output instanceof NumericOutput.Regression);
  }

  /// Prompts that are moved.
  private record Movement(
      MovedRuns runs,
      TracedPrompts prompts,
      ValueDirection direction,
      int value,
      List<Integer> chosen) {

    TokenIds tokens(int i) {
      return prompts.prompts().get(chosen.get(i)).tokens();
    }

    ValueMove measure(Rewriting rewriting, Effort effort, boolean regression) {
      int count = chosen.size();
      double[] projections = new double[count];
      double[] plain =
          runs.answers(
              IntStream.range(0, count).mapToObj(i -> MovedRuns.row(tokens(i))).toList(),
              List.of(direction.place()),
              (i, values) -> projections[i] = direction.projection(values.getFirst()));
      double[] scores = Arrays.stream(projections).map(h -> h - direction.scale().mean()).toArray();
      double[] numbers = prompts.numbers(value);
      double least = Arrays.stream(numbers).min().orElseThrow();
      double most = Arrays.stream(numbers).max().orElseThrow();
      double[] wanted = new double[effort.doses()];
      for (int g = 0; g < wanted.length; g++) {
        double share = wanted.length == 1 ? 0.5 : (double) g / (wanted.length - 1);
        wanted[g] = Math.rint(least - 0.1 * (most - least) + 1.2 * (most - least) * share);
      }
      ValueDirection random = direction.random(effort.seed());
      double[][] moved = swept(wanted, (i, s) -> direction.moved(s - scores[i]));
      double[][] published =
          swept(wanted, (i, s) -> direction.moved((s / scores[i] - 1) * projections[i]));
      double[][] astray = swept(wanted, (i, s) -> random.moved(s - scores[i]));
      Rewritten rewritten = rewritten(wanted, rewriting);
      List<Dose> curve = new ArrayList<>();
      for (int g = 0; g < wanted.length; g++) {
        double score = direction.scale().score(wanted[g]);
        double[] multipliers = Arrays.stream(scores).map(s -> score / s).toArray();
        curve.add(
            new Dose(
                wanted[g],
                score,
                wanted[g] >= least && wanted[g] <= most,
                Estimate.median(multipliers).value(),
                new Outputs(
                    Arrays.stream(moved[g]).average().orElse(Double.NaN),
                    Arrays.stream(published[g]).average().orElse(Double.NaN),
                    Arrays.stream(astray[g]).average().orElse(Double.NaN),
                    mean(rewritten.answers()[g]))));
      }
      return new ValueMove(
          direction,
          curve,
          agreement(curve, plain, new double[][][] {moved, astray}, rewritten, regression),
          interchange(rewriting, scores, plain, regression));
    }

    private static double mean(double[] numbers) {
      return Arrays.stream(numbers).filter(Double::isFinite).average().orElse(Double.NaN);
    }

    /// What moves prompt i to a score.
    @FunctionalInterface
    private interface Mover {
      Interventions of(int prompt, double score);
    }

    /// \[wanted\]\[prompt\]
    private double[][] swept(double[] wanted, Mover mover) {
      List<Rows.Row> rows = new ArrayList<>();
      for (double number : wanted) {
        double score = direction.scale().score(number);
        for (int i = 0; i < chosen.size(); i++) {
          rows.add(new Rows.Row(tokens(i), mover.of(i, score)));
        }
      }
      return cut(runs.answers(rows), chosen.size());
    }

    private static double[][] cut(double[] all, int width) {
      double[][] rows = new double[all.length / width][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
      }
      return rows;
    }

    /// Answers and scores of rewritten prompts; NaN where there is none.
    @SuppressWarnings("ArrayRecordComponent") // stays in the class
    private record Rewritten(double[][] answers, double[][] scores) {}

    private Rewritten rewritten(double[] wanted, Rewriting rewriting) {
      double[][] answers = new double[wanted.length][chosen.size()];
      double[][] scores = new double[wanted.length][chosen.size()];
      List<Rows.Row> rows = new ArrayList<>();
      List<int[]> cells = new ArrayList<>();
      for (int g = 0; g < wanted.length; g++) {
        Arrays.fill(answers[g], Double.NaN);
        Arrays.fill(scores[g], Double.NaN);
        for (int i = 0; i < chosen.size(); i++) {
          Optional<TokenIds> other = rewriting.with(chosen.get(i), wanted[g]);
          if (other.isPresent()) {
            rows.add(MovedRuns.row(other.get()));
            cells.add(new int[] {g, i});
          }
        }
      }
      double[] found =
          runs.answers(
              rows,
              List.of(direction.place()),
              (row, values) ->
                  scores[cells.get(row)[0]][cells.get(row)[1]] =
                      direction.projection(values.getFirst()) - direction.scale().mean());
      for (int row = 0; row < found.length; row++) {
        answers[cells.get(row)[0]][cells.get(row)[1]] = found[row];
      }
      return new Rewritten(answers, scores);
    }

    private static Agreement agreement(
        List<Dose> curve,
        double[] plain,
        double[][][] movedAndAstray,
        Rewritten rewritten,
        boolean regression) {
      List<Double> wished = new ArrayList<>();
      List<Double> got = new ArrayList<>();
      double far = 0;
      double along = 0;
      for (int g = 0; g < curve.size(); g++) {
        for (int i = 0; curve.get(g).inside() && i < plain.length; i++) {
          double change = movedAndAstray[0][g][i] - plain[i];
          along += change * change;
          far += Math.pow(movedAndAstray[1][g][i] - plain[i], 2);
          if (Double.isFinite(rewritten.answers()[g][i])) {
            wished.add(rewritten.answers()[g][i] - plain[i]);
            got.add(change);
          }
        }
      }
      List<Double> needed = new ArrayList<>();
      List<Double> actual = new ArrayList<>();
      for (int i = 0; regression && i < plain.length; i++) {
        NeededScores.add(
            curve,
            column(movedAndAstray[0], i),
            column(rewritten.answers(), i),
            column(rewritten.scores(), i),
            needed,
            actual);
      }
      double[] differences =
          IntStream.range(0, needed.size())
              .mapToDouble(i -> Math.abs(needed.get(i) - actual.get(i)))
              .toArray();
      return new Agreement(
          NeededScores.determination(wished, got),
          NeededScores.determination(actual, needed),
          Estimate.median(differences).value(),
          along > 0 ? Math.sqrt(far / along) : Double.NaN);
    }

    private static double[] column(double[][] table, int i) {
      return Arrays.stream(table).mapToDouble(row -> row[i]).toArray();
    }

    private @Nullable Interchange interchange(
        Rewriting rewriting, double[] scores, double[] plain, boolean regression) {
      List<Rows.Row> wished = new ArrayList<>();
      List<Rows.Row> moved = new ArrayList<>();
      List<Integer> bases = new ArrayList<>();
      double[] numbers = prompts.numbers(value);
      int count = chosen.size();
      for (int shift = 1; shift <= Math.min(5, count - 1); shift++) {
        for (int i = 0; i < count; i++) {
          int source = (i + shift) % count;
          Optional<TokenIds> other = rewriting.with(chosen.get(i), numbers[chosen.get(source)]);
          if (other.isPresent() && numbers[chosen.get(i)] != numbers[chosen.get(source)]) {
            bases.add(i);
            wished.add(MovedRuns.row(other.get()));
            moved.add(new Rows.Row(tokens(i), direction.moved(scores[source] - scores[i])));
          }
        }
      }
      if (bases.isEmpty()) {
        return null;
      }
      double[] right = runs.answers(wished);
      double[] got = runs.answers(moved);
      double spread = 0;
      double mean = mean(plain);
      for (double answer : plain) {
        spread += (answer - mean) * (answer - mean) / plain.length;
      }
      double tolerance = regression ? 0.1 * Math.sqrt(spread) : 0.5;
      int hits = 0;
      int still = 0;
      for (int i = 0; i < right.length; i++) {
        hits += Math.abs(got[i] - right[i]) <= tolerance ? 1 : 0;
        still += Math.abs(plain[bases.get(i)] - right[i]) <= tolerance ? 1 : 0;
      }
      return new Interchange(
          Estimate.proportion(hits, right.length),
          Estimate.proportion(still, right.length),
          tolerance);
    }
  }
}

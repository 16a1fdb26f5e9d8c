package io.lexiscope.analysis.separation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.analysis.inversion.CountingGrammar;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.site.ActivationSite;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Assets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The sites that Huang et al. 2024 publish for their two checkpoints, found by what they part.
class PublishedSeparationTest {
  private static final int EACH = 500;

  /// Digits of a sum.
  private record Sum(int first, int second) {
    int f(int place) {
      return digit(first, place);
    }

    int s(int place) {
      return digit(second, place);
    }

    private static int digit(int number, int place) {
      return number / (int) Math.pow(10, 3.0 - place) % 10;
    }

    boolean pair(int place, int one, int other) {
      return (f(place) == one && s(place) == other) || (f(place) == other && s(place) == one);
    }

    boolean carries(int place) {
      int power = (int) Math.pow(10, 4.0 - place);
      return first % power + second % power >= power;
    }

    boolean startsWithOne() {
      return Integer.toString(first + second).startsWith("1");
    }

    String prompt(int answered) {
      return "B%d+%d=%s"
          .formatted(first, second, Integer.toString(first + second).substring(0, answered));
    }
  }

  /// Two groups of sums, and where they part as published.
  private record Query(
      Predicate<Sum> one, Predicate<Sum> other, int answered, List<String> sites) {}

  private static List<Query> queries() {
    Predicate<Sum> four = sum -> sum.first() + sum.second() >= 1000;
    Predicate<Sum> noOne = sum -> !sum.startsWithOne();
    return List.of(
        new Query(
            sum -> sum.pair(1, 6, 8), sum -> sum.pair(1, 3, 4), 0, List.of("a0.0", "a0.1", "a0.2")),
        new Query(
            sum -> sum.f(2) + sum.s(2) >= 10, sum -> sum.f(2) + sum.s(2) <= 8, 0, List.of("a0.3")),
        new Query(
            noOne.and(sum -> sum.pair(2, 1, 6)),
            noOne.and(sum -> sum.pair(2, 2, 3)),
            1,
            List.of("a0.1", "a0.2")),
        new Query(
            noOne.and(sum -> sum.carries(3)),
            noOne.and(sum -> !sum.carries(3)),
            1,
            List.of("a0.3")),
        new Query(
            four.and(sum -> sum.pair(2, 2, 7)),
            four.and(sum -> sum.pair(2, 4, 1)),
            2,
            List.of("a0.1", "a0.2")),
        new Query(
            four.and(sum -> sum.carries(3)), four.and(sum -> !sum.carries(3)), 2, List.of("a0.3")),
        new Query(
            noOne.and(sum -> sum.pair(3, 2, 5)),
            noOne.and(sum -> sum.pair(3, 6, 8)),
            2,
            List.of("a1.2", "a1.3")),
        new Query(
            four.and(sum -> sum.pair(3, 2, 5)),
            four.and(sum -> sum.pair(3, 6, 8)),
            3,
            List.of("a1.2", "a1.3")));
  }

  private static List<TokenIds> drawn(LanguageModel model, Predicate<Sum> wanted, int answered) {
    RandomGenerator random = Seeded.stream("separation", 0, answered);
    List<TokenIds> inputs = new ArrayList<>();
    while (inputs.size() < EACH) {
      Sum sum = new Sum(random.nextInt(100, 1000), random.nextInt(100, 1000));
      if (wanted.test(sum)) {
        inputs.add(model.tokenizer().encode(sum.prompt(answered)).ids());
      }
    }
    return inputs;
  }

  private static boolean found(Separation separation, List<String> sites, int position) {
    return separation.places().stream()
        .limit(3)
        .anyMatch(
            place ->
                place.position() == position
                    && sites.stream()
                        .map(ActivationSite::parse)
                        .anyMatch(site -> site.equals(place.site())));
  }

  @Test
  void thePublishedSiteIsAmongTheFirstThreeForEightOfTenQueries() {
    int found = 0;
    List<String> missed = new ArrayList<>();
    try (LanguageModel model =
        LanguageModel.open(Assets.require("models/inversionview-addition"))) {
      for (Query query : queries()) {
        var groups =
            new InputGroups(
                drawn(model, query.one(), query.answered()),
                drawn(model, query.other(), query.answered()));

        Separation separation = Separation.measure(model, groups, 12, Turn.immediately());

        if (found(separation, query.sites(), 8 + query.answered())) {
          found++;
        } else {
          missed.add(query.sites() + " " + separation.places().subList(0, 6));
        }
      }
    }
    try (LanguageModel model =
        LanguageModel.open(Assets.require("models/inversionview-counting"))) {
      List<TokenIds> three = new ArrayList<>();
      List<TokenIds> six = new ArrayList<>();
      for (String text : new CountingGrammar().draw("", 12_000, 0)) {
        int colon = text.indexOf(':');
        List<TokenIds> group =
            switch (text.charAt(colon + 1)) {
              case '3' -> three;
              case '6' -> six;
              default -> new ArrayList<>();
            };
        if (group.size() < EACH) {
          group.add(model.tokenizer().encode(text.substring(0, colon + 1)).ids());
        }
      }
      Separation separation =
          Separation.measure(model, new InputGroups(three, six), 12, Turn.immediately());
      for (int position : new int[] {-1, -2}) {
        List<String> sites = position == -1 ? List.of("a1.0") : List.of("x0.post");
        if (found(separation, sites, position)) {
          found++;
        } else {
          missed.add(sites + " " + separation.places().subList(0, 6));
        }
      }
    }
    assertThat(found).as("missed %s", missed).isGreaterThanOrEqualTo(8);
  }
}

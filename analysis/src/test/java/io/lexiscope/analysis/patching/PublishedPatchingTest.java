package io.lexiscope.analysis.patching;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Assets;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Tables that Huang et al. 2024 publish for their two checkpoints.
class PublishedPatchingTest {
  private static final int PROMPTS = 200;

  /// A head's output at one position.
  private record Site(int layer, int head, int position) {
    HookName place() {
      return HookPoint.Z.at(layer);
    }
  }

  /// Mean logit difference of original against contrast when sites of the contrast are put into the
  /// original, for each set of sites, after that of the original itself.
  private static double[] patched(
      LanguageModel model, List<PromptPair> pairs, List<List<Site>> sets) {
    double[] sums = new double[sets.size() + 1];
    for (PromptPair pair : pairs) {
      try (Run contrast = model.run(pair.corrupt(), Recording.of(HookPoint.Z))) {
        List<Variant> variants = new ArrayList<>();
        for (List<Site> set : sets) {
          List<Intervention> patches =
              set.stream()
                  .map(
                      site ->
                          Intervention.patch(
                                  new Target.Head(site.place(), site.head()),
                                  contrast.rows(site.place()))
                              .at(new Where.At(List.of(site.position()))))
                  .toList();
          variants.add(
              new Variant(
                  new Interventions(patches),
                  set.stream().mapToInt(Site::position).min().orElseThrow()));
        }
        float[] plain =
            new PatchSweep(model, pair.clean(), -1)
                .run(
                    variants,
                    Turn.immediately(),
                    (i, logits) -> sums[i + 1] += logits[pair.target()] - logits[pair.foil()]);
        sums[0] += plain[pair.target()] - plain[pair.foil()];
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= pairs.size();
    }
    return sums;
  }

  private static TokenIds ids(LanguageModel model, String text) {
    return model.tokenizer().encode(text).ids();
  }

  /// Check B5: a letter more or less.
  @Test
  void theCountIsCarriedByTheTargetLetterAndThenTheColon() {
    RandomGenerator random = Seeded.CONGRUENTIAL.from(7);
    try (LanguageModel model =
        LanguageModel.open(Assets.require("models/inversionview-counting"))) {
      double[][] sums = new double[PROMPTS][];
      for (int i = 0; i < PROMPTS; i++) {
        sums[i] = oneLetterFlipped(model, random);
      }
      double[] means = new double[6];
      for (int set = 0; set < means.length; set++) {
        for (double[] one : sums) {
          means[set] += one[set] / PROMPTS;
        }
      }
      assertClose(
          means,
          new double[] {18.50, 18.41, -16.48, -17.38, -16.55, -17.53},
          new Tolerance(1.5, 0));
    }
  }

  private static double[] oneLetterFlipped(LanguageModel model, RandomGenerator random) {
    while (true) {
      List<Character> letters = new ArrayList<>();
      while (letters.size() < 3) {
        char letter = (char) ('a' + random.nextInt(26));
        if (!letters.contains(letter)) {
          letters.add(letter);
        }
      }
      List<Character> prefix = new ArrayList<>();
      for (char letter : letters) {
        for (int n = 1 + random.nextInt(9); n > 0; n--) {
          prefix.add(random.nextInt(prefix.size() + 1), letter);
        }
      }
      char target = letters.get(random.nextInt(3));
      List<Character> other = new ArrayList<>(prefix);
      int flipped = random.nextInt(prefix.size());
      List<Character> choices =
          letters.stream().filter(letter -> !letter.equals(prefix.get(flipped))).toList();
      other.set(
          flipped,
          prefix.get(flipped) == target ? choices.get(random.nextInt(choices.size())) : target);
      int count = Collections.frequency(prefix, target);
      int changed = Collections.frequency(other, target);
      boolean usual =
          letters.stream()
              .allMatch(
                  letter ->
                      Collections.frequency(other, letter) >= 1
                          && Collections.frequency(other, letter) <= 9);
      if (!usual || changed == count) {
        continue;
      }
      var pair =
          new PromptPair(
              ids(model, text(prefix, target)),
              ids(model, text(other, target)),
              ids(model, String.valueOf(count)).get(0),
              ids(model, String.valueOf(changed)).get(0));
      int colon = pair.clean().size() - 1;
      var first = new Site(0, 0, colon);
      var second = new Site(0, 0, colon - 1);
      var third = new Site(1, 0, colon);
      return patched(
          model,
          List.of(pair),
          List.of(
              List.of(first),
              List.of(second),
              List.of(third),
              List.of(first, second),
              List.of(first, second, third)));
    }
  }

  private static String text(List<Character> prefix, char target) {
    var text = new StringBuilder("B");
    prefix.forEach(text::append);
    return text.append('|').append(target).append(':').toString();
  }

  /// Check B6, flow a: the hundreds of both numbers, and the carry of their tens, decide the first
  /// digit of the sum.
  @Test
  void headsOfTheFirstLayerReadHundredsAndCarry() {
    try (LanguageModel model =
        LanguageModel.open(Assets.require("models/inversionview-addition"))) {
      double[] hundreds = increments(model, /* redrawn= */ 0, /* small= */ false);
      assertClose(
          new double[] {hundreds[1], hundreds[2], hundreds[3], total(hundreds)},
          new double[] {8.5, 10.4, 5.7, 26.3},
          new Tolerance(2, 0));
      double[] tens = increments(model, /* redrawn= */ 1, /* small= */ true);
      assertClose(
          new double[] {tens[4], total(tens)}, new double[] {13.2, 13.5}, new Tolerance(2, 0));
    }
  }

  private static double total(double[] increments) {
    double sum = 0;
    for (int i = 1; i < increments.length; i++) {
      sum += increments[i];
    }
    return sum;
  }

  /// What each head adds to the fall of the logit difference, patched one after another from a0.0
  /// to a1.3 at '='.
  ///
  /// @param redrawn which digit of both numbers is drawn anew in the contrast, 0 among them as
  ///   published, also in front
  /// @param small whether the hundreds' sum is below 10
  private static double[] increments(LanguageModel model, int redrawn, boolean small) {
    RandomGenerator random = Seeded.CONGRUENTIAL.from(11);
    List<PromptPair> pairs = new ArrayList<>();
    while (pairs.size() < PROMPTS) {
      int one = 100 + random.nextInt(900);
      int other = 100 + random.nextInt(900);
      if (small && one / 100 + other / 100 >= 10) {
        continue;
      }
      int place = redrawn == 0 ? 100 : 10;
      int first = one + place * (random.nextInt(10) - one / place % 10);
      int second = other + place * (random.nextInt(10) - other / place % 10);
      char said = String.valueOf(one + other).charAt(0);
      char instead = String.valueOf(first + second).charAt(0);
      if (said != instead) {
        pairs.add(
            new PromptPair(
                ids(model, "B%03d+%03d=".formatted(one, other)),
                ids(model, "B%03d+%03d=".formatted(first, second)),
                ids(model, String.valueOf(said)).get(0),
                ids(model, String.valueOf(instead)).get(0)));
      }
    }
    List<List<Site>> sets = new ArrayList<>();
    List<Site> sofar = new ArrayList<>();
    for (int head = 0; head < 8; head++) {
      sofar.add(new Site(head / 4, head % 4, 8));
      sets.add(List.copyOf(sofar));
    }
    double[] means = patched(model, pairs, sets);
    double[] increments = new double[means.length];
    for (int i = 1; i < means.length; i++) {
      increments[i] = means[i - 1] - means[i];
    }
    return increments;
  }
}

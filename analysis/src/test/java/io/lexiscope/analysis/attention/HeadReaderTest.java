package io.lexiscope.analysis.attention;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.Reference;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeadReaderTest {
  private static final Tolerance FLOAT = new Tolerance(2e-5, 2e-4);

  private static HeadQuestion question(int position, @Nullable Integer against, int attends) {
    return new HeadQuestion(
        List.of(),
        List.of(position),
        /* target= */ 31,
        against,
        new HeadQuestion.Counts(/* words= */ 4, attends));
  }

  /// In doubles: the logits of a head's vector at the scale of the final norm, less their mean.
  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void aPushIsTheHeadsLogitRelativeToTheMeanWord(Golden golden) {
    try (LanguageModel model = golden.open()) {
      HeadReader reader = HeadReader.of(model);
      Recording more = reader.recording().and(Recording.of(HookPoint.RESULT, HookPoint.RESID_POST));
      int last = model.architecture().layers() - 1;
      try (Run run = model.run(golden.prompt(), more)) {
        Reference reference = new Reference(model);
        double scale =
            reference.scale(Reference.doubles(run.activation(HookPoint.RESID_POST.at(last), 20)));

        for (@Nullable Integer against : Arrays.asList(null, 400)) {
          for (HeadReading found : reader.read(run, question(20, against, 3))) {
            double[] vector =
                TensorScope.tidy(
                    () ->
                        Reference.doubles(
                            HeadLayer.of(run, found.layer())
                                .outputs(List.of(20))
                                .select(0, 0)
                                .select(0, found.head())));
            double[] logits =
                reference.logits(
                    reference.normed(vector, scale, /* withBias= */ false), /* whole= */ false);
            double other =
                against == null ? Arrays.stream(logits).average().orElseThrow() : logits[against];
            assertClose(found.push(), logits[31] - other, FLOAT);
            assertClose(found.norm(), Reference.length(vector), FLOAT);
            double[] read =
                reference.logits(
                    reference.normed(vector, reference.scale(vector), /* withBias= */ true),
                    /* whole= */ true);
            assertThat(found.top().getFirst().id())
                .isEqualTo(
                    Arrays.stream(Reference.ranked(read))
                        .filter(id -> !model.reader().underTrained().contains(id))
                        .findFirst()
                        .orElseThrow());
            assertClose(
                found.entropy(), Reference.entropy(read) / Math.log(2), Tolerance.within(1e-3));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void positionsAreThoseFromWhichMostIsMovedAndTheRestIsTheOthers(Golden golden) {
    try (LanguageModel model = golden.open()) {
      HeadReader reader = HeadReader.of(model);
      try (Run run = model.run(golden.prompt(), reader.recording())) {
        for (HeadReading found : reader.read(run, question(20, null, 3))) {
          float[] norms =
              TensorScope.tidy(
                  () ->
                      HeadLayer.of(run, found.layer())
                          .memory(found.head(), 20)
                          .norm(-1, false)
                          .toFloats());
          List<Integer> sorted =
              IntStream.range(0, norms.length)
                  .boxed()
                  .sorted(Comparator.comparingDouble((Integer i) -> -norms[i]))
                  .toList();
          assertThat(found.attends().stream().map(Attended::position).toList())
              .isEqualTo(sorted.subList(0, found.attends().size()));
          double weight =
              found.attends().stream().mapToDouble(Attended::weight).sum()
                  + found.others().weight();
          assertClose(weight, 1, Tolerance.within(1e-5));
          double push =
              found.attends().stream().mapToDouble(Attended::push).sum() + found.others().push();
          assertClose(push, found.push(), FLOAT);
        }
      }
    }
  }

  @Test
  void modelsWithNormsInsideTheStreamAreRefused() {
    try (LanguageModel model = Golden.BERT.open()) {
      assertThatThrownBy(() -> HeadReader.of(model))
          .isInstanceOf(AttentionException.class)
          .hasMessageContaining("norms inside it");
      assertThatThrownBy(() -> HeadFinder.of(model))
          .isInstanceOf(AttentionException.class)
          .hasMessageContaining("from left to right");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "LLAMA", "GEMMA2", "GPT_NEOX"})
  void traitsAreTheMeansOfThePattern(Golden golden) {
    try (LanguageModel model = golden.open()) {
      TokenIds ids = TokenIds.of(5, 9, 5, 7, 9, 5, 11, 9);
      AttendPattern before = previous(ids.size());
      List<HeadTraits> found = HeadFinder.of(model).on(List.of(ids), before);
      try (Run run =
          model.run(
              ids,
              HeadLayer.recording(model)
                  .and(Recording.of(HookPoint.PATTERN, HookPoint.RESID_POST)))) {
        int heads = model.architecture().block().attention().heads().heads();
        for (HeadTraits traits : found) {
          double[] pattern =
              Reference.doubles(run.activation(HookPoint.PATTERN.at(traits.layer())));
          int n = ids.size();
          int base = traits.head() * n * n;
          double self = 0;
          double prior = 0;
          double entropy = 0;
          double distance = 0;
          List<Double> duplicate = new ArrayList<>();
          List<Double> induction = new ArrayList<>();
          for (int q = 1; q < n; q++) {
            double same = 0;
            double after = 0;
            boolean any = false;
            for (int k = 0; k <= q; k++) {
              double a = pattern[base + q * n + k];
              entropy -= a > 0 ? a * Math.log(a) / (n - 1) : 0;
              distance += a * (q - k) / (n - 1);
              if (k < q && ids.get(k) == ids.get(q)) {
                any = true;
                same += a;
              }
              if (k >= 1 && ids.get(k - 1) == ids.get(q)) {
                after += a;
              }
            }
            if (any) {
              duplicate.add(same);
              induction.add(after);
            }
            self += pattern[base + q * n + q] / (n - 1);
            prior += pattern[base + q * n + q - 1] / (n - 1);
          }
          assertClose(traits.of(HeadTrait.SELF).orElseThrow(), self, FLOAT);
          assertClose(traits.of(HeadTrait.PREVIOUS).orElseThrow(), prior, FLOAT);
          assertClose(traits.of(HeadTrait.MATCH).orElseThrow(), prior, FLOAT);
          assertClose(traits.of(HeadTrait.ENTROPY).orElseThrow(), entropy, FLOAT);
          assertClose(traits.of(HeadTrait.DISTANCE).orElseThrow(), distance, FLOAT);
          assertClose(traits.of(HeadTrait.DUPLICATE).orElseThrow(), mean(duplicate), FLOAT);
          assertClose(traits.of(HeadTrait.INDUCTION).orElseThrow(), mean(induction), FLOAT);
        }
        assertThat(found).hasSize(heads * model.architecture().layers());
      }
      copiesAreLogitsOfTheWordsLookedAt(model, ids, found);
    }
  }

  private static void copiesAreLogitsOfTheWordsLookedAt(
      LanguageModel model, TokenIds ids, List<HeadTraits> found) {
    Reference reference = new Reference(model);
    int last = model.architecture().layers() - 1;
    try (Run run =
        model.run(ids, HeadLayer.recording(model).and(Recording.of(HookPoint.RESID_POST)))) {
      HeadTraits traits = found.get(1);
      double sum = 0;
      for (int q = 1; q < ids.size(); q++) {
        int query = q;
        double scale =
            reference.scale(
                Reference.doubles(run.activation(HookPoint.RESID_POST.at(last), query)));
        double[] memory =
            TensorScope.tidy(
                () ->
                    Reference.doubles(
                        HeadLayer.of(run, traits.layer()).memory(traits.head(), query)));
        int d = model.architecture().dModel();
        for (int k = 0; k <= q; k++) {
          double[] logits =
              reference.logits(
                  reference.normed(Reference.row(memory, k, d), scale, /* withBias= */ false),
                  /* whole= */ false);
          sum += logits[ids.get(k)] - Arrays.stream(logits).average().orElseThrow();
        }
      }
      assertClose(traits.of(HeadTrait.COPIES).orElseThrow(), sum / (ids.size() - 1), FLOAT);
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static AttendPattern previous(int size) {
    return new AttendPattern(
        IntStream.range(0, size)
            .mapToObj(q -> IntStream.range(0, size).mapToObj(k -> k == q - 1 ? 2.0 : 0.0).toList())
            .toList());
  }

  @Test
  void patternsThatAreNotSquareAreRefused() {
    assertThatThrownBy(() -> new AttendPattern(List.of(List.of(1.0, 0.0))))
        .isInstanceOf(AttentionException.class)
        .hasMessageContaining("square pattern of 1 columns, got 2 in row 0");
    assertThatThrownBy(() -> new AttendPattern(List.of(List.of(-1.0))))
        .isInstanceOf(AttentionException.class)
        .hasMessageContaining("weights of 0 or more");
  }

  /// The bundled model's own heads: the name is moved by a head of the last layers that looks at
  /// it.
  @Test
  void aHeadOfTheBundledModelMovesTheName() {
    try (LanguageModel model = LanguageModel.open(Path.of("../models/microworld"))) {
      HeadReader reader = HeadReader.of(model);
      var ids =
          model
              .tokenizer()
              .encode("When Mary and John went to the store, John gave a drink to")
              .ids();
      try (Run run = model.run(ids, AttentionScore.recording(model).and(reader.recording()))) {
        var question =
            new HeadQuestion(
                List.of(),
                List.of(ids.size() - 1),
                model.tokenizer().idOf(" Mary"),
                model.tokenizer().idOf(" John"),
                new HeadQuestion.Counts(/* words= */ 5, /* attends= */ 3));
        List<HeadReading> strongest =
            reader.read(run, question).stream()
                .sorted(Comparator.comparingDouble((HeadReading head) -> -head.push()))
                .limit(4)
                .toList();

        HeadReading mover =
            strongest.stream().filter(head -> head.target().rank() == 1).findFirst().orElseThrow();
        Attended looked = mover.attends().getFirst();
        assertThat(looked.valueTop().getFirst().text()).isEqualTo(" Mary");
        assertThat(looked.weight()).isGreaterThan(0.9);
        HeadName name = new HeadName(mover.layer(), mover.head());
        assertThat(HeadWords.of(model, 3).rows(run, name.layer(), name.head(), ids.size() - 1, 4))
            .hasSize(4);
        assertThat(HeadWords.of(model, 3).writes(name.layer(), name.head(), 2)).hasSize(2);
        assertThat(HeadWords.of(model, 3).matches(name.layer(), name.head(), 2)).hasSize(2);
        assertThat(
                HeadWords.of(model, 3)
                    .asked(run, name.layer(), name.head(), ids.size() - 1, looked.position())
                    .sought())
            .hasSize(3);
      }
    }
  }
}

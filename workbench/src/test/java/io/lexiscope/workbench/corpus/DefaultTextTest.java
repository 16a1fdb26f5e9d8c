package io.lexiscope.workbench.corpus;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.text.PlainEnglish;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import io.lexiscope.workbench.GoldenBench;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.DecodingOptions;
import io.lexiscope.workbench.ask.InterventionKind;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.MeanSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.compare.CompareReadout;
import io.lexiscope.workbench.compare.CompareRequest;
import io.lexiscope.workbench.compare.CompareResult;
import io.lexiscope.workbench.job.Cancellation;
import io.lexiscope.workbench.job.Progress;
import io.lexiscope.workbench.job.Watcher;
import io.lexiscope.workbench.neuron.FiringView;
import io.lexiscope.workbench.neuron.NeuronRequest;
import io.lexiscope.workbench.search.IndexRequest;
import io.lexiscope.workbench.search.SearchRequest;
import io.lexiscope.workbench.search.SearchResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read where no text is given: firing rates and means without an option.
class DefaultTextTest {
  private static final Path MODELS = Path.of("../models");
  private static final ModelChoice ADDITION = ModelChoice.of("addition");

  @TempDir Path cache;

  @ParameterizedTest
  @ValueSource(strings = {"microworld", "addition", "counting", "expressions-encoder"})
  void everyBundledModelHasHeldOutTextOfItsTask(String name) {
    try (LanguageModel model = LanguageModel.open(MODELS.resolve(name))) {
      DefaultText text = DefaultText.of(model);

      assertThat(text.name()).endsWith(", held-out side");
      assertThat(text.texts().stream().mapToInt(TokenIds::size).sum())
          .isGreaterThanOrEqualTo(DefaultText.POSITIONS);
      assertThat(text.texts())
          .allMatch(ids -> ids.size() <= model.architecture().dimensions().context());
      assertThat(DefaultText.of(model)).isEqualTo(text);
    }
  }

  @Test
  void aModelWithNeitherTaskNorTokenizerHasNone() {
    try (LanguageModel model = LanguageModel.open(GoldenBench.GOLDEN.resolve("gpt2-a"))) {
      assertThat(DefaultText.of(model).corpus()).isNull();
    }
    assertThat(PlainEnglish.paragraphs()).hasSizeGreaterThan(15).noneMatch(String::isBlank);
  }

  @Test
  void cardAndSearchSayHowOftenANeuronFiresAndAgreeWithACount() {
    try (var bench = GoldenBench.open(MODELS, cache);
        LanguageModel model = LanguageModel.open(MODELS.resolve("addition"))) {
      FiringView firing =
          Objects.requireNonNull(
              bench
                  .answer(NeuronRequest.of(ADDITION, "L0N3", new Prompt(null, null, null, null)))
                  .firing());
      SearchResult found =
          bench.answer(
              new SearchRequest(
                  ADDITION,
                  "#1 sign:both fires:>=0",
                  /* tokens= */ null,
                  /* limit= */ 1000,
                  0,
                  null,
                  null,
                  /* corpus= */ null));

      double counted = 0;
      long positions = 0;
      for (TokenIds ids : DefaultText.of(model).texts()) {
        try (Run run = model.run(ids, Recording.of(HookPoint.MLP_PRE))) {
          float[] pre = TensorScope.tidy(() -> run.activation(HookPoint.MLP_PRE.at(0)).toFloats());
          int width = pre.length / ids.size();
          for (int position = 0; position < ids.size(); position++) {
            counted += pre[position * width + 3] > 0 ? 1 : 0;
          }
        }
        positions += ids.size();
      }
      assertThat(firing.positions()).isEqualTo(positions);
      assertClose(firing.rate(), counted / positions, new Tolerance(1e-6, 0));
      double searched =
          found.hits().stream()
              .filter(hit -> hit.label().equals("L0N3"))
              .mapToDouble(hit -> Objects.requireNonNull(hit.rate()))
              .findFirst()
              .orElseThrow();
      assertClose(searched, firing.rate(), new Tolerance(0, 0));
      assertThat(found.index().corpus()).isEqualTo(firing.corpus());
    }
  }

  /// Who measures on a text of their own changes nothing for those who do not name it.
  @Test
  void anIndexOnATextOfOnesOwnLeavesTheFiringRatesOfOthersAlone() {
    try (var bench = GoldenBench.open(MODELS, cache)) {
      SearchRequest plain = firing(/* corpus= */ null);
      SearchResult before = bench.answer(plain);

      bench.answer(new IndexRequest(ADDITION, "111111111111", "ones.txt", null));

      SearchResult after = bench.answer(plain);
      SearchResult own = bench.answer(firing("ones.txt"));
      assertThat(after.hits()).isEqualTo(before.hits());
      assertThat(after.index().corpus()).isEqualTo(before.index().corpus());
      assertThat(own.index().corpus()).isEqualTo("ones.txt");
      assertThat(own.hits()).isNotEqualTo(before.hits());
      assertThatThrownBy(() -> bench.answer(firing("other.txt")))
          .isInstanceOf(WorkbenchException.class)
          .hasMessageStartingWith("search: expected a text that the model is indexed with");
    }
  }

  private static SearchRequest firing(@Nullable String corpus) {
    return new SearchRequest(
        ADDITION,
        "#1 sign:both fires:>=0",
        /* tokens= */ null,
        /* limit= */ 1000,
        0,
        null,
        null,
        corpus);
  }

  @Test
  void aMeanSaysInProvenanceOverWhatItWasTaken() {
    try (var bench = GoldenBench.open(MODELS, cache)) {
      InterventionSpec head =
          InterventionSpec.heads(List.of("L0H0"), InterventionKind.MEAN, /* value= */ null);

      CompareResult byDefault = compared(bench, head);
      CompareResult again = compared(bench, recorded(byDefault));

      MeanSpec source = Objects.requireNonNull(recorded(byDefault).mean());
      assertThat(source.source()).isEqualTo("addition, held-out side");
      assertThat(source.positions()).isGreaterThanOrEqualTo(DefaultText.POSITIONS);
      assertThat(again.positions()).isEqualTo(byDefault.positions());
      assertThat(byDefault.positions().getFirst().klNats()).isPositive();
    }
  }

  @Test
  void meansAreTakenInTurnsThatSayHowFarTheyAreAndCanBeStopped() {
    try (var bench = GoldenBench.open(MODELS, cache)) {
      InterventionSpec head =
          InterventionSpec.heads(List.of("L0H0"), InterventionKind.MEAN, /* value= */ null);
      var seen = new ArrayList<Progress>();
      var cancellation = new Cancellation();
      Watcher stopping =
          new Watcher() {
            @Override
            public void progress(Progress progress) {
              seen.add(progress);
              cancellation.cancel();
            }
          };

      assertThatThrownBy(() -> bench.answer(asked(head), stopping, cancellation))
          .isInstanceOf(WorkbenchException.class)
          .hasMessageContaining("cancelled");

      assertThat(seen).hasSize(1);
      assertThat(seen.getFirst().unit()).isEqualTo("positions of the mean");
      assertThat(Objects.requireNonNull(seen.getFirst().total()))
          .isGreaterThan(seen.getFirst().done());
    }
  }

  private static InterventionSpec recorded(CompareResult result) {
    return Objects.requireNonNull(result.header().provenance().interventions()).getFirst();
  }

  private static CompareResult compared(Workbench bench, InterventionSpec spec) {
    return bench.answer(asked(spec));
  }

  private static CompareRequest asked(InterventionSpec spec) {
    return new CompareRequest(
        ADDITION,
        Prompt.tokens(List.of(1, 2, 3)),
        new CompareReadout(null, null, null, null, null, /* n= */ 0),
        new DecodingOptions(null, null, null, null, null, null, null, null),
        List.of(spec));
  }

  @Test
  void aMeanWithANumberAndANumberWithAMeanAreRefused() {
    try (var bench = GoldenBench.open(MODELS, cache)) {
      InterventionSpec both = InterventionSpec.heads(List.of("L0H0"), InterventionKind.MEAN, 2.0);
      assertThatThrownBy(() -> compared(bench, both))
          .hasMessageContaining("interventions[0]: expected no value and no vector beside a mean");
      InterventionSpec other =
          InterventionSpec.neurons(List.of("L0N0"), InterventionKind.SET, 2.0)
              .meaning(new MeanSpec(List.of("a"), null, null));
      assertThatThrownBy(() -> compared(bench, other))
          .hasMessageContaining("expected mean beside the kind mean only");
      InterventionSpec absent =
          InterventionSpec.heads(List.of("L0H99"), InterventionKind.MEAN, /* value= */ null);
      assertThatThrownBy(() -> compared(bench, absent)).hasMessageContaining("expected a head");
    }
  }
}

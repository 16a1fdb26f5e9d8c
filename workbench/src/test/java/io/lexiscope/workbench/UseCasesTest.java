package io.lexiscope.workbench;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.tensor.testing.Tolerance;
import io.lexiscope.workbench.activations.ActivationsRequest;
import io.lexiscope.workbench.activations.TensorShape;
import io.lexiscope.workbench.ask.DecodingOptions;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.attribution.AttributionRequest;
import io.lexiscope.workbench.attribution.AttributionTarget;
import io.lexiscope.workbench.attribution.ComponentContribution;
import io.lexiscope.workbench.attribution.LayerShare;
import io.lexiscope.workbench.generate.GenerateRequest;
import io.lexiscope.workbench.generate.StopReason;
import io.lexiscope.workbench.job.Cancellation;
import io.lexiscope.workbench.job.GeneratedToken;
import io.lexiscope.workbench.job.Watcher;
import io.lexiscope.workbench.lens.LensReadout;
import io.lexiscope.workbench.lens.LensRequest;
import io.lexiscope.workbench.lens.PlaceSelection;
import io.lexiscope.workbench.models.HealthRequest;
import io.lexiscope.workbench.models.HookPointView;
import io.lexiscope.workbench.models.InfoRequest;
import io.lexiscope.workbench.models.ModelEntry;
import io.lexiscope.workbench.models.ModelsRequest;
import io.lexiscope.workbench.parity.ParityRequest;
import io.lexiscope.workbench.score.ScoreRequest;
import io.lexiscope.workbench.score.ScoredToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UseCasesTest {
  private static final Prompt PROMPT = GoldenBench.prompt(/* seed= */ 1, /* length= */ 7);

  private final Workbench workbench = GoldenBench.open();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    workbench.close();
  }

  @Test
  void modelsAreListedWithTheirFamilyAndSize() {
    var models = workbench.answer(new ModelsRequest());

    assertThat(models.defaultModel()).isEqualTo("gpt2-a");
    assertThat(models.models().stream().map(ModelEntry::name)).contains("gpt2-a", "llama-a");
    assertThat(models.models())
        .allSatisfy(
            model -> {
              assertThat(model.problem()).isNull();
              assertThat(model.parameters()).isPositive();
            });
  }

  @Test
  void infoSaysWhatTheModelIsAndWhichHookPointsItHas() {
    var info = workbench.answer(new InfoRequest(ModelChoice.of("llama-a")));

    assertThat(info.family()).isEqualTo("llama");
    assertThat(info.layers()).isEqualTo(3);
    assertThat(info.vocabulary()).isEqualTo(512);
    assertThat(info.heads() % info.kvHeads()).isZero();
    var listed =
        workbench.answer(new ModelsRequest()).models().stream()
            .filter(model -> model.name().equals("llama-a"))
            .findFirst()
            .orElseThrow();
    assertThat(info.parameters()).isEqualTo(listed.parameters());
    assertThat(info.hookPoints()).doesNotHaveDuplicates().doesNotContain("hook_pos_embed");
    for (var point : info.catalogue()) {
      var names = point.perLayer() ? info.layers() : 1;
      for (var layer = 0; layer < names; layer++) {
        assertThat(info.hookPoints()).contains(point.name().replace("{l}", String.valueOf(layer)));
      }
    }
    assertThat(info.catalogue().stream().filter(HookPointView::readable)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-a", "gpt-neo-a", "llama-a", "gemma2-a"})
  void theLensReadsEveryLayerAtEveryPositionAndAccountsForAllProbability(String model) {
    var result = workbench.answer(GoldenBench.lens(model, PROMPT));

    var layers = workbench.answer(new InfoRequest(ModelChoice.of(model))).layers();
    assertThat(result.grid().layers()).isEqualTo(IntStream.range(0, layers).boxed().toList());
    assertThat(result.grid().positions()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(result.readings()).hasSize(7 * layers);
    assertThat(result.header().tokens()).hasSize(7);
    for (var reading : result.readings()) {
      var top = reading.top().stream().mapToDouble(TokenReading::probability).sum();
      assertThat(reading.top()).hasSize(10);
      assertClose(top + reading.otherMass(), 1, new Tolerance(/* absolute= */ 1e-5, 0));
      assertThat(reading.entropy()).isBetween(0.0, 9.0);
    }
    var last = result.readings().getLast();
    assertThat(last.layer()).isEqualTo(layers - 1);
    assertThat(last.position()).isEqualTo(6);
    assertThat(last.top().getFirst().id()).isEqualTo(result.answer().id());
  }

  @Test
  void aTargetHasItsRankWhereverItStands() {
    var result =
        workbench.answer(
            new LensRequest(
                ModelChoice.of("gpt2-a"),
                PROMPT,
                PlaceSelection.everything(),
                new LensReadout(512, 2, "#17", "#18", LensConvention.RAW, /* raw= */ true),
                /* interventions= */ null));

    for (var reading : result.readings()) {
      var target = Objects.requireNonNull(reading.target());
      assertThat(reading.top().get(target.rank() - 1).id()).isEqualTo(17);
      assertThat(Objects.requireNonNull(reading.against()).id()).isEqualTo(18);
      assertThat(Objects.requireNonNull(reading.bottom()).getFirst().id())
          .isEqualTo(reading.top().getLast().id());
    }
  }

  @Test
  void contributionsSumToTheLogitAndOthersStandForTheRest() {
    var result =
        workbench.answer(
            new AttributionRequest(
                ModelChoice.of("gpt2-a"),
                PROMPT,
                new AttributionTarget(
                    /* at= */ null, -1, "#17", "#18", /* convention= */ null, /* baseline= */ null),
                /* top= */ 3,
                /* interventions= */ null));

    assertThat(result.contributions()).hasSize(5);
    var others = result.contributions().subList(3, 5);
    assertThat(others.getFirst().label()).startsWith("others that raise");
    assertThat(others.getFirst().logits()).isPositive();
    assertThat(others.getLast().label()).startsWith("others that lower");
    assertThat(others.getLast().logits()).isNegative();
    for (var contribution : result.contributions()) {
      assertClose(
          Objects.requireNonNull(contribution.ofTarget())
              - Objects.requireNonNull(contribution.ofAgainst()),
          contribution.logits(),
          new Tolerance(1e-4, 1e-4));
    }
    for (var rest : others) {
      var byLayer = Objects.requireNonNull(rest.byLayer());
      assertClose(
          byLayer.stream().mapToDouble(LayerShare::logits).sum(),
          rest.logits(),
          new Tolerance(1e-4, 1e-4));
    }
    var sum = result.contributions().stream().mapToDouble(ComponentContribution::logits).sum();
    assertClose(sum, result.exact(), new Tolerance(1e-4, 1e-4));
    assertClose(result.sum(), result.exact(), new Tolerance(1e-4, 1e-4));
    assertThat(result.position()).isEqualTo(6);
  }

  @Test
  void anInterventionChangesItsOwnAnswerAndNoOther() {
    var before = workbench.answer(GoldenBench.lens("gpt2-a", PROMPT));
    var at = before.readings().getFirst().at().replace("hook_resid_post", "hook_mlp_out");
    var silenced =
        ViewJson.read(
            "{\"kind\":\"scale\",\"at\":\"%s\",\"positions\":[6],\"value\":0}".formatted(at),
            InterventionSpec.class);

    var changed =
        workbench.answer(
            new LensRequest(
                ModelChoice.of("gpt2-a"),
                PROMPT,
                PlaceSelection.everything(),
                LensReadout.standard(),
                List.of(silenced)));

    assertThat(changed.readings().getFirst()).isEqualTo(before.readings().getFirst());
    assertThat(changed.readings().getLast()).isNotEqualTo(before.readings().getLast());
    var after = workbench.answer(GoldenBench.lens("gpt2-a", PROMPT));
    assertThat(after.readings()).isEqualTo(before.readings());
  }

  @Test
  void everyTokenOfAContinuationIsReportedAsItComes() {
    var heard = new ArrayList<GeneratedToken>();

    var result =
        workbench.answer(
            generate(PROMPT, /* n= */ 5, DecodingOptions.greedy()),
            new Watcher() {
              @Override
              public void token(GeneratedToken token) {
                heard.add(token);
              }
            },
            new Cancellation());

    assertThat(result.generated()).hasSize(5).isEqualTo(heard);
    assertThat(result.stopped()).isEqualTo(StopReason.LENGTH);
  }

  @Test
  void aContinuationEndsWhereTheContextDoes() {
    var context = workbench.answer(new InfoRequest(ModelChoice.of("gpt2-a"))).context();
    var nearlyFull = GoldenBench.prompt(/* seed= */ 2, context - 2);

    var result = workbench.answer(generate(nearlyFull, /* n= */ 5, DecodingOptions.greedy()));

    assertThat(result.generated()).hasSize(2);
    assertThat(result.stopped()).isEqualTo(StopReason.CONTEXT_FULL);
  }

  @Test
  void samplingWithASeedRepeats() {
    var sampled =
        ViewJson.read("{\"temperature\":1.5,\"topK\":50,\"seed\":9}", DecodingOptions.class);

    var first = workbench.answer(generate(PROMPT, /* n= */ 8, sampled));
    var second = workbench.answer(generate(PROMPT, /* n= */ 8, sampled));

    assertThat(first.generated()).isEqualTo(second.generated());
    assertThat(first.header().provenance().seed()).isEqualTo(9);
  }

  @Test
  void theScoreIsTheMeanOfTheTokensLosses() {
    var result =
        workbench.answer(
            new ScoreRequest(
                ModelChoice.of("gpt2-a"), PROMPT, /* window= */ 4, /* stride= */ 2, null));

    var losses =
        result.tokens().stream().skip(1).map(ScoredToken::nats).map(Objects::requireNonNull);
    assertThat(result.tokens().getFirst().nats()).isNull();
    assertThat(result.scored()).isEqualTo(6);
    var mean = losses.mapToDouble(Double::doubleValue).average().orElseThrow();
    assertClose(result.meanNats(), mean, new Tolerance(1e-12, 1e-12));
    assertClose(result.perplexity(), Math.exp(mean), new Tolerance(0, 1e-12));
  }

  @Test
  void activationsAreWrittenUnderTheirNamesWithTheIds() throws Exception {
    var file = folder.resolve("run.safetensors");

    var result =
        workbench.answer(
            new ActivationsRequest(
                ModelChoice.of("gpt2-a"),
                PROMPT,
                List.of("hook_resid_post,logits", "hook_embed"),
                file.toString(),
                /* interventions= */ null));

    assertThat(result.written())
        .contains(
            new TensorShape("input_ids", List.of(1L, 7L)),
            new TensorShape("hook_embed", List.of(1L, 7L, 64L)),
            new TensorShape("logits", List.of(1L, 7L, 512L)))
        .hasSize(6);
    assertThat(Files.size(file)).isEqualTo(result.bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-a", "gpt-neo-a", "llama-a"})
  void parityWithTheReferenceHoldsForEverythingItsFileHolds(String model) {
    var golden = GoldenBench.GOLDEN.resolve(model).resolve("golden.safetensors").toString();

    var result =
        workbench.answer(new ParityRequest(ModelChoice.of(model), golden, /* atol= */ null));

    assertThat(result.passed()).isTrue();
    assertThat(result.unknown()).isEmpty();
    assertThat(result.maxAbsDiff().keySet()).anyMatch(name -> name.startsWith("grad."));
    assertThat(result.header().tokens()).isNotEmpty();
  }

  @Test
  void parityWithoutAFileChecksTheModelAgainstItself() {
    var result =
        workbench.answer(
            new ParityRequest(ModelChoice.of("llama-a"), /* golden= */ null, /* atol= */ null));
    var strict =
        workbench.answer(
            new ParityRequest(ModelChoice.of("llama-a"), /* golden= */ null, /* atol= */ 0.0));

    assertThat(result.passed()).isTrue();
    assertThat(result.maxAbsDiff())
        .containsOnlyKeys(
            "stream", "parts", "neurons", "heads", "attention", "watching", "cache", "causality");
    assertThat(result.checks()).allMatch(check -> check.notApplicable() == null);
    assertThat(strict.passed()).isFalse();
    assertThat(strict.maxAbsDiff()).isEqualTo(result.maxAbsDiff());
  }

  @Test
  void checksThatSayNothingAboutAModelAreListedWithTheReason() {
    var result =
        workbench.answer(
            new ParityRequest(ModelChoice.of("bert-a"), /* golden= */ null, /* atol= */ null));

    assertThat(result.passed()).isTrue();
    assertThat(result.maxAbsDiff()).doesNotContainKey("causality");
    assertThat(result.checks())
        .filteredOn(check -> check.name().equals("causality"))
        .singleElement()
        .satisfies(
            check ->
                assertThat(check.notApplicable())
                    .isEqualTo("in an encoder every position sees every other"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-a", "llama-a", "gemma2-a"})
  void theLensReadsActivationsThatWereComputedInBfloat16(String model) {
    var choice = new ModelChoice(model, "bf16", /* device= */ null);
    var asked = GoldenBench.lens(model, PROMPT);
    var exact = workbench.answer(asked);
    var rounded =
        workbench.answer(
            new LensRequest(
                choice, PROMPT, asked.selection(), asked.readout(), /* interventions= */ null));

    assertThat(workbench.answer(new InfoRequest(choice)).dtype()).isEqualTo("bfloat16");
    assertThat(rounded.header().provenance().dtype()).isEqualTo("bfloat16");
    assertThat(rounded.readings()).hasSameSizeAs(exact.readings());
    for (var i = 0; i < exact.readings().size(); i++) {
      var expected = exact.readings().get(i);
      var actual = rounded.readings().get(i);
      assertThat(actual.norm()).isNotEqualTo(expected.norm());
      assertClose(actual.norm(), expected.norm(), new Tolerance(0, /* relative= */ 0.03));
      assertClose(actual.entropy(), expected.entropy(), Tolerance.within(0.15));
    }
  }

  @Test
  void healthNamesTheOpenModels() {
    workbench.answer(GoldenBench.lens("gpt2-a", PROMPT));

    assertThat(workbench.answer(new HealthRequest()).openModels()).containsExactly("gpt2-a");
  }

  private static GenerateRequest generate(Prompt prompt, int n, DecodingOptions decoding) {
    return new GenerateRequest(
        ModelChoice.of("gpt2-a"), prompt, n, decoding, /* interventions= */ null);
  }
}

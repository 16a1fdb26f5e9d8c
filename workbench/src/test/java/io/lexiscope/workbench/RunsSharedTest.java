package io.lexiscope.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.hub.find.ModelPlaces;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.workbench.ask.DecodingOptions;
import io.lexiscope.workbench.ask.InterventionKind;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.attribution.AttributionRequest;
import io.lexiscope.workbench.attribution.AttributionTarget;
import io.lexiscope.workbench.compare.CompareReadout;
import io.lexiscope.workbench.compare.CompareRequest;
import io.lexiscope.workbench.ffn.FfnReadout;
import io.lexiscope.workbench.ffn.FfnRequest;
import io.lexiscope.workbench.job.Job;
import io.lexiscope.workbench.lens.LensReadout;
import io.lexiscope.workbench.lens.LensRequest;
import io.lexiscope.workbench.lens.PlaceSelection;
import io.lexiscope.workbench.neuron.NeuronRequest;
import io.lexiscope.workbench.shelf.Build;
import io.lexiscope.workbench.shelf.RunShelf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RunsSharedTest {
  private static final long STANDARD = KeptLimits.standard().runBytes();
  private static final Prompt PROMPT = GoldenBench.prompt(/* seed= */ 1, /* length= */ 7);
  private static final List<InterventionSpec> EDIT =
      List.of(InterventionSpec.neurons(List.of("L1N3"), InterventionKind.SET, 3.0));

  private final List<Workbench> opened = new ArrayList<>();
  private RunShelf runs = new RunShelf(0);
  @TempDir private Path cache;

  @AfterEach
  void close() {
    opened.forEach(Workbench::close);
  }

  @Test
  void oneEnterRunsThePromptOnce() {
    var workbench = open(STANDARD);

    enter("gpt2-a", PROMPT, null).forEach(workbench::answer);

    assertThat(runs.asked()).isEqualTo(6); // each was a pass of its own
    assertThat(runs.passes()).isEqualTo(1);
  }

  @Test
  void oneEnterWithEditsRunsItOnceWithoutAndOnceWithThem() {
    var workbench = open(STANDARD);

    enter("gpt2-a", PROMPT, EDIT).forEach(workbench::answer);
    workbench.answer(compare("gpt2-a", PROMPT));

    assertThat(runs.asked()).isEqualTo(8);
    assertThat(runs.passes()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-a", "llama-a", "gptj-a", "gemma2-a", "olmo2-a"})
  void whatWasAskedBeforeChangesNoDigit(String model) {
    List<Request<?>> all = new ArrayList<>(enter(model, PROMPT, EDIT));
    all.addAll(enter(model, PROMPT, null));
    all.add(compare(model, PROMPT));
    var alone =
        all.stream()
            .map(
                request -> {
                  try (var fresh = open(STANDARD)) {
                    return digits(fresh, request);
                  }
                })
            .toList();

    var shared = open(STANDARD);
    for (int i = 0; i < all.size(); i++) {
      assertThat(digits(shared, all.get(i))).isEqualTo(alone.get(i));
    }
    var backwards = open(STANDARD);
    for (int i = all.size() - 1; i >= 0; i--) {
      assertThat(digits(backwards, all.get(i))).isEqualTo(alone.get(i));
    }
  }

  @Test
  void keepingNoneGivesTheSameDigits() {
    var none = open(/* runBytes= */ 0);
    List<String> separate =
        enter("gpt2-a", PROMPT, EDIT).stream().map(request -> digits(none, request)).toList();
    assertThat(runs.passes()).isEqualTo(6);
    assertThat(runs.bytes()).isZero();

    var shared = open(STANDARD);
    assertThat(enter("gpt2-a", PROMPT, EDIT).stream().map(request -> digits(shared, request)))
        .isEqualTo(separate);
  }

  @Test
  void anotherModelPromptTypeOrEditIsAnotherRun() {
    var workbench = open(STANDARD);
    workbench.answer(lens(ModelChoice.of("gpt2-a"), PROMPT, null));
    workbench.answer(lens(ModelChoice.of("gpt-neo-a"), PROMPT, null));
    workbench.answer(lens(new ModelChoice("gpt2-a", "bf16", null), PROMPT, null));
    workbench.answer(lens(ModelChoice.of("gpt2-a"), GoldenBench.prompt(2, 7), null));
    workbench.answer(lens(ModelChoice.of("gpt2-a"), PROMPT, EDIT));
    workbench.answer(
        lens(
            ModelChoice.of("gpt2-a"),
            PROMPT,
            List.of(InterventionSpec.neurons(List.of("L1N3"), InterventionKind.SET, 3.5))));

    assertThat(runs.passes()).isEqualTo(6);
  }

  @Test
  void aPointThatSplitsAnOperationIsReadFromARunOfItsOwn() {
    var workbench = open(STANDARD);
    var normalized =
        new LensRequest(
            ModelChoice.of("gpt2-a"),
            PROMPT,
            PlaceSelection.at(List.of("ln2.hook_normalized")),
            LensReadout.standard(),
            /* interventions= */ null);

    workbench.answer(normalized);

    assertThat(runs.size()).isZero();
  }

  @Test
  void manyPromptsDoNotGrow() {
    long limit = 1 << 20;
    var workbench = open(limit);
    long tensors = 0;
    for (int i = 0; i < 120; i++) {
      enter("gpt2-a", GoldenBench.prompt(i, /* length= */ 4 + i % 23), null)
          .forEach(workbench::answer);
      assertThat(runs.bytes()).isLessThanOrEqualTo(limit);
      if (i == 60) {
        tensors = TensorScope.liveTensors();
      }
    }
    assertThat(runs.size()).isPositive();
    assertThat(TensorScope.liveTensors()).isLessThan(tensors + tensors / 2);
  }

  @Test
  void aRunThatIsReadStaysThoughOthersDisplaceIt() throws Exception {
    var alone = new ArrayList<String>();
    try (var fresh = open(/* runBytes= */ 0)) {
      for (int i = 0; i < 8; i++) {
        alone.add(digits(fresh, lens(i)));
      }
    }
    var crowded = open(/* runBytes= */ 40_000);
    for (int round = 0; round < 6; round++) {
      var jobs = new ArrayList<Job>();
      for (int i = 0; i < 8; i++) {
        jobs.add(crowded.submit(lens(i)));
      }
      for (int i = 0; i < 8; i++) {
        assertThat(digits(jobs.get(i).await())).isEqualTo(alone.get(i));
      }
    }
    assertThat(runs.bytes()).isLessThanOrEqualTo(40_000);
  }

  @Test
  void runsEndWithTheirModel() {
    var workbench = open(STANDARD);
    for (String model : List.of("gpt2-a", "llama-a", "qwen2-a", "opt-a")) {
      workbench.answer(lens(ModelChoice.of(model), PROMPT, null));
    }
    assertThat(runs.size()).isEqualTo(2); // two idle models stay open

    workbench.close();

    assertThat(runs.size()).isZero();
    assertThat(runs.bytes()).isZero();
  }

  private Workbench open(long runBytes) {
    var places =
        new ModelPlaces(
            GoldenBench.GOLDEN, List.of(), cache.resolve("none"), "gpt2-a", cache.resolve("cache"));
    var limits =
        new WorkLimits(
            /* passes= */ 2, /* requests= */ 16, /* finishedJobs= */ 16, /* openModels= */ 2);
    var kept = limits.kept();
    var workbench =
        Workbench.open(
            new WorkbenchSettings(
                places,
                new Build("0", "25"),
                limits.keeping(new KeptLimits(runBytes, kept.jobs(), kept.jobBytes()))),
            shelves -> {
              runs = shelves.models().runs();
              return List.of();
            });
    opened.add(workbench);
    return workbench;
  }

  /// What the page asks for after Enter: the grid, the grid with the model's answer as target, the
  /// pinned cell, who wrote it there, the sub-updates, the chosen neuron.
  private static List<Request<?>> enter(
      String model, Prompt prompt, @Nullable List<InterventionSpec> edit) {
    var choice = ModelChoice.of(model);
    return List.of(
        lens(choice, prompt, edit),
        new LensRequest(
            choice,
            prompt,
            PlaceSelection.everything(),
            new LensReadout(null, null, "#7", null, null, null),
            edit),
        new LensRequest(
            choice,
            prompt,
            new PlaceSelection(List.of("blocks.1.hook_resid_post"), null, List.of(-1), null, null),
            new LensReadout(10, 10, "#7", null, null, null),
            edit),
        new AttributionRequest(
            choice,
            prompt,
            new AttributionTarget("blocks.1.hook_resid_post", -1, "#7", null, null, null),
            8,
            edit),
        new FfnRequest(choice, prompt, null, null, FfnReadout.standard(), edit),
        new NeuronRequest(choice, "L1N3", prompt, null, null, null, null, null, null, null, edit));
  }

  private static CompareRequest compare(String model, Prompt prompt) {
    return new CompareRequest(
        ModelChoice.of(model), prompt, CompareReadout.standard(), DecodingOptions.greedy(), EDIT);
  }

  private static LensRequest lens(
      ModelChoice choice, Prompt prompt, @Nullable List<InterventionSpec> edit) {
    return new LensRequest(
        choice, prompt, PlaceSelection.everything(), LensReadout.standard(), edit);
  }

  private static LensRequest lens(int client) {
    return lens(
        ModelChoice.of(client % 2 == 0 ? "gpt2-a" : "llama-a"),
        GoldenBench.prompt(client, /* length= */ 5 + 3 * client),
        /* edit= */ null);
  }

  private static String digits(Workbench workbench, Request<?> request) {
    return digits(answer(workbench, request));
  }

  private static Record answer(Workbench workbench, Request<?> request) {
    return workbench.answer(request);
  }

  /// The answer without the time it took.
  private static String digits(Record answer) {
    return ViewJson.write(answer).replaceAll("\"milliseconds\":[-0-9.eE]+", "");
  }
}

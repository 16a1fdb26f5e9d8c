package io.lexiscope.model.intervene;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.base.FloatVector;
import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.weights.SafetensorsWriter;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.tensor.testing.Tolerance;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Numbers that are found before the pass they are for.
class ActivationSourceTest {
  private static final Tolerance ROUNDING = new Tolerance(1e-5, 1e-5);
  private static final TokenIds CLEAN = GoldenModel.prompt(11);
  private static final TokenIds CORRUPT = GoldenModel.prompt(12).slice(0, 11);
  private static final HookName PLACE = HookPoint.RESID_POST.at(1);

  /// Notes what work of many passes says of itself.
  private static final class Noted implements Turn {
    private final List<Long> read = new ArrayList<>();
    private long all;
    private int passes;
    private int most = Integer.MAX_VALUE;

    @Override
    public <T> T take(Supplier<T> pass) {
      if (passes == most) {
        throw new CancellationException("enough");
      }
      passes++;
      return pass.get();
    }

    @Override
    public void progress(long positions, long ofAll, String unit) {
      read.add(positions);
      all = ofAll;
    }
  }

  private static float[] under(LanguageModel model, Change change) {
    Intervention set = Intervention.of(new Target.Place(PLACE), change);
    try (Run run = model.with(Interventions.of(set)).run(CORRUPT, Recording.nothing())) {
      return run.last().toFloats();
    }
  }

  @Test
  void aRunsRowsAreThoseItRecords() {
    try (LanguageModel model = GoldenModel.LLAMA.open()) {
      Interventions ablation = Interventions.of(Intervention.ablateHead(0, 1));
      try (Run clean = model.with(ablation).run(CLEAN, Recording.of(List.of(PLACE)))) {
        Noted noted = new Noted();

        List<Change> changes =
            new ActivationSource.RunOf(CLEAN, ablation, PositionMap.same())
                .changes(model.transformer(), List.of(new Target.Place(PLACE)), noted);

        assertThat(noted.passes).isEqualTo(1);
        assertClose(
            under(model, changes.getFirst()),
            under(model, new Change.SetRows(clean.rows(PLACE), PositionMap.same())),
            ROUNDING);
      }
    }
  }

  @Test
  void aFilesRowsAreThoseThatWereWritten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("activations.safetensors");
    try (LanguageModel model = GoldenModel.GPT2.open();
        Run clean = model.run(CLEAN, Recording.of(List.of(PLACE)));
        Arena arena = Arena.ofConfined()) {
      float[] numbers = clean.activation(PLACE).toFloats();
      SafetensorsWriter.write(
          file,
          List.of(
              new SafetensorsWriter.Item(
                  PLACE.toString(),
                  StoredType.F32,
                  List.of(1L, 11L, 64L),
                  arena.allocateFrom(ValueLayout.JAVA_FLOAT, numbers))),
          Map.of());

      var stored = new ActivationSource.Stored(file, PositionMap.same());
      Change change =
          stored
              .changes(model.transformer(), List.of(new Target.Place(PLACE)), new Noted())
              .getFirst();

      assertThat(under(model, change))
          .isEqualTo(under(model, new Change.SetRows(clean.rows(PLACE), PositionMap.same())));
      Target other = new Target.Place(HookPoint.Z.at(0));
      assertThatThrownBy(
              () -> stored.changes(model.transformer(), List.of(other), Turn.immediately()))
          .isInstanceOf(InterventionException.class)
          .hasMessageContaining("blocks.0.attn.hook_z among the activations in")
          .hasMessageContaining("[blocks.1.hook_resid_post]");
    }
  }

  @Test
  void meansOfSeveralPlacesShareTheirPassesAndSayHowFarTheyAre() {
    List<TokenIds> texts = List.of(CLEAN, CORRUPT.slice(0, 4), CORRUPT);
    List<Target> targets =
        List.of(
            new Target.Place(PLACE),
            new Target.Neuron(0, 3),
            new Target.Head(HookPoint.K.at(1), 0),
            new Target.Neuron(0, 4));
    try (LanguageModel model = GoldenModel.QWEN2.open()) {
      Noted noted = new Noted();

      List<Change> changes =
          new ActivationSource.MeanOver(texts).changes(model.transformer(), targets, noted);

      assertThat(noted.passes).isEqualTo(3);
      assertThat(noted.read).containsExactly(11L, 15L, 26L);
      assertThat(noted.all).isEqualTo(26);
      for (int i = 0; i < targets.size(); i++) {
        Target target = targets.get(i);
        assertClose(
            numbers(changes.get(i)),
            numbers(MeanActivation.measure(model.transformer(), texts, target.place()).of(target)),
            new Tolerance(1e-6, 1e-6));
      }
    }
  }

  /// What a mean sets: the last bits of a pass may depend on where its memory lies.
  private static float[] numbers(Change change) {
    return switch (change) {
      case Change.Set(double number) -> new float[] {(float) number};
      case Change.SetVector(FloatVector vector) -> vector.toArray();
      default -> throw new AssertionError("expected a number or a vector to be set, got " + change);
    };
  }

  @Test
  void whatATurnThrowsEndsTheWork() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      Noted noted = new Noted();
      noted.most = 1;
      var mean = new ActivationSource.MeanOver(List.of(CLEAN, CORRUPT));

      assertThatThrownBy(
              () -> mean.changes(model.transformer(), List.of(new Target.Place(PLACE)), noted))
          .isInstanceOf(CancellationException.class);
      assertThat(noted.read).containsExactly(11L);
    }
  }
}

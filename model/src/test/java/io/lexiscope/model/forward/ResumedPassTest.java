package io.lexiscope.model.forward;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.KernelPaths;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Passes that start before a later block.
class ResumedPassTest {
  private static final Tolerance ROUNDING = new Tolerance(1e-5, 1e-5);
  private static final Set<HookPoint> EMBEDDING = Set.of(HookPoint.EMBED, HookPoint.POS_EMBED);
  private static final TokenIds PROMPT = GoldenModel.prompt(11);

  /// The same length, another text from position 4 on.
  private static final TokenIds OTHER =
      TokenIds.of(
          java.util.stream.IntStream.range(0, 11)
              .map(i -> i < 4 ? PROMPT.get(i) : 3 + (PROMPT.get(i) * 7) % 500)
              .toArray());

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void aPassFromARecordedStreamIsTheRestOfThatPassToTheBit(GoldenModel golden) {
    KernelPaths.onEach(
        () -> {
          try (LanguageModel bare = golden.open()) {
            LanguageModel model =
                bare.with(
                    Interventions.of(
                        Intervention.ablateHead(1, 0), Intervention.scaleNeuron(2, 3, 4)));
            Recording everything = Recording.of(HookPoint.values());
            try (Run full = model.run(PROMPT, everything)) {
              for (int layer = 0; layer < model.architecture().layers(); layer++) {
                requireRest(model, full, layer, everything);
              }
            }
          }
        });
  }

  private static void requireRest(LanguageModel model, Run full, int layer, Recording everything) {
    try (Run rest = model.resume(full, layer, everything)) {
      assertThat(rest.last().toFloats()).isEqualTo(full.last().toFloats());
      List<HookName> expected =
          full.recorded().stream()
              .filter(name -> !EMBEDDING.contains(name.point()))
              .filter(name -> name.layer().orElse(layer) >= layer)
              .toList();
      assertThat(rest.recorded()).containsExactlyElementsOf(expected);
      for (HookName name : expected) {
        assertThat(rest.activation(name).toFloats())
            .as(name.toString())
            .isEqualTo(full.activation(name).toFloats());
      }
    }
  }

  /// Every cell (layer, position) of a sweep: the stream of `PROMPT` there put into `OTHER`, as
  /// whole passes give it; the last stream after the final norm, at the last position.
  private static float[] naive(LanguageModel model, Run clean, int layer, int position) {
    return TensorScope.tidy(
        () -> {
          HookName at = HookPoint.RESID_PRE.at(layer);
          Tensor given = clean.activation(at, position);
          ActiveHooks hooks =
              new ActiveHooks(
                  Recording.nothing(), Map.of(at, List.of(value -> put(value, position, given))));
          Tensor last = model.transformer().forward(TokenBatch.of(OTHER), hooks, /* cache= */ null);
          return last.narrow(1, OTHER.size() - 1L, 1).toFloats();
        });
  }

  private static Tensor put(Tensor stream, int index, Tensor given) {
    Tensor copy = stream.contiguous().copy();
    copy.narrow(1, index, 1).copyInPlace(given);
    return copy;
  }

  /// The same by rows: positions before the patched one are in a cache and cost nothing, and rows
  /// patched at later layers join those patched before.
  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void aSweepWhoseRowsJoinLayerByLayerIsThatOfWholePasses(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        Run clean = model.run(PROMPT, Recording.of(HookPoint.RESID_PRE));
        Run corrupt = model.run(OTHER, Recording.of(HookPoint.RESID_PRE))) {
      Transformer transformer = model.transformer();
      int layers = model.architecture().layers();
      try (KvCache cache = KvCache.branching(transformer, /* most= */ layers, OTHER.size())) {
        TensorScope.tidyRun(
            () -> transformer.forward(TokenBatch.of(OTHER), ActiveHooks.none(), cache));
        for (int position = OTHER.size() - 1; position >= 4; position--) {
          cache.truncate(position);
          int from = position;
          float[] swept = TensorScope.tidy(() -> sweep(transformer, clean, corrupt, from, cache));
          assertThat(cache.length()).isEqualTo(position);
          cache.reorder(0);
          int width = model.architecture().dModel();
          for (int layer = 0; layer < layers; layer++) {
            float[] row = java.util.Arrays.copyOfRange(swept, layer * width, (layer + 1) * width);
            assertClose(row, naive(model, clean, layer, position), ROUNDING);
          }
        }
      }
    }
  }

  /// The last position of one row for each layer, [layer, d_model].
  private static float[] sweep(
      Transformer transformer, Run clean, Run corrupt, int position, KvCache cache) {
    int layers = transformer.architecture().layers();
    int length = OTHER.size() - position;
    List<Tensor> rows = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      Tensor fresh = corrupt.activation(HookPoint.RESID_PRE.at(layer)).narrow(1, position, length);
      rows.add(put(fresh, 0, clean.activation(HookPoint.RESID_PRE.at(layer), position)));
      Tensor all = Tensors.cat(rows, 0);
      cache.branch(layer + 1);
      Tensor left =
          transformer.stream(PassStart.Stream.of(layer, all), layer + 1, ActiveHooks.none(), cache);
      rows.clear();
      rows.add(left);
    }
    Tensor last =
        transformer.forward(
            PassStart.Stream.of(layers, rows.getFirst()), ActiveHooks.none(), cache);
    return last.narrow(1, length - 1L, 1).toFloats();
  }

  @Test
  void whatIsNoStreamIsRefused() {
    try (LanguageModel model = GoldenModel.GPT2.open();
        Run run = model.run(PROMPT, Recording.of(HookPoint.RESID_PRE).at(-1))) {
      assertThatThrownBy(
              () -> PassStart.Stream.of(0, run.activation(HookPoint.RESID_PRE.at(0), -1)))
          .isInstanceOf(ForwardException.class)
          .hasMessageContaining("[batch, pos, d_model]");
      assertThatThrownBy(() -> model.resume(run, 1, Recording.nothing()))
          .hasMessageContaining("at every position");
      TensorScope.tidyRun(
          () -> {
            Tensor narrow = Tensors.zeros(Shape.of(1, 2, 3));
            assertThatThrownBy(
                    () ->
                        model
                            .transformer()
                            .forward(PassStart.Stream.of(1, narrow), ActiveHooks.none(), null))
                .hasMessageContaining("d_model = 64");
            Tensor stream = run.activation(HookPoint.RESID_PRE.at(0));
            assertThatThrownBy(
                    () ->
                        model
                            .transformer()
                            .forward(PassStart.Stream.of(4, stream), ActiveHooks.none(), null))
                .hasMessageContaining("a block from 0 to 3 in rising order, got 4 to 3");
          });
    }
  }
}

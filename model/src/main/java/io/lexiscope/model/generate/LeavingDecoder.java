package io.lexiscope.model.generate;

import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.LayeredPass;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Continues one prompt and leaves the network early where a rule says so.
///
/// @param next the network and the interventions in force
/// @param decoding how tokens are chosen
/// @param early when to leave
record LeavingDecoder(NextLogits next, Decoding decoding, EarlyExit early) {

  /// @param listener gets each step; returns false to stop
  List<Generation.Step> decode(TokenIds prompt, Predicate<Generation.Step> listener) {
    next.requireRoom(decoding.tokens());
    TokenChooser chooser = new TokenChooser(decoding.strategy());
    List<Generation.Step> steps = new ArrayList<>();
    int capacity = prompt.size() + decoding.tokens();
    try (LayeredPass pass =
        next.transformer().layered(capacity, early.late(), past -> hooks(past))) {
      TokenIds fresh = prompt;
      for (int i = 0; i < decoding.tokens(); i++) {
        Taken taken = step(pass, fresh);
        Generation.Step step =
            chooser.choose(taken.logits(), decoding.alternatives()).leavingAfter(taken.layer());
        steps.add(step);
        if (!listener.test(step) || decoding.stopAt().contains(step.id())) {
          break;
        }
        fresh = TokenIds.of(step.id());
      }
    }
    return steps;
  }

  private ActiveHooks hooks(int past) {
    Recording recording =
        early.rule().readsCoefficients()
            ? Recording.of(HookPoint.MLP_POST).at(-1)
            : Recording.nothing();
    return new ActiveHooks(recording, next.interventions().changes(past, next.promptLength()));
  }

  /// Where a token left, and its logits there.
  @SuppressWarnings("ArrayRecordComponent") // private, for one step
  private record Taken(int layer, float[] logits) {}

  private Taken step(LayeredPass pass, TokenIds fresh) {
    return TensorScope.tidy(
        () -> {
          Here[] last = new Here[1];
          LayeredPass.Reached reached =
              pass.run(
                  fresh,
                  (layer, stream, kept) -> {
                    if (!early.rule().looksAt(layer)) {
                      return false;
                    }
                    Here here = new Here(next.transformer(), layer, stream, kept);
                    last[0] = here;
                    return early.rule().leaves(here);
                  });
          Here here = last[0];
          return here != null && here.layer() == reached.layer()
              ? new Taken(reached.layer(), here.logits(reached.stream()))
              : new Taken(reached.layer(), Here.logits(next.transformer(), reached.stream()));
        });
  }

  /// What a rule sees after one block.
  private static final class Here implements ExitPoint {
    private final Transformer transformer;
    private final int layer;
    private final Tensor stream;
    private final ActiveHooks kept;
    private float @Nullable [] logits;

    private Here(Transformer transformer, int layer, Tensor stream, ActiveHooks kept) {
      this.transformer = transformer;
      this.layer = layer;
      this.stream = stream;
      this.kept = kept;
    }

    @Override
    public int layer() {
      return layer;
    }

    @Override
    public float[] state() {
      return stream.toFloats();
    }

    @Override
    public float[] coefficients() {
      return kept.activations().get(HookPoint.MLP_POST.at(layer)).toFloats();
    }

    @Override
    public float[] logits() {
      return logits(stream);
    }

    /// The logits, read from a tensor that is still alive.
    private float[] logits(Tensor alive) {
      float[] known = logits;
      if (known == null) {
        known = logits(transformer, alive);
        logits = known;
      }
      return known;
    }

    private static float[] logits(Transformer transformer, Tensor stream) {
      return TensorScope.tidy(
          () -> {
            AffineNorm norm = transformer.finalNorm();
            return transformer.logits(norm == null ? stream : norm.apply(stream)).toFloats();
          });
    }
  }
}

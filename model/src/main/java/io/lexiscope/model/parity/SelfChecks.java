package io.lexiscope.model.parity;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.OutputWeights;
import io.lexiscope.model.parity.SelfCheck.NotApplicable;
import io.lexiscope.model.parity.SelfCheck.Outcome;
import io.lexiscope.model.parity.WatchedPasses.Pass;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Checks of a model that need no reference: identities between its own activations, and two ways
/// to the same number. Four short passes over random tokens.
public final class SelfChecks {
  /// Largest difference allowed in float32, as a fraction of the largest value at a place.
  static final double FLOAT32 = 1e-4;

  /// Largest difference allowed in bfloat16, likewise.
  static final double BFLOAT16 = 1e-1;

  private static final int LENGTH = 16;
  private static final long SEED = 7;

  /// Most bytes of heads' outputs kept at a time; beyond it only some layers' heads are checked.
  private static final long HEAD_BYTES = 64L << 20;

  private static final Set<HookPoint> PLAIN =
      Set.of(
          HookPoint.EMBED,
          HookPoint.RESID_PRE,
          HookPoint.K,
          HookPoint.V,
          HookPoint.Z,
          HookPoint.ATTN_MODULE_OUT,
          HookPoint.ATTN_OUT,
          HookPoint.RESID_MID,
          HookPoint.MLP_POST,
          HookPoint.MLP_MODULE_OUT,
          HookPoint.MLP_OUT,
          HookPoint.RESID_POST);

  private final WatchedPasses passes;
  private final Turn turn;
  private final Architecture architecture;
  private final TokenIds ids;

  private SelfChecks(WatchedPasses passes, Turn turn) {
    this.passes = passes;
    this.turn = turn;
    this.architecture = passes.model().architecture();
    this.ids = prompt(architecture);
  }

  /// Checks a model.
  public static SelfCheckReport check(LanguageModel model) {
    return check(model, Turn.immediately());
  }

  /// Checks a model beside other work.
  ///
  /// @param turn is asked before each pass
  public static SelfCheckReport check(LanguageModel model, Turn turn) {
    return check(model, turn, Map.of());
  }

  /// Checks a model that a test has broken.
  static SelfCheckReport check(
      LanguageModel model, Map<HookName, List<UnaryOperator<Tensor>>> changes) {
    return check(model, Turn.immediately(), changes);
  }

  private static SelfCheckReport check(
      LanguageModel model, Turn turn, Map<HookName, List<UnaryOperator<Tensor>>> changes) {
    List<SelfCheck> checks = new ArrayList<>();
    SelfChecks self = new SelfChecks(new WatchedPasses(model, changes), turn);
    TensorScope.tidyRun(() -> checks.addAll(self.all()));
    return new SelfCheckReport(self.ids, checks);
  }

  private static TokenIds prompt(Architecture architecture) {
    int length = Math.min(LENGTH, architecture.dimensions().context());
    int vocabulary = architecture.dimensions().vocabulary();
    return TokenIds.of(Seeded.CONGRUENTIAL.from(SEED).ints(length, 0, vocabulary).toArray());
  }

  private List<SelfCheck> all() {
    Pass plain = turn.take(() -> passes.run(ids, Recording.of(PLAIN.toArray(HookPoint[]::new))));
    List<SelfCheck> checks = new ArrayList<>();
    StreamIdentities stream = new StreamIdentities(passes.model(), plain, relative());
    checks.add(
        new SelfCheck(
            "stream",
            "every block adds its attention and its MLP to the residual stream, and hands it on",
            turn.take(stream::identities)));
    checks.add(
        new SelfCheck(
            "parts",
            "the logits of the parts of the last stream sum to the model's logit",
            turn.take(() -> parts(stream))));
    checks.add(
        new SelfCheck(
            "neurons",
            "neurons times their output vectors sum to what the MLP says",
            turn.take(stream::neurons)));
    checks.addAll(turn.take(() -> TensorScope.tidy(() -> writtenOut(plain))));
    checks.add(
        new SelfCheck(
            "cache",
            "a cached continuation gives the numbers of one whole pass",
            architecture.causal()
                ? turn.take(() -> TensorScope.tidy(() -> cache(plain)))
                : new NotApplicable("an encoder reads its text at once and keeps no cache")));
    checks.add(
        new SelfCheck(
            "causality",
            "other tokens later on change no earlier activation",
            architecture.causal()
                ? turn.take(() -> TensorScope.tidy(() -> causality(plain)))
                : new NotApplicable("in an encoder every position sees every other")));
    return checks;
  }

  private double relative() {
    return passes.model().compute().reduced() ? BFLOAT16 : FLOAT32;
  }

  private Outcome parts(StreamIdentities stream) {
    if (architecture.block().wiring() == Wiring.POST_NORM) {
      return new NotApplicable("the stream is normed after every addition, so it is no sum");
    }
    if (!(passes.transformer().weights().output().head() instanceof OutputWeights.Language<Tensor>)
        || passes.transformer().weights().output().projectOut() != null) {
      return new NotApplicable("there is more than a norm between the stream and the logits");
    }
    return stream.parts();
  }

  /// Checks that need the pattern and each head by itself, and thereby the other path of the
  /// attention and of the norms.
  private List<SelfCheck> writtenOut(Pass plain) {
    Set<HookName> places = new LinkedHashSet<>();
    for (HookPoint point : HookPoint.values()) {
      if (point.existsIn(architecture) && point != HookPoint.RESULT) {
        for (int layer = 0; layer < (point.perLayer() ? architecture.layers() : 1); layer++) {
          places.add(point.perLayer() ? point.at(layer) : point.once());
        }
      }
    }
    List<Integer> layers = layersOfHeads();
    layers.forEach(layer -> places.add(HookPoint.RESULT.at(layer)));
    Pass written = passes.run(ids, Recording.of(places));
    Difference heads = new Difference(relative());
    for (int layer : layers) {
      Tensor bias = passes.transformer().weights().blocks().get(layer).attention().out().bias();
      Tensor sum =
          written.at(HookPoint.RESULT, layer).to(DType.FLOAT64).sum(2, /* keepAxis= */ false);
      Tensor whole = plain.at(HookPoint.ATTN_MODULE_OUT, layer);
      heads.at(
          HookPoint.ATTN_MODULE_OUT.at(layer).toString(),
          whole,
          bias == null ? sum : sum.add(bias));
    }
    Difference attention = new Difference(relative());
    Difference watching = new Difference(relative());
    for (int layer = 0; layer < architecture.layers(); layer++) {
      attention(plain, written, layer, attention);
    }
    watching.at("the last stream", plain.last(), written.last());
    String some =
        layers.size() == architecture.layers()
            ? ""
            : " (in %d of %d layers)".formatted(layers.size(), architecture.layers());
    return List.of(
        new SelfCheck(
            "heads",
            "the heads' own additions sum to what attention says" + some,
            heads.tightest()),
        new SelfCheck(
            "attention",
            "patterns sum to one and mix the values into what the fused kernel gives",
            attention.tightest()),
        new SelfCheck(
            "watching", "recording every hook point changes no number", watching.tightest()));
  }

  private void attention(Pass plain, Pass written, int layer, Difference difference) {
    TensorScope.tidyRun(
        () -> {
          Attention.Heads heads = architecture.block().attention().heads();
          Tensor pattern = written.at(HookPoint.PATTERN, layer).to(DType.FLOAT64);
          Tensor values = written.at(HookPoint.V, layer).to(DType.FLOAT64).transpose(1, 2);
          Tensor each = values.repeatInterleave(heads.heads() / heads.kvHeads(), 1);
          Tensor rows = pattern.sum(-1, /* keepAxis= */ false);
          difference.at(HookPoint.PATTERN.at(layer).toString(), rows, rows.mul(0).add(1));
          difference.at(
              HookPoint.Z.at(layer).toString(),
              plain.at(HookPoint.Z, layer),
              pattern.matmul(each).transpose(1, 2));
        });
  }

  /// The layers whose heads are looked at one by one, spread evenly.
  private List<Integer> layersOfHeads() {
    int layers = architecture.layers();
    long each =
        (long) ids.size()
            * architecture.block().attention().heads().heads()
            * architecture.dModel()
            * Float.BYTES;
    int count = Math.clamp(HEAD_BYTES / each, 1, layers);
    Set<Integer> chosen = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      chosen.add(count == 1 ? 0 : (int) ((long) i * (layers - 1) / (count - 1)));
    }
    return List.copyOf(chosen);
  }

  private Outcome cache(Pass plain) {
    Difference difference = new Difference(relative());
    WatchedPasses.Continued continued = passes.continued(ids, plain.last());
    difference.at("logits", passes.said(continued.cached()), passes.said(continued.whole()));
    return difference.tightest();
  }

  private Outcome causality(Pass plain) {
    if (ids.size() < 2) {
      return new NotApplicable("a context of one position has no later tokens");
    }
    int half = ids.size() / 2;
    int vocabulary = architecture.dimensions().vocabulary();
    int[] other = ids.stream().toArray();
    for (int position = half; position < other.length; position++) {
      other[position] = (other[position] + vocabulary / 2) % vocabulary;
    }
    Pass changed = passes.run(TokenIds.of(other), Recording.of(PLAIN.toArray(HookPoint[]::new)));
    Difference difference = new Difference(relative());
    for (HookName name : plain.activations().names()) {
      difference.at(
          name.toString(),
          changed.activations().get(name).narrow(1, 0, half),
          plain.activations().get(name).narrow(1, 0, half));
    }
    return difference.tightest();
  }
}

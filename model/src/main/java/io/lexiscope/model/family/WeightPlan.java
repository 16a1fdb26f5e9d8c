package io.lexiscope.model.family;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.config.Head;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.Positions;
import io.lexiscope.model.config.QkNorm;
import io.lexiscope.model.family.WeightShape.Axis;
import io.lexiscope.model.matrix.AttentionWeights;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.matrix.EmbeddingWeights;
import io.lexiscope.model.matrix.FusedOrder;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.MlpWeights;
import io.lexiscope.model.matrix.ModelWeights;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.model.matrix.OutputWeights;
import io.lexiscope.tensor.WeightLayout;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Lays out which weights an architecture needs, under which names and in which shapes.
public final class WeightPlan {
  private final Architecture architecture;
  private final WeightNames names;
  private final String prefix;
  private final Axis dModel;

  private WeightPlan(Architecture architecture, WeightNames names, String prefix) {
    this.architecture = architecture;
    this.names = names;
    this.prefix = prefix;
    this.dModel = new Axis("d_model", architecture.dModel());
  }

  /// The weights as a new checkpoint would name them.
  ///
  /// @param architecture the network
  /// @param names the names of its family
  public static ModelWeights<WeightSlot> of(Architecture architecture, WeightNames names) {
    return of(architecture, names, names.prefixes().getFirst(), names.output().heads().getFirst());
  }

  /// The weights as a checkpoint with known habits names them.
  ///
  /// @param architecture the network
  /// @param names the names of its family
  /// @param prefix what stands before names
  /// @param head name of the unembedding
  static ModelWeights<WeightSlot> of(
      Architecture architecture, WeightNames names, String prefix, String head) {
    var plan = new WeightPlan(architecture, names, prefix);
    var embedding = plan.embedding();
    var blocks = IntStream.range(0, architecture.layers()).mapToObj(plan::block).toList();
    return new ModelWeights<>(embedding, blocks, plan.output(embedding.tokens(), head));
  }

  private EmbeddingWeights<WeightSlot> embedding() {
    var embedding = architecture.embedding();
    var module = names.embedding();
    var width = new Axis("embedding", embedding.width());
    var tokens =
        slot(prefix + module.tokens(), "weight", vocabulary(), projected() ? width : dModel);
    WeightSlot positions = null;
    WeightSlot types = null;
    if (embedding.positions() instanceof Positions.Learned learned) {
      var rows =
          learned.offset() == 0
              ? new Axis("n_ctx", architecture.dimensions().context())
              : new Axis(
                  "n_ctx+" + learned.offset(),
                  architecture.dimensions().context() + learned.offset());
      positions = slot(prefix + named("positions", module.positions()), "weight", rows, dModel);
      if (learned.tokenTypes() > 0) {
        types =
            slot(
                prefix + named("token types", module.tokenTypes()),
                "weight",
                new Axis("types", learned.tokenTypes()),
                dModel);
      }
    }
    var norm = embedding.norm();
    return new EmbeddingWeights<>(
        tokens,
        positions,
        types,
        norm == null ? null : norm(prefix + named("embedding norm", module.norm()), norm, dModel),
        projected()
            ? outIn(prefix + named("project_in", module.projectIn()), dModel, width, false)
            : null);
  }

  private BlockWeights<WeightSlot> block(int layer) {
    var root = prefix + names.block().root(layer);
    var norm = architecture.block().norm();
    var of = names.block().norms();
    var norms =
        switch (architecture.block().wiring()) {
          case PARALLEL_ONE_NORM ->
              new BlockWeights.Norms<>(norm(root + of.ln1(), norm, dModel), null, null, null);
          case PRE_NORM, PARALLEL_TWO_NORMS, POST_NORM, OUTPUT_NORM ->
              new BlockWeights.Norms<>(
                  norm(root + of.ln1(), norm, dModel),
                  norm(root + named("ln2", of.ln2()), norm, dModel),
                  null,
                  null);
          case SANDWICH ->
              new BlockWeights.Norms<>(
                  norm(root + of.ln1(), norm, dModel),
                  norm(root + named("ln2", of.ln2()), norm, dModel),
                  norm(root + named("ln1 post", of.ln1Post()), norm, dModel),
                  norm(root + named("ln2 post", of.ln2Post()), norm, dModel));
        };
    return new BlockWeights<>(norms, attention(root), mlp(root));
  }

  private AttentionWeights<WeightSlot> attention(String root) {
    var attention = architecture.block().attention();
    var heads = attention.heads();
    var of = names.block().attention();
    var queries = new Axis("n_heads*d_head", heads.queryWidth());
    var keys = new Axis("n_kv_heads*d_head", heads.keyWidth());
    boolean bias = attention.biases().qkv();
    AttentionWeights.Qkv<WeightSlot> qkv =
        switch (of.qkv()) {
          case WeightNames.QkvNames.Separate(var q, var k, var v) ->
              new AttentionWeights.Separate<>(
                  linear(root + q, queries, dModel, bias),
                  linear(root + k, keys, dModel, bias),
                  linear(root + v, keys, dModel, bias));
          case WeightNames.QkvNames.Fused(var name, var order) ->
              new AttentionWeights.Fused<>(
                  linear(root + name, fused(heads, order), dModel, bias), order);
        };
    var out = linear(root + of.out(), dModel, queries, attention.biases().out());
    return switch (attention.qkNorm()) {
      case QkNorm.None _ -> new AttentionWeights<>(qkv, out, null, null);
      case QkNorm.PerHead(var norm) -> {
        var dHead = new Axis("d_head", heads.dHead());
        yield new AttentionWeights<>(
            qkv,
            out,
            norm(root + named("query norm", of.qNorm()), norm, dHead),
            norm(root + named("key norm", of.kNorm()), norm, dHead));
      }
      case QkNorm.WholeWidth(var norm) ->
          new AttentionWeights<>(
              qkv,
              out,
              norm(root + named("query norm", of.qNorm()), norm, queries),
              norm(root + named("key norm", of.kNorm()), norm, keys));
    };
  }

  private static Axis fused(Attention.Heads heads, FusedOrder order) {
    return switch (order) {
      case BLOCKS ->
          new Axis("(n_heads+2*n_kv_heads)*d_head", heads.queryWidth() + 2L * heads.keyWidth());
      case BY_HEAD -> new Axis("n_heads*3*d_head", 3L * heads.queryWidth());
    };
  }

  private MlpWeights<WeightSlot> mlp(String root) {
    var of = names.block().mlp();
    boolean bias = architecture.block().mlp().bias();
    var neurons = new Axis("d_mlp", architecture.dimensions().dMlp());
    MlpWeights.In<WeightSlot> in =
        switch (of.in()) {
          case WeightNames.InNames.Plain(var up) ->
              new MlpWeights.Plain<>(linear(root + up, neurons, dModel, bias));
          case WeightNames.InNames.Gated(var gate, var up) ->
              new MlpWeights.Gated<>(
                  linear(root + gate, neurons, dModel, bias),
                  linear(root + up, neurons, dModel, bias));
          case WeightNames.InNames.FusedGate(var gateUp) ->
              new MlpWeights.FusedGate<>(
                  linear(root + gateUp, new Axis("2*d_mlp", 2 * neurons.size()), dModel, bias));
        };
    return new MlpWeights<>(in, linear(root + of.out(), dModel, neurons, bias));
  }

  private OutputWeights<WeightSlot> output(WeightSlot tokens, String head) {
    var module = names.output();
    var norm = architecture.output().norm();
    var width = new Axis("embedding", architecture.embedding().width());
    return new OutputWeights<>(
        norm == null ? null : norm(prefix + named("final norm", module.norm()), norm, dModel),
        projected()
            ? outIn(prefix + named("project_out", module.projectOut()), width, dModel, false)
            : null,
        switch (architecture.output().head()) {
          case Head.Language language -> {
            var untied = outIn(head, vocabulary(), projected() ? width : dModel, language.bias());
            yield new OutputWeights.Language<>(
                language.tied()
                    ? new Linear<>(tokens, untied.bias(), WeightLayout.OUT_IN)
                    : untied);
          }
          case Head.Encoder encoder -> encoder(encoder, tokens, head);
        });
  }

  private OutputWeights.Encoder<WeightSlot> encoder(
      Head.Encoder head, WeightSlot tokens, String unembed) {
    var of = names.output().encoder();
    if (of == null) {
      throw unnamed("an encoder head");
    }
    Linear<WeightSlot> words =
        switch (head.masked()) {
          case NONE -> null;
          case TIED ->
              new Linear<>(tokens, slot(of.bias(), "bias", vocabulary()), WeightLayout.OUT_IN);
          case UNTIED -> outIn(unembed, vocabulary(), dModel, true);
        };
    return new OutputWeights.Encoder<>(
        head.pooler() ? outIn(prefix + of.pooler(), dModel, dModel, true) : null,
        head.outputs() > 0
            ? outIn(of.classifier(), new Axis("outputs", head.outputs()), dModel, true)
            : null,
        words == null
            ? null
            : new OutputWeights.MaskedLanguage<>(
                outIn(of.transform(), dModel, dModel, true),
                norm(of.norm(), architecture.block().norm(), dModel),
                words));
  }

  private boolean projected() {
    return architecture.embedding().width() != architecture.dModel();
  }

  private Axis vocabulary() {
    return new Axis("vocab", architecture.dimensions().vocabulary());
  }

  private Linear<WeightSlot> linear(String module, Axis out, Axis in, boolean bias) {
    return switch (names.layout()) {
      case OUT_IN -> outIn(module, out, in, bias);
      case IN_OUT ->
          new Linear<>(
              slot(module, "weight", in, out),
              bias ? slot(module, "bias", out) : null,
              WeightLayout.IN_OUT);
    };
  }

  private static Linear<WeightSlot> outIn(String module, Axis out, Axis in, boolean bias) {
    return new Linear<>(
        slot(module, "weight", out, in),
        bias ? slot(module, "bias", out) : null,
        WeightLayout.OUT_IN);
  }

  private static NormWeights<WeightSlot> norm(String module, Norm norm, Axis axis) {
    return switch (norm) {
      case Norm.LayerNorm _ ->
          new NormWeights<>(slot(module, "weight", axis), slot(module, "bias", axis));
      case Norm.RmsNorm _ -> new NormWeights<>(slot(module, "weight", axis), null);
    };
  }

  private static WeightSlot slot(String module, String part, Axis... axes) {
    return new WeightSlot(module + "." + part, WeightShape.of(axes));
  }

  private String named(String part, @Nullable String name) {
    if (name == null) {
      throw unnamed(part);
    }
    return name;
  }

  private ConfigException unnamed(String part) {
    return new ConfigException(
        "weights: expected the family %s to name %s, got no name for it"
            .formatted(architecture.family(), part));
  }
}

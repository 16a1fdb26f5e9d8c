package io.lexiscope.model.forward;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Head;
import io.lexiscope.model.config.Positions;
import io.lexiscope.model.config.RotaryFrequencies;
import io.lexiscope.model.config.SoftCap;
import io.lexiscope.model.edit.WeightEdits;
import io.lexiscope.model.hook.Activations;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.PassExtent;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.ModelWeights;
import io.lexiscope.model.matrix.OutputWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.GradientTape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorHolder;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.Unembedding;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A transformer of any family: an architecture and weights that fit it. Immutable; may be shared
/// between threads.
public final class Transformer {
  private final Architecture architecture;
  private final ModelWeights<Tensor> weights;
  private final Compute compute;
  private final EmbeddingLayer embedding;
  private final List<BlockLayer> blocks;
  private final @Nullable NormLayer finalNormLayer;
  private final List<WeightEdits> edits;

  /// Puts an architecture and its weights together, to compute in float32 on the CPU.
  public Transformer(Architecture architecture, ModelWeights<Tensor> weights) {
    this(architecture, weights, Compute.standard());
  }

  /// Puts an architecture and its weights together.
  ///
  /// @param weights on the device of `compute`
  /// @param compute the type of the activations, and the device
  public Transformer(Architecture architecture, ModelWeights<Tensor> weights, Compute compute) {
    this(architecture, weights, compute, List.of());
  }

  private Transformer(
      Architecture architecture,
      ModelWeights<Tensor> weights,
      Compute compute,
      List<WeightEdits> edits) {
    this.edits = edits;
    this.architecture = architecture;
    this.weights = weights;
    this.compute = compute;
    this.embedding = new EmbeddingLayer(architecture.embedding(), weights.embedding(), compute);
    List<BlockLayer> layers = new ArrayList<>();
    for (int layer = 0; layer < architecture.layers(); layer++) {
      layers.add(new BlockLayer(layer, architecture.block(), weights.blocks().get(layer)));
    }
    this.blocks = List.copyOf(layers);
    AffineNorm norm = finalNorm();
    this.finalNormLayer =
        norm == null
            ? null
            : new NormLayer(norm, HookPoint.FINAL_SCALE, HookPoint.FINAL_NORMALIZED);
  }

  /// The same network with edits laid over its weights, which it shares.
  ///
  /// @throws io.lexiscope.model.edit.EditException if the edits have ended
  public Transformer with(WeightEdits more) {
    List<WeightEdits> all = new ArrayList<>(edits);
    all.add(more);
    return new Transformer(architecture, more.over(weights()), compute, List.copyOf(all));
  }

  /// Runs what uses the weights; edits laid over them stay until it is done.
  ///
  /// @throws io.lexiscope.model.edit.EditException if edits have ended
  public <T extends @Nullable Object> T using(Supplier<T> body) {
    Supplier<T> inside = body;
    for (WeightEdits edit : edits) {
      Supplier<T> within = inside;
      inside = () -> edit.use(within);
    }
    return inside.get();
  }

  /// What the network is.
  public Architecture architecture() {
    return architecture;
  }

  /// In which type and where it computes.
  public Compute compute() {
    return compute;
  }

  /// The weights, in the places where they are used, with the edits laid over them. [Linears] reads
  /// their matrices.
  ///
  /// @throws io.lexiscope.model.edit.EditException if edits have ended
  public ModelWeights<Tensor> weights() {
    edits.forEach(WeightEdits::requireOpen);
    return weights;
  }

  /// What has to run so that more tokens go on from a cache: these tokens alone, as long as what
  /// the cache holds is true for the longer sequence. Where rotary angles depend on the length and
  /// have changed (long-RoPE beyond its first context, dynamic NTK), no key, value or stream
  /// computed before is; the cache is emptied, and everything it held runs again with them.
  ///
  /// @param fresh the next tokens of each sequence
  /// @param cache what was run before
  /// @return `fresh`, or all tokens of each sequence
  public TokenBatch toRun(TokenBatch fresh, KvCache cache) {
    return stale(cache, fresh.length()) ? cache.forgetAnd(fresh) : fresh;
  }

  private boolean stale(KvCache cache, int fresh) {
    return cache.length() > 0 && !architecture.sameAngles(cache.length(), cache.length() + fresh);
  }

  /// Runs a pass to its end.
  ///
  /// @param start the prompts, or a stream as it enters a later block
  /// @param hooks what to record and change
  /// @param cache earlier positions of the same sequences; extended by this call where it starts
  ///   with tokens, and left as it was where it starts with a stream; or null
  /// @return the last residual stream after the final norm, [batch, pos, d_model], in the innermost
  ///   scope; what was recorded moves there too
  /// @throws ForwardException if an id is outside the vocabulary, there are more positions than the
  ///   context or the cache holds, the cache's numbers are not true for the longer sequence
  ///   ([#toRun]), or rows are of lengths that turn differently
  /// @throws io.lexiscope.model.edit.EditException if edits have ended
  public Tensor forward(PassStart start, ActiveHooks hooks, @Nullable KvCache cache) {
    return forward(start, hooks, cache, new Conditioning.None());
  }

  /// As above, with something that attention sees besides.
  ///
  /// @param conditioning for these rows
  /// @throws ForwardException also if the conditioning is of another shape
  public Tensor forward(
      PassStart start, ActiveHooks hooks, @Nullable KvCache cache, Conditioning conditioning) {
    return using(() -> whole(start, hooks, cache, conditioning));
  }

  private Tensor whole(
      PassStart start, ActiveHooks hooks, @Nullable KvCache cache, Conditioning conditioning) {
    int end = architecture.layers();
    PassState pass = begin(start, end, hooks, cache, conditioning);
    Tensor last =
        TensorScope.tidy(
            () -> {
              Tensor stream = through(start, end, pass);
              Tensor normed =
                  finalNormLayer == null ? stream : finalNormLayer.forward(stream, hooks);
              return new Pass(normed, hooks.activations());
            })
            .stream();
    if (cache != null) {
      if (start instanceof TokenBatch batch) {
        cache.advance(batch);
      } else {
        cache.truncate(pass.past());
      }
    }
    return last;
  }

  /// Runs a pass up to a block: what enters it. A sweep that goes on from there with other rows
  /// starts again with a [PassStart.Stream].
  ///
  /// @param start the prompts, or a stream as it enters an earlier block
  /// @param end the first block that does not run; the number of blocks for all
  /// @param hooks what to record and change
  /// @param cache earlier positions of the same sequences, left as it was; or null
  /// @return the residual stream before that block, [batch, pos, d_model], in the innermost scope;
  ///   what was recorded moves there too
  /// @throws ForwardException as [#forward]
  public Tensor stream(PassStart start, int end, ActiveHooks hooks, @Nullable KvCache cache) {
    return using(() -> part(start, end, hooks, cache));
  }

  private Tensor part(PassStart start, int end, ActiveHooks hooks, @Nullable KvCache cache) {
    PassState pass = begin(start, end, hooks, cache, new Conditioning.None());
    Tensor left =
        TensorScope.tidy(() -> new Pass(through(start, end, pass), hooks.activations())).stream();
    if (cache != null) {
      cache.truncate(pass.past());
    }
    return left;
  }

  private PassState begin(
      PassStart start,
      int end,
      ActiveHooks hooks,
      @Nullable KvCache cache,
      Conditioning conditioning) {
    requireRunnable(start, cache);
    if (start.layer() < 0 || start.layer() > end || end > architecture.layers()) {
      throw new ForwardException(
          "pass: expected to start and end at a block from 0 to %d in rising order, got %d to %d"
              .formatted(architecture.layers(), start.layer(), end));
    }
    PassExtent extent = start.extent(cache == null ? 0 : cache.length());
    requireSameAngles(extent);
    conditioning.requireFit(this, extent.rows());
    if (cache != null) {
      if (stale(cache, extent.length())) {
        throw new ForwardException(
            "prompt: expected tokens that turn as the %d of the cache did, got a sequence of %d with other rotary angles; run all of it again"
                .formatted(cache.length(), cache.length() + extent.length()));
      }
      cache.claim(extent.length());
    }
    return new PassState(this, extent, hooks, cache, conditioning);
  }

  /// One table of angles serves all rows.
  private void requireSameAngles(PassExtent extent) {
    int longest = extent.past() + extent.length();
    for (int length : extent.lengths()) {
      if (length != extent.length() && !architecture.sameAngles(extent.past() + length, longest)) {
        throw new ForwardException(
            "batch: expected prompts that turn alike, got %d and %d tokens, whose rotary angles differ; run them one by one"
                .formatted(length, extent.length()));
      }
    }
  }

  /// The stream before block `end`, in the current scope.
  private Tensor through(PassStart start, int end, PassState pass) {
    pass.prepare();
    ActiveHooks hooks = pass.hooks();
    Tensor stream =
        switch (start) {
          case TokenBatch batch -> embedding.forward(ids(batch), pass.past(), hooks);
          case PassStart.Stream given -> given.residPre().to(compute.type()).to(compute.device());
        };
    for (BlockLayer block : blocks.subList(start.layer(), end)) {
      Tensor entering = GradientTape.cut(stream);
      stream =
          TensorScope.tidy(() -> new Pass(block.forward(entering, pass), hooks.activations()))
              .stream();
    }
    return stream;
  }

  /// The keys and values that vectors have by the blocks' own projections, for
  /// [Conditioning.ExtraKey]: `W_K · x + b_K` (normed where the model norms its keys) and `W_V · x
  /// + b_V` of each block. Differentiable.
  ///
  /// @param vectors [batch, layer, d_model], as they enter attention: no norm is applied
  /// @throws ForwardException if there is not one for each layer, of the stream's width
  public Conditioning.ExtraKey extraKey(Tensor vectors) {
    if (vectors.shape().rank() != 3
        || vectors.size(1) != architecture.layers()
        || vectors.size(2) != architecture.dModel()) {
      throw new ForwardException(
          "extra key: expected [batch, layer=%d, d_model=%d], got %s"
              .formatted(architecture.layers(), architecture.dModel(), vectors.shape()));
    }
    return TensorScope.tidy(
        () -> {
          List<Tensor> keys = new ArrayList<>();
          List<Tensor> values = new ArrayList<>();
          for (int layer = 0; layer < architecture.layers(); layer++) {
            Conditioning.ExtraKey one = blocks.get(layer).extraKey(vectors.narrow(1, layer, 1));
            keys.add(one.keys());
            values.add(one.values());
          }
          return new Conditioning.ExtraKey(Tensors.cat(keys, 1), Tensors.cat(values, 1));
        });
  }

  /// A stream and what was recorded on the way, so that both leave a scope together.
  record Pass(Tensor stream, Activations kept) implements TensorHolder {
    @Override
    public Stream<Tensor> tensors() {
      return Stream.concat(Stream.of(stream), kept.tensors());
    }
  }

  /// A pass over one sequence that can be left after any block.
  ///
  /// @param capacity most positions it can hold
  /// @param late how layers that were skipped get their keys and values later
  /// @param hooks what to record and change
  @MustBeClosed
  public LayeredPass layered(int capacity, LateKeys late, LayeredPass.Hooks hooks) {
    return new LayeredPass(this, capacity, late, hooks);
  }

  /// How a block turns the queries and keys of a sequence, in float32, in the innermost scope; null
  /// where it does not.
  ///
  /// @param layer number of the block, from 0
  /// @param length positions of the sequence, on which the angles of some scalings depend
  public @Nullable Rotary rotary(int layer, int length) {
    RotaryFrequencies frequencies = architecture.rotaryFrequencies(layer);
    return frequencies != null
            && architecture.embedding().positions() instanceof Positions.Rotary kind
        ? Rotary.of(kind, frequencies, /* first= */ 0, length)
        : null;
  }

  /// The ids of a batch on the device, INT64 [batch, pos].
  Tensor ids(TokenBatch batch) {
    return batch.toTensor().to(compute.device());
  }

  EmbeddingLayer embedding() {
    return embedding;
  }

  BlockLayer block(int layer) {
    return blocks.get(layer);
  }

  @Nullable NormLayer finalNormLayer() {
    return finalNormLayer;
  }

  void requireRunnable(PassStart start, @Nullable KvCache cache) {
    switch (start) {
      case TokenBatch batch -> batch.requireWithin(architecture.dimensions().vocabulary());
      case PassStart.Stream stream -> {
        if (stream.residPre().size(2) != architecture.dModel()) {
          throw new ForwardException(
              "stream: expected d_model = %d, got %s"
                  .formatted(architecture.dModel(), stream.residPre().shape()));
        }
      }
    }
    PassExtent extent = start.extent(cache == null ? 0 : cache.length());
    int total = extent.past() + extent.length();
    int context = architecture.longestSequence().orElse(Integer.MAX_VALUE);
    if (total > context && !(architecture.embedding().positions() instanceof Positions.None)) {
      throw new ForwardException(
          "prompt: expected at most %d tokens, the context of the model, got %d; shorten the text"
              .formatted(context, total));
    }
    if (cache != null && total > cache.capacity()) {
      throw new ForwardException(
          "prompt: expected at most %d positions, the size of the cache, got %d"
              .formatted(cache.capacity(), total));
    }
  }

  /// Whether the last residual stream can be read as logits.
  public boolean hasUnembedding() {
    return unembed() != null;
  }

  private @Nullable Linear<Tensor> unembed() {
    return switch (weights.output().head()) {
      case OutputWeights.Language<Tensor> language -> language.unembed();
      case OutputWeights.Encoder<Tensor> encoder ->
          encoder.masked() == null ? null : encoder.masked().unembed();
    };
  }

  /// The map from a vector after the final norm (and [#beforeUnembedding]) to logits, with the
  /// family's bias and soft cap.
  ///
  /// @throws ForwardException if the model has none (an encoder without a language head)
  public Unembedding unembedding() {
    Linear<Tensor> unembed = unembed();
    if (unembed == null) {
      throw missing("unembedding", "a language head");
    }
    OptionalDouble cap =
        architecture.output().head() instanceof Head.Language language
                && language.softCap() instanceof SoftCap.Tanh tanh
            ? OptionalDouble.of(tanh.cap())
            : OptionalDouble.empty();
    return new Unembedding(unembed.weight(), unembed.bias(), cap);
  }

  private ForwardException missing(String operation, String part) {
    return new ForwardException(
        "%s: expected %s, got none in a model of family %s"
            .formatted(operation, part, architecture.family()));
  }

  /// The final norm, or null where the last block has normed already.
  public @Nullable AffineNorm finalNorm() {
    return AffineNorm.of(architecture.output().norm(), weights.output().norm());
  }

  /// Takes vectors after the final norm to what the unembedding reads: the vectors themselves in
  /// nearly all families; a projection in OPT-350m; the transform of a masked-language head in
  /// BERT.
  public Tensor beforeUnembedding(Tensor x) {
    Linear<Tensor> projection = weights.output().projectOut();
    Tensor narrowed = projection == null ? x : Linears.apply(projection, x);
    return switch (weights.output().head()) {
      case OutputWeights.Language<Tensor> _ -> narrowed;
      case OutputWeights.Encoder<Tensor> encoder -> {
        OutputWeights.MaskedLanguage<Tensor> masked = encoder.masked();
        yield masked == null
            ? narrowed
            : new AffineNorm(architecture.block().norm(), masked.norm())
                .apply(
                    MlpLayer.activate(
                        architecture.block().mlp().activation(),
                        Linears.apply(masked.transform(), narrowed)));
      }
    };
  }

  /// Logits of every position; a large tensor, [batch, pos, vocabulary]. For losses and tests;
  /// readings go block by block.
  ///
  /// @param last result of [#forward]
  public Tensor logits(Tensor last) {
    return TensorScope.tidy(() -> unembedding().logits(beforeUnembedding(last)));
  }

  /// The pooled vector of an encoder, `tanh(W · x[0] + b)`, [batch, d_model].
  ///
  /// @param last result of [#forward]
  /// @throws ForwardException if the model has no pooler
  public Tensor pooled(Tensor last) {
    Linear<Tensor> pooler =
        weights.output().head() instanceof OutputWeights.Encoder<Tensor> encoder
            ? encoder.pooler()
            : null;
    if (pooler == null) {
      throw missing("pooled", "a pooler");
    }
    return TensorScope.tidy(() -> Linears.apply(pooler, last.select(1, 0)).tanh());
  }

  /// What an encoder's classifier or regression says, [batch, outputs].
  ///
  /// @param last result of [#forward]
  /// @throws ForwardException if the model has no such head
  public Tensor outputs(Tensor last) {
    Linear<Tensor> classifier =
        weights.output().head() instanceof OutputWeights.Encoder<Tensor> encoder
            ? encoder.classifier()
            : null;
    if (classifier == null) {
      throw missing("outputs", "a classification or regression head");
    }
    return TensorScope.tidy(() -> Linears.apply(classifier, pooled(last)));
  }
}

package io.lexiscope.model;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.model.chat.ChatTemplate;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.edit.ModelIdentity;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.edit.WeightEdits;
import io.lexiscope.model.family.BoundModel;
import io.lexiscope.model.family.Families;
import io.lexiscope.model.family.ModelConfig;
import io.lexiscope.model.family.WeightBinder;
import io.lexiscope.model.forward.Compute;
import io.lexiscope.model.forward.ForwardException;
import io.lexiscope.model.forward.PassStart;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.generate.Generation;
import io.lexiscope.model.generate.Generator;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.reading.VectorReader;
import io.lexiscope.model.source.ModelSource;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.model.weights.Checkpoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// An opened model: architecture, weights, tokenizer, and the interventions and edits in force.
///
/// ```java
/// try (var model = LanguageModel.open(Path.of("models/microworld"));
///     var run = model.run("The capital of Norway is", Recording.of(HookPoint.RESID_POST))) {
///   Tensor stream = run.activation(HookPoint.RESID_POST.at(3)); // [1, pos, d_model]
/// }
/// ```
///
/// Immutable but for its being closed; may be shared between threads.
public final class LanguageModel implements AutoCloseable {
  private final Opened opened;
  private final Interventions interventions;

  private LanguageModel(Opened opened, Interventions interventions) {
    this.opened = opened;
    this.interventions = interventions;
  }

  /// What a model and its views share; views with edits have transformers of their own.
  ///
  /// @param transformer on the CPU
  /// @param onDevice where passes run; the same one on the CPU
  /// @param edits laid over the weights, in order
  private record Opened(
      Files files,
      Transformer transformer,
      Transformer onDevice,
      Parameters parameters,
      List<WeightEdits> edits) {
    Opened with(WeightEdits more) {
      Transformer edited = transformer.with(more);
      List<WeightEdits> all = new ArrayList<>(edits);
      all.add(more);
      return new Opened(
          files,
          edited,
          onDevice.equals(transformer) ? edited : onDevice.with(more),
          parameters,
          List.copyOf(all));
    }
  }

  /// What a model was opened from.
  private record Files(
      ModelSource source, ModelConfig config, Checkpoint checkpoint, Tokenizer tokenizer) {}

  /// The weights' owner, the weights by name, and the runs that must end before them.
  private record Parameters(
      TensorScope scope,
      Map<String, Tensor> byName,
      List<String> unused,
      Set<OpenRun> runs,
      KeptReader reader) {}

  /// What reads vectors, made when first asked for.
  private static final class KeptReader {
    private final Transformer transformer;
    private final Tokenizer tokenizer;
    private @Nullable VectorReader made;
    private @Nullable VectorReader madeOfKeys;

    KeptReader(Transformer transformer, Tokenizer tokenizer) {
      this.transformer = transformer;
      this.tokenizer = tokenizer;
    }

    synchronized VectorReader get() {
      VectorReader known = made;
      if (known == null) {
        known = VectorReader.of(transformer, tokenizer);
        made = known;
      }
      return known;
    }

    synchronized VectorReader ofKeys() {
      VectorReader known = madeOfKeys;
      if (known == null) {
        known = VectorReader.ofEmbedding(transformer, tokenizer);
        madeOfKeys = known;
      }
      return known;
    }
  }

  /// Opens a folder in Hugging Face layout: `config.json`, safetensors (single or sharded), and a
  /// tokenizer where there is one. Weights are mapped, not read.
  ///
  /// @throws io.lexiscope.model.config.ConfigException if the configuration is missing, broken or
  ///   of an unknown family
  /// @throws io.lexiscope.model.weights.WeightsException if weights are missing, broken or of the
  ///   wrong shape
  /// @throws io.lexiscope.model.tokenizer.TokenizerException if there is a tokenizer that cannot be
  ///   used
  @MustBeClosed
  public static LanguageModel open(Path folder) {
    return open(folder, Compute.standard());
  }

  /// Opens a folder as above, to compute in another type or elsewhere.
  ///
  /// @param compute the type of the activations, and the device of the passes
  /// @throws ForwardException if this process cannot compute so; otherwise as above
  @MustBeClosed
  public static LanguageModel open(Path folder, Compute compute) {
    return open(ModelSource.of(folder), compute);
  }

  /// Opens what a source gives, to compute in a type or elsewhere.
  ///
  /// @param source where configuration, weights and tokenizer come from
  /// @param compute the type of the activations, and the device of the passes
  /// @throws ForwardException if this process cannot compute so; otherwise as above
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // the parts are closed by close()
  public static LanguageModel open(ModelSource source, Compute compute) {
    compute.requireAvailable();
    ModelConfig config = Families.read(source);
    Checkpoint checkpoint = source.tensors();
    TensorScope scope = TensorScope.open();
    try {
      BoundModel bound = WeightBinder.bind(config.architecture(), config.names(), checkpoint);
      WeightLoader.Loaded loaded =
          scope.call(() -> WeightLoader.load(bound.weights(), compute.type()));
      Files files = new Files(source, config, checkpoint, source.tokenizer());
      Transformer transformer =
          new Transformer(bound.architecture(), loaded.weights(), compute.onCpu());
      Parameters parameters =
          new Parameters(
              scope,
              loaded.byName(),
              bound.unused(),
              ConcurrentHashMap.newKeySet(),
              new KeptReader(transformer, files.tokenizer()));
      Transformer onDevice =
          switch (compute.device()) {
            case CPU -> transformer;
            case CUDA ->
                new Transformer(
                    bound.architecture(),
                    scope.call(() -> loaded.weights().map(weight -> weight.to(compute.device()))),
                    compute);
          };
      return new LanguageModel(
          new Opened(files, transformer, onDevice, parameters, List.of()), Interventions.none());
    } catch (RuntimeException failed) {
      scope.close();
      checkpoint.close();
      throw failed;
    }
  }

  /// This model with more interventions in force: the same weights, another behaviour. Needs no
  /// closing of its own.
  ///
  /// @throws io.lexiscope.model.intervene.InterventionException if one does not fit the model
  public LanguageModel with(Interventions more) {
    more.requireFit(architecture());
    return new LanguageModel(opened, interventions.and(more));
  }

  /// This model without any intervention: the same weights, their own behaviour. Needs no closing
  /// of its own.
  public LanguageModel bare() {
    return interventions.list().isEmpty() ? this : new LanguageModel(opened, Interventions.none());
  }

  /// This model with more edits laid over its weights: the same weights, another behaviour. Needs
  /// no closing of its own; it can be used as long as the edits are open.
  ///
  /// ```java
  /// try (WeightEdits edits = WeightEdits.open(model.architecture(), PatchStack.of(patch))) {
  ///   LanguageModel edited = model.with(edits); // model itself goes on as it was
  /// }
  /// ```
  ///
  /// @param more laid on top of those in force
  /// @throws io.lexiscope.model.edit.EditException if edits have ended
  public LanguageModel with(WeightEdits more) {
    return new LanguageModel(opened.with(more), interventions);
  }

  /// Runs a text, with the leading special tokens its tokenizer defines.
  ///
  /// @param text a prompt
  /// @param recording what to keep
  /// @throws ForwardException if the prompt is empty or longer than the context
  @MustBeClosed
  public Run run(String text, Recording recording) {
    return run(tokenizer().encode(text).ids(), recording);
  }

  /// Runs exactly these tokens.
  ///
  /// @param tokens a prompt
  /// @param recording what to keep
  /// @throws ForwardException if the prompt is empty, longer than the context or holds an id
  ///   outside the vocabulary
  @MustBeClosed
  public Run run(TokenIds tokens, Recording recording) {
    recording.requireWithin(tokens.size());
    TokenBatch batch = TokenBatch.of(tokens);
    ActiveHooks hooks =
        new ActiveHooks(
            recording, interventions.changes(/* past= */ 0, /* promptLength= */ tokens.size()));
    Run run = new Run(this, tokens, Outcome.of(this, batch, hooks));
    remember(run);
    return run;
  }

  /// Runs prompts side by side, each with interventions of its own besides those in force here.
  ///
  /// @param rows the prompts
  /// @param recording what to keep of each; negative positions count from the end of each row
  /// @throws ForwardException if a prompt is empty, longer than the context or holds an id outside
  ///   the vocabulary
  /// @throws io.lexiscope.model.intervene.InterventionException if an intervention does not fit the
  ///   model
  @MustBeClosed
  public RunBatch run(Rows rows, Recording recording) {
    TokenBatch batch = rows.batch();
    batch.sequences().forEach(tokens -> recording.requireWithin(tokens.size()));
    rows.rows().forEach(row -> row.interventions().requireFit(architecture()));
    ActiveHooks hooks =
        new ActiveHooks(recording, rows.interventions(interventions).changes(/* past= */ 0));
    RunBatch runs = new RunBatch(this, rows, Outcome.of(this, batch, hooks));
    remember(runs);
    return runs;
  }

  /// Goes on from where an earlier run entered a block: that block and those after it run anew,
  /// under the interventions in force here; what stands before is taken from the earlier run.
  ///
  /// @param earlier a run of the same weights that recorded `hook_resid_pre` of the block at every
  ///   position
  /// @param layer the first block to run
  /// @param recording what to keep, from that block on
  /// @throws ModelException if the earlier run is of another model, or lacks a position
  /// @throws io.lexiscope.model.hook.HookException if it did not record the stream
  @MustBeClosed
  public Run resume(Run earlier, int layer, Recording recording) {
    HookName stream = HookPoint.RESID_PRE.at(layer);
    if (earlier.model().transformer() != transformer()) {
      throw new ModelException(
          "resume: expected a run of the model in %s, got one of %s"
              .formatted(folder(), earlier.model().folder()));
    }
    Tensor given = earlier.activation(stream);
    if (given.size(1) != earlier.length()) {
      throw new ModelException(
          "resume: expected %s at every position of %d, got %s; record it whole"
              .formatted(stream, earlier.length(), earlier.positions(stream)));
    }
    recording.requireWithin(earlier.length());
    ActiveHooks hooks =
        new ActiveHooks(recording, interventions.changes(/* past= */ 0, earlier.length()));
    Run run =
        new Run(this, earlier.tokens(), Outcome.of(this, PassStart.Stream.of(layer, given), hooks));
    remember(run);
    return run;
  }

  /// Continues a text.
  public Generation generate(String text, Decoding decoding) {
    return generator().generate(tokenizer().encode(text).ids(), decoding);
  }

  /// Continues prompts of token ids, and reports each token as it comes.
  public Generator generator() {
    return new Generator(onDevice(), tokenizer(), interventions);
  }

  /// What the network is.
  public Architecture architecture() {
    return transformer().architecture();
  }

  /// In which type and where passes run.
  public Compute compute() {
    return onDevice().compute();
  }

  /// The transformer that passes run on. Its values are on its device, in its type.
  public Transformer onDevice() {
    return opened.onDevice();
  }

  /// Architecture and weights put together, on the CPU, where results are read.
  public Transformer transformer() {
    return opened.transformer();
  }

  /// Text to ids and back; knows ids only where the folder has no tokenizer.
  public Tokenizer tokenizer() {
    return opened.files().tokenizer();
  }

  /// The ids after which a text is over: as the model's own files list them, else the end token of
  /// its tokenizer; none where nobody declares one.
  ///
  /// @throws io.lexiscope.model.config.ConfigException if the files list something else than ids
  public Set<Integer> endTokens() {
    Set<Integer> listed = source().endTokens();
    OptionalInt eos = tokenizer().specials().eos();
    return listed.isEmpty() && eos.isPresent() ? Set.of(eos.getAsInt()) : listed;
  }

  /// Turns vectors into words and scores. One for the model and all views of it, as nothing is ever
  /// laid over the unembedding; what it measures once is kept with it.
  ///
  /// @throws ForwardException if the model has no unembedding
  public VectorReader reader() {
    return opened.parameters().reader().get();
  }

  /// Turns directions that the network listens for into words, by the token embedding.
  public VectorReader keyReader() {
    return opened.parameters().reader().ofKeys();
  }

  /// The template by which it was taught to read a chat, where its files have one.
  ///
  /// @throws io.lexiscope.model.chat.ChatException if it is none that can be used
  public Optional<ChatTemplate> chatTemplate() {
    return source().chatTemplate().map(template -> ChatTemplate.of(template, specialTexts()));
  }

  /// The texts of special tokens under the names that templates have for them.
  private Map<String, String> specialTexts() {
    Map<String, String> texts = new HashMap<>();
    tokenizer()
        .specials()
        .byRole()
        .forEach((role, id) -> texts.put(role + "_token", tokenizer().piece(id)));
    return texts;
  }

  /// What it was opened from.
  public ModelSource source() {
    return opened.files().source();
  }

  /// The folder it was opened from.
  public Path folder() {
    return source().folder();
  }

  /// Its configuration as it was read.
  public ModelConfig config() {
    return opened.files().config();
  }

  /// Its weight files.
  public Checkpoint checkpoint() {
    return opened.files().checkpoint();
  }

  /// The weights under their names in the checkpoint, without the edits. Where the file is in half
  /// precision they may be widened copies.
  public Map<String, Tensor> parameters() {
    return opened.parameters().byName();
  }

  /// Names of tensors in the checkpoint that the family has no place for.
  public List<String> unusedWeights() {
    return opened.parameters().unused();
  }

  /// The patches laid over the weights, in order.
  public PatchStack patches() {
    PatchStack all = PatchStack.none();
    for (WeightEdits edits : opened.edits()) {
      all = all.and(edits.patches());
    }
    return all;
  }

  /// Which numbers it computes with: the hash of its weights, and of the patches over them. The
  /// first call reads the weights through where their hash is not known.
  public ModelIdentity identity() {
    return new ModelIdentity(checkpoint().contentHash(), patchHashes());
  }

  /// What each patch over the weights does, in order; with [#checkpoint] as good as the identity
  /// where models of one process are told apart, and no file is read for it.
  public List<String> patchHashes() {
    return opened.edits().stream().flatMap(edits -> edits.hashes().stream()).toList();
  }

  /// The interventions in force.
  public Interventions interventions() {
    return interventions;
  }

  void remember(OpenRun run) {
    opened.parameters().runs().add(run);
  }

  void forget(OpenRun run) {
    opened.parameters().runs().remove(run);
  }

  /// Closes open runs, frees the weights and unmaps the files. Views of it end too.
  @Override
  public void close() {
    List.copyOf(opened.parameters().runs()).forEach(OpenRun::close);
    opened.parameters().scope().close();
    opened.files().tokenizer().close();
    opened.files().checkpoint().close();
  }
}

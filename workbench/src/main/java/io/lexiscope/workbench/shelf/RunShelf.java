package io.lexiscope.workbench.shelf;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Processors;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.weights.Checkpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Keeps runs of prompts between requests, so that all that is asked of a prompt shares one pass:
/// the first request records what every reading of the stream needs, and the others find it there.
///
/// A run is found by the weights, the patches and interventions in force, and the tokens, and holds
/// the union of what was asked for. The one longest unused is freed first, when they are more bytes
/// together than the limit; a run in use is never freed. Where keeping would change a number
/// ([Recording#splits]), a run is neither kept nor shared: what a request is answered does not
/// depend on what was asked before.
public final class RunShelf {
  /// What the readings of the stream and of its parts need, and no more.
  private static final List<HookPoint> USUAL =
      List.of(
          HookPoint.EMBED,
          HookPoint.POS_EMBED,
          HookPoint.RESID_PRE,
          HookPoint.Z,
          HookPoint.ATTN_MODULE_OUT,
          HookPoint.ATTN_OUT,
          HookPoint.RESID_MID,
          HookPoint.MLP_POST,
          HookPoint.MLP_MODULE_OUT,
          HookPoint.MLP_OUT,
          HookPoint.RESID_POST,
          HookPoint.FINAL_SCALE);

  private static final int USUAL_SHARE = 4;
  private static final int STRIPES = 16;

  private final long limit;

  /// From the one longest unused to the newest.
  private final Map<Key, Kept> runs =
      new LinkedHashMap<>(
          /* initialCapacity= */ 16, /* loadFactor= */ 0.75f, /* accessOrder= */ true);

  /// Those who ask for the same wait for one pass.
  private final List<Object> stripes =
      IntStream.range(0, STRIPES).mapToObj(_ -> new Object()).toList();

  private long bytes;
  private long asked;
  private long passes;

  /// An empty shelf.
  ///
  /// @param limit bytes of native memory for runs that nobody uses; 0 keeps none
  public RunShelf(long limit) {
    this.limit = limit;
  }

  /// Which run: the weights and what is laid over them, how they are computed with, what ran, and
  /// what was in force. An open model has a [Checkpoint] of its own, in one type.
  private record Key(
      Checkpoint weights,
      List<String> patches,
      boolean kernels,
      TokenIds tokens,
      List<Intervention> inForce) {
    static Key of(LanguageModel model, TokenIds tokens) {
      return new Key(
          model.checkpoint(),
          model.patchHashes(),
          Processors.usesKernels(),
          tokens,
          model.interventions().inForce());
    }
  }

  /// A run with its users.
  private static final class Kept {
    private final Run run;
    private final Recording recording;
    private final long bytes;
    private int users;
    private boolean shelved = true;

    Kept(Run run, Recording recording) {
      this.run = run;
      this.recording = recording;
      this.bytes = run.bytes();
    }
  }

  /// A run of a prompt, made where there is none that recorded enough; to be called from inside a
  /// pass of the work.
  ///
  /// @param model with the interventions in force
  /// @param recording what has to be in it
  /// @throws io.lexiscope.model.forward.ForwardException as [LanguageModel#run]
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // closed by the use, or by the shelf
  KeptRun use(LanguageModel model, TokenIds tokens, Recording recording) {
    count(/* ran= */ false);
    if (recording.splits() || limit == 0) {
      count(/* ran= */ true);
      return KeptRun.alone(model.run(tokens, recording));
    }
    Key key = Key.of(model, tokens);
    synchronized (stripes.get(Math.floorMod(key.hashCode(), STRIPES))) {
      Kept found = take(key, recording);
      if (found == null) {
        Recording wanted = wanted(key, model, recording);
        count(/* ran= */ true);
        found = put(key, new Kept(model.run(tokens, wanted), wanted));
      }
      return lend(found, model);
    }
  }

  /// A run of a prompt where there is one that recorded enough; closed by its user.
  @SuppressWarnings("MustBeClosedChecker") // closed by the use
  Optional<KeptRun> find(LanguageModel model, TokenIds tokens, Recording recording) {
    Kept kept = recording.splits() ? null : take(Key.of(model, tokens), recording);
    if (kept == null) {
      return Optional.empty();
    }
    count(/* ran= */ false);
    return Optional.of(lend(kept, model));
  }

  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // closed by the use
  private KeptRun lend(Kept kept, LanguageModel reader) {
    try {
      return new KeptRun(kept.run.lend(reader), () -> release(kept));
    } catch (RuntimeException | Error failed) {
      release(kept);
      throw failed;
    }
  }

  /// Frees the runs of a model that is about to be closed, which nobody uses any more.
  void forget(LanguageModel model) {
    List<Kept> freed = new ArrayList<>();
    synchronized (this) {
      for (Key key : List.copyOf(runs.keySet())) {
        if (key.weights() == model.checkpoint()) {
          unshelve(key, freed);
        }
      }
    }
    freed.forEach(kept -> kept.run.close());
  }

  /// Bytes of the runs kept.
  public synchronized long bytes() {
    return bytes;
  }

  /// Number of runs kept.
  public synchronized int size() {
    return runs.size();
  }

  /// How often a run was asked for.
  public synchronized long asked() {
    return asked;
  }

  /// How many passes that took.
  public synchronized long passes() {
    return passes;
  }

  private synchronized void count(boolean ran) {
    if (ran) {
      passes++;
    } else {
      asked++;
    }
  }

  private synchronized @Nullable Kept take(Key key, Recording recording) {
    Kept kept = runs.get(key);
    if (kept == null || !kept.recording.covers(recording)) {
      return null;
    }
    kept.users++;
    return kept;
  }

  /// What to record: with what is usually asked next where that is a small part of the limit, and
  /// with what the run before holds where both have room.
  private synchronized Recording wanted(Key key, LanguageModel model, Recording asked) {
    Architecture architecture = model.architecture();
    int length = key.tokens().size();
    Recording usual = usual(architecture);
    boolean small = usual.bytes(architecture, length) <= limit / USUAL_SHARE;
    Recording wanted = small ? usual.and(asked) : asked;
    Kept before = runs.get(key);
    Recording both = before == null ? wanted : before.recording.and(wanted);
    return both.bytes(architecture, length) <= limit / 2 ? both : wanted;
  }

  private static Recording usual(Architecture architecture) {
    return Recording.of(
        USUAL.stream().filter(point -> point.existsIn(architecture)).toArray(HookPoint[]::new));
  }

  private Kept put(Key key, Kept kept) {
    List<Kept> freed = new ArrayList<>();
    synchronized (this) {
      kept.users++;
      unshelve(key, freed);
      runs.put(key, kept);
      bytes += kept.bytes;
      trim(freed);
    }
    freed.forEach(old -> old.run.close());
    return kept;
  }

  private void release(Kept kept) {
    List<Kept> freed = new ArrayList<>();
    synchronized (this) {
      kept.users--;
      if (kept.users == 0 && !kept.shelved) {
        freed.add(kept);
      }
      trim(freed);
    }
    freed.forEach(old -> old.run.close());
  }

  /// Takes runs that nobody uses off the shelf until the rest is within the limit.
  private void trim(List<Kept> freed) {
    for (var entry : List.copyOf(runs.entrySet())) {
      if (bytes > limit && entry.getValue().users == 0) {
        unshelve(entry.getKey(), freed);
      }
    }
  }

  /// A run that is in use is freed by its last user.
  private void unshelve(Key key, List<Kept> freed) {
    Kept kept = runs.remove(key);
    if (kept == null) {
      return;
    }
    kept.shelved = false;
    bytes -= kept.bytes;
    if (kept.users == 0) {
      freed.add(kept);
    }
  }
}

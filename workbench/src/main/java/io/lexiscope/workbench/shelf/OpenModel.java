package io.lexiscope.workbench.shelf;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.edit.ModelIdentity;
import io.lexiscope.model.edit.WeightEdits;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.MeanActivation;
import io.lexiscope.model.parity.SelfCheckReport;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.Provenance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A model in use; it stays open until its user closes this.
public final class OpenModel implements AutoCloseable {
  private final String name;
  private final ShelvedModel shelved;
  private final @Nullable WeightEdits edits;
  private final LanguageModel view;
  private final RunShelf runs;
  private final Runnable release;
  private List<InterventionSpec> inForce = List.of();
  private boolean closed;

  OpenModel(
      String name,
      ShelvedModel shelved,
      @Nullable WeightEdits edits,
      RunShelf runs,
      Runnable release) {
    this.name = name;
    this.shelved = shelved;
    this.edits = edits;
    this.view = edits == null ? shelved.model() : shelved.model().with(edits);
    this.runs = runs;
    this.release = release;
  }

  /// What it was asked for by.
  public String name() {
    return name;
  }

  /// The model with the patches it was asked for with, without interventions.
  public LanguageModel model() {
    return view;
  }

  /// Which numbers it computes with: the key of whatever is kept for it.
  public ModelIdentity identity() {
    return shelved.identity(view);
  }

  /// A run of a prompt, which requests about the same prompt share; to be called from inside a pass
  /// of the work, and to be closed in it.
  ///
  /// @param model this model with the interventions in force
  /// @param recording what has to be in it
  /// @throws io.lexiscope.model.forward.ForwardException as [LanguageModel#run]
  @MustBeClosed
  public KeptRun run(LanguageModel model, TokenIds tokens, Recording recording) {
    return runs.use(model, tokens, recording);
  }

  /// Such a run where there is one already; nothing runs.
  public Optional<KeptRun> kept(LanguageModel model, TokenIds tokens, Recording recording) {
    return runs.find(model, tokens, recording);
  }

  /// Where a result comes from.
  ///
  /// @param seed seed of everything random in the result, or null
  public Provenance provenance(@Nullable Long seed) {
    synchronized (this) {
      return shelved.provenance(view, seed, inForce.isEmpty() ? null : inForce);
    }
  }

  /// Says under which interventions this use of the model computes, for provenance.
  public void recordInForce(List<InterventionSpec> interventions) {
    synchronized (this) {
      inForce = List.copyOf(interventions);
    }
  }

  /// The means of hook points over the model's default text, remembered while the model stays open.
  ///
  /// @param places at least one
  /// @param measure takes those that are not known, together
  public Map<HookName, MeanActivation> means(
      List<HookName> places, Function<List<HookName>, Map<HookName, MeanActivation>> measure) {
    return shelved.means(view, places, measure);
  }

  /// What the model's self-checks came to: taken once, remembered while it stays open.
  ///
  /// @param turn is asked before each pass
  public SelfCheckReport selfChecks(Turn turn) {
    return shelved.selfChecks(view, turn);
  }

  /// Gives the model back.
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    if (edits != null) {
      edits.close();
    }
    release.run();
  }
}

package io.lexiscope.workbench.shelf;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.base.OneLine;
import io.lexiscope.hub.find.FoundModel;
import io.lexiscope.hub.find.ModelFinder;
import io.lexiscope.model.forward.Compute;
import io.lexiscope.model.forward.ForwardException;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps models open between requests: as many idle ones as its limit says, and all that are in
/// use.
///
/// A model whose files have changed since it was opened is opened anew for the next request.
public final class ModelShelf implements AutoCloseable {
  private final ModelFinder finder;
  private final Build build;
  private final int idleLimit;
  private final RememberedHash remembered;
  private final RunShelf runs;
  private final Map<Key, Slot> slots = new LinkedHashMap<>();
  private long clock;
  private boolean closed;

  /// A folder in the state its files are in, and how it computes.
  private record Key(Path folder, String state, Compute compute) {}

  /// A model with its users.
  private static final class Slot {
    private int users;
    private long lastUsed;
    private String name = "";
    private volatile @Nullable ShelvedModel model;
  }

  /// An empty shelf.
  ///
  /// @param finder finds the folders
  /// @param build for the provenance of results
  /// @param idleLimit how many models that nobody uses stay open
  /// @param cache folder for what can be made again: hashes of large weights
  /// @param runs keeps runs of the open models
  public ModelShelf(ModelFinder finder, Build build, int idleLimit, Path cache, RunShelf runs) {
    this.finder = finder;
    this.remembered = RememberedHash.in(cache);
    this.build = build;
    this.idleLimit = idleLimit;
    this.runs = runs;
  }

  /// The runs kept of its models.
  public RunShelf runs() {
    return runs;
  }

  /// Finds models by name.
  public ModelFinder finder() {
    return finder;
  }

  /// The model of a choice, opened if it is not; several users share it.
  ///
  /// @throws WorkbenchException of kind `notFound` when there is no such model, `invalid` for a
  ///   precision or device that is not offered and for patches that do not fit, `busy` when the
  ///   shelf is closed
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // the edits are closed with the open model
  public OpenModel use(ModelChoice choice) {
    var compute = compute(choice);
    var found = finder.find(choice.model());
    var key = key(found.folder(), compute);
    Slot slot;
    synchronized (this) {
      if (closed) {
        throw new WorkbenchException(ProblemKind.BUSY, "model: the workbench is closing");
      }
      slot = slots.computeIfAbsent(key, _ -> new Slot());
      slot.users++;
      slot.name = found.name();
      slot.lastUsed = clock++;
    }
    try {
      var model = open(slot, found, compute);
      var patches = choice.patches();
      var edits =
          patches == null || patches.isEmpty()
              ? null
              : PatchSpecs.open(model.model().architecture(), patches);
      return new OpenModel(found.name(), model, edits, runs, () -> release(key, slot));
    } catch (RuntimeException | Error e) {
      release(key, slot);
      throw e;
    }
  }

  /// Names of the models that are open.
  public synchronized List<String> open() {
    return slots.values().stream()
        .filter(slot -> slot.model != null)
        .map(slot -> slot.name)
        .distinct()
        .toList();
  }

  /// Closes all models that nobody uses; those in use are closed by their last user.
  @Override
  public void close() {
    List<ShelvedModel> idle;
    synchronized (this) {
      closed = true;
      idle = takeIdle(/* keep= */ 0);
    }
    idle.forEach(this::close);
  }

  private ShelvedModel open(Slot slot, FoundModel found, Compute compute) {
    // One user opens, the others of the same model wait here; users of other models do not.
    synchronized (slot) {
      var model = slot.model;
      if (model == null) {
        model = new ShelvedModel(found, build, compute, remembered);
        slot.model = model;
      }
      return model;
    }
  }

  private void release(Key key, Slot slot) {
    List<ShelvedModel> idle;
    synchronized (this) {
      slot.users--;
      if (slot.users == 0 && slot.model == null) {
        slots.remove(key);
      }
      idle = takeIdle(closed ? 0 : idleLimit);
    }
    idle.forEach(this::close);
  }

  private void close(ShelvedModel idle) {
    runs.forget(idle.model());
    idle.close();
  }

  private List<ShelvedModel> takeIdle(int keep) {
    var idle =
        slots.entrySet().stream()
            .filter(entry -> entry.getValue().users == 0)
            .sorted(Comparator.comparingLong(entry -> entry.getValue().lastUsed))
            .toList();
    var taken = new ArrayList<ShelvedModel>();
    for (var entry : idle.subList(0, Math.max(0, idle.size() - keep))) {
      slots.remove(entry.getKey());
      taken.add(Objects.requireNonNull(entry.getValue().model));
    }
    return taken;
  }

  private static Compute compute(ModelChoice choice) {
    try {
      var compute = Compute.named(choice.dtype(), choice.device());
      compute.requireAvailable();
      return compute;
    } catch (ForwardException e) {
      var message = String.valueOf(e.getMessage());
      var field = message.startsWith("device") ? "device" : "dtype";
      throw new WorkbenchException(ProblemKind.INVALID, message, field, e);
    }
  }

  private static Key key(Path folder, Compute compute) {
    try (var files = Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
      var state = new StringBuilder();
      for (var file : files.sorted().toList()) {
        state
            .append(file.getFileName())
            .append(' ')
            .append(Files.size(file))
            .append(' ')
            .append(Files.getLastModifiedTime(file).toMillis())
            .append('\n');
      }
      return new Key(folder.toRealPath(), state.toString(), compute);
    } catch (IOException e) {
      throw new WorkbenchException(
          ProblemKind.INVALID,
          "model: expected a readable folder or file, got " + OneLine.of(e) + " at " + folder,
          "model",
          e);
    }
  }
}

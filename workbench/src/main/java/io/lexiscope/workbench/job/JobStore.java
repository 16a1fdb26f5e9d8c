package io.lexiscope.workbench.job;

import io.lexiscope.base.Journal;
import io.lexiscope.base.OneLine;
import io.lexiscope.base.WholeFile;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Jobs on disk, a folder each: what was asked, how it stands, what came of it, its newest events.
///
/// ```
///  jobs/ID/request.json   as it was asked
///  jobs/ID/job.json       state, progress, owner; at most a second old while it runs
///  jobs/ID/result.json    written before job.json says that it is done
///  jobs/ID/events.json    the newest events, once it ended
///  jobs/ID/parts          what it has finished, until it is done
///  jobs/.owners/NAME      locked by a workbench that is alive
/// ```
///
/// Every file is whole or as it was before. Several processes may share the folder: a job whose
/// owner is alive is under way, one whose owner is not was interrupted. A job that cannot be
/// written down goes on without, with a warning: it will not outlive its process.
public final class JobStore implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger("io.lexiscope");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String REQUEST = "request.json";
  private static final String JOB = "job.json";
  private static final String RESULT = "result.json";
  private static final String EVENTS = "events.json";
  private static final String PARTS = "parts";
  private static final String CLAIM = ".claim";
  private static final int MOST_EVENTS = 256;

  private final Path folder;
  private final int most;
  private final long mostBytes;
  private @Nullable Owner owner;

  /// A store in a folder.
  ///
  /// @param folder made when the first job is kept
  /// @param most finished jobs that are kept
  /// @param mostBytes of finished jobs that are kept; the newest stays however large it is
  public JobStore(Path folder, int most, long mostBytes) {
    this.folder = folder;
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /// Keeps a job from now on.
  ///
  /// @param kind what was asked
  /// @param view as it was accepted
  JobKeeper keep(JobKind kind, JobView view) {
    try {
      Path place = Files.createDirectories(of(view.id()));
      write(
          place.resolve(REQUEST), Objects.requireNonNull(kind.request(), "of a job that is kept"));
      Keeper keeper = new Keeper(place, owner().name(), kind.resumable());
      keeper.save(view);
      return keeper;
    } catch (IOException failed) {
      warn(view.id(), failed);
      return JobKeeper.NONE;
    }
  }

  /// The jobs kept, in no order.
  List<JobView> all() {
    return folders().stream().flatMap(place -> view(place).stream()).toList();
  }

  /// The job of an id.
  Optional<JobView> find(String id) {
    return ID.matcher(id).matches() ? view(of(id)) : Optional.empty();
  }

  /// What was asked.
  ///
  /// @throws WorkbenchException of kind `notFound` when the job is kept no longer
  <Q> Q request(String id, Class<Q> type) {
    return read(of(id).resolve(REQUEST), type).orElseThrow(() -> gone(id));
  }

  /// What came of it.
  ///
  /// @throws WorkbenchException of kind `notFound` when the job is kept no longer
  <R> R result(String id, Class<R> type) {
    return read(of(id).resolve(RESULT), type).orElseThrow(() -> gone(id));
  }

  /// Its newest events; none where it did not end by itself.
  List<JobEvent> events(String id) {
    return read(of(id).resolve(EVENTS), KeptEvents.class).stream()
        .flatMap(kept -> kept.events().stream())
        .map(KeptEvents.Kept::event)
        .toList();
  }

  /// Takes over a job that nobody is at work on, so that no other process does as well.
  ///
  /// @param accepted the job as it is accepted anew
  /// @return keeps it
  /// @throws WorkbenchException of kind `busy` when another took it over, `notFound` when it is
  ///   kept no longer
  JobKeeper takeOver(JobView accepted) {
    Path place = of(accepted.id());
    Path claim = place.resolve(CLAIM);
    try {
      claim(claim, accepted.id());
      try {
        JobView now = view(place).orElseThrow(() -> gone(accepted.id()));
        if (!now.state().canGoOn()) {
          throw taken(accepted.id());
        }
        Files.deleteIfExists(place.resolve(EVENTS));
        Keeper keeper = new Keeper(place, owner().name(), /* resumable= */ true);
        keeper.save(accepted);
        return keeper;
      } finally {
        Files.deleteIfExists(claim);
      }
    } catch (IOException failed) {
      throw new WorkbenchException(
          ProblemKind.FAILED,
          "resume: expected to write the folder of the job, got "
              + OneLine.of(failed)
              + "; see whether the disk is full",
          /* field= */ null,
          failed);
    }
  }

  private void claim(Path claim, String id) throws IOException {
    String own = owner().name();
    try {
      Files.writeString(claim, own, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException held) {
      if (Owner.isAlive(owners(), Files.readString(claim))) {
        throw taken(id);
      }
      // Whoever took it over died meanwhile.
      Files.deleteIfExists(claim);
      Files.writeString(claim, own, StandardOpenOption.CREATE_NEW);
    }
  }

  private static WorkbenchException taken(String id) {
    return new WorkbenchException(
        ProblemKind.BUSY,
        "resume: expected a job that nobody is at work on, got "
            + id
            + ", which another took over; see its state");
  }

  private static WorkbenchException gone(String id) {
    return new WorkbenchException(
        ProblemKind.NOT_FOUND,
        "job: expected a job that is kept, got " + id + "; it was removed for newer ones");
  }

  /// Removes the oldest finished jobs beyond the limits.
  private void trim() throws IOException {
    record Sized(JobView view, Path place, long bytes) {}
    List<Sized> finished = new ArrayList<>();
    for (Path place : folders()) {
      Optional<JobView> view = view(place);
      if (view.isPresent() && view.get().state().isFinal()) {
        finished.add(new Sized(view.get(), place, bytes(place)));
      }
    }
    finished.sort(Comparator.comparing((Sized job) -> ended(job.view())).reversed());
    long bytes = 0;
    for (int i = 0; i < finished.size(); i++) {
      bytes += finished.get(i).bytes();
      if (i > 0 && (i >= most || bytes > mostBytes)) {
        remove(finished.get(i).place());
      }
    }
  }

  private static String ended(JobView view) {
    String finished = view.finishedAt();
    return finished == null ? view.submittedAt() : finished;
  }

  private static long bytes(Path place) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    } catch (NoSuchFileException removed) {
      return bytes; // by another process
    }
    return bytes;
  }

  private static void remove(Path place) throws IOException {
    // Without its state it is no job any more, whatever is left of it.
    Files.deleteIfExists(place.resolve(JOB));
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException removed) {
      return; // by another process
    }
    Files.deleteIfExists(place);
  }

  private Optional<JobView> view(Path place) {
    return read(place.resolve(JOB), KeptJob.class)
        .map(kept -> kept.view(kept.job().state().isFinal() || isAlive(kept.owner())));
  }

  private boolean isAlive(String name) {
    try {
      return Owner.isAlive(owners(), name);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private List<Path> folders() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(place -> ID.matcher(String.valueOf(place.getFileName())).matches())
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Path of(String id) {
    return folder.resolve(id);
  }

  private Path owners() {
    return folder.resolve(".owners");
  }

  private synchronized Owner owner() throws IOException {
    Owner known = owner;
    if (known == null) {
      known = Owner.alive(owners());
      owner = known;
    }
    return known;
  }

  private static void write(Path file, Object document) throws IOException {
    WholeFile.write(file, ViewJson.write(document) + "\n");
  }

  /// What a file says; nothing where it is not there, or of another version of this program.
  private static <T> Optional<T> read(Path file, Class<T> type) {
    try {
      return Optional.of(ViewJson.read(Files.readAllBytes(file), type));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | WorkbenchException unreadable) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "jobs: expected a file of this version at "
              + file
              + ", got: "
              + unreadable.getMessage()
              + "; it is left out");
      return Optional.empty();
    }
  }

  private static void warn(String id, IOException failed) {
    LOGGER.log(
        System.Logger.Level.WARNING,
        "jobs: expected to write the folder of job "
            + id
            + ", got "
            + failed
            + "; it goes on, and is forgotten when the process ends");
  }

  /// Says that this workbench is at work on nothing any more.
  @Override
  public synchronized void close() {
    Owner known = owner;
    if (known != null) {
      owner = null;
      try {
        known.close();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /// Writes one job's files.
  private final class Keeper implements JobKeeper {
    private final Path place;
    private final String by;
    private final boolean resumable;

    Keeper(Path place, String by, boolean resumable) {
      this.place = place;
      this.by = by;
      this.resumable = resumable;
    }

    @Override
    public boolean keeps() {
      return true;
    }

    @Override
    public Journal journal(String identity) {
      if (!resumable) {
        return Journal.none();
      }
      try {
        return Journal.open(place.resolve(PARTS), identity);
      } catch (IOException failed) {
        warn(String.valueOf(place.getFileName()), failed);
        return Journal.none();
      }
    }

    @Override
    public void save(JobView view) {
      try {
        write(place.resolve(JOB), new KeptJob(by, resumable, view));
      } catch (IOException failed) {
        warn(view.id(), failed);
      }
    }

    @Override
    public void finish(JobView view, @Nullable Record result, List<JobEvent> last) {
      try {
        if (result != null) {
          write(place.resolve(RESULT), result);
          Files.deleteIfExists(place.resolve(PARTS));
        }
        write(place.resolve(EVENTS), KeptEvents.of(last, MOST_EVENTS));
        write(place.resolve(JOB), new KeptJob(by, resumable, view));
        trim();
      } catch (IOException failed) {
        warn(view.id(), failed);
      }
    }
  }
}

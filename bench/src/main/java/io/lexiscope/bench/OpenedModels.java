package io.lexiscope.bench;

import io.lexiscope.bench.measure.BenchException;
import io.lexiscope.bench.task.Subject;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Compute;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.train.NewRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The models that tasks run on, and a folder for what they write; closed and deleted together.
final class OpenedModels implements AutoCloseable {
  private static final long SEED = 0;

  private final Workbench workbench;
  private final Thread interrupted = Thread.ofPlatform().unstarted(this::delete);
  private final Path temporary;
  private final List<LanguageModel> open = new ArrayList<>();
  private final Path folder;
  private final String shape;
  private @Nullable Subject reduced;
  private @Nullable Subject halves;

  /// Opens a model.
  ///
  /// @param given its folder; null to make a random one of GPT-2 small's shape
  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  OpenedModels(Workbench workbench, @Nullable Path given) {
    this.workbench = workbench;
    try {
      this.temporary = Files.createTempDirectory("lexiscope-bench");
      Runtime.getRuntime().addShutdownHook(interrupted);
    } catch (IOException failed) {
      throw new BenchException(
          "bench: expected a folder for temporary files, got " + failed, failed);
    }
    try {
      this.shape = given == null ? "gpt2" : given.toString();
      this.folder = given == null ? random(temporary.resolve("gpt2"), /* dtype= */ null) : given;
      open.add(touched(LanguageModel.open(folder)));
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private Path random(Path made, @Nullable String dtype) {
    return Path.of(workbench.answer(new NewRequest(shape, made.toString(), SEED, dtype)).written());
  }

  /// A short pass brings the mapped weights into memory, so that no task is charged with them.
  private static LanguageModel touched(LanguageModel model) {
    try (Run run = model.run(TokenIds.of(0), Recording.nothing())) {
      boolean finite = TensorScope.tidy(() -> run.logits().allFinite());
      if (!finite) {
        throw new BenchException("bench: expected finite logits of " + model.folder());
      }
    }
    return model;
  }

  Workbench workbench() {
    return workbench;
  }

  Path temporary() {
    return temporary;
  }

  Subject subject() {
    return new Subject(open.getFirst());
  }

  /// One of the same shape whose weights are stored in bfloat16, computed in float32.
  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  Subject halves() {
    Subject known = halves;
    if (known == null) {
      LanguageModel model =
          touched(LanguageModel.open(random(temporary.resolve("halves"), "bf16")));
      open.add(model);
      known = new Subject(model);
      halves = known;
    }
    return known;
  }

  /// The same computed in bfloat16.
  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  Subject reduced() {
    Subject known = reduced;
    if (known == null) {
      LanguageModel model =
          touched(LanguageModel.open(folder, Compute.named("bf16", /* device= */ null)));
      open.add(model);
      known = new Subject(model);
      reduced = known;
    }
    return known;
  }

  @Override
  public void close() {
    open.forEach(LanguageModel::close);
    try {
      boolean removed = Runtime.getRuntime().removeShutdownHook(interrupted);
      assert removed;
    } catch (IllegalStateException stopping) {
      return; // the hook deletes it
    }
    delete();
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(temporary)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new BenchException(
          "bench: expected to delete %s, got %s".formatted(temporary, failed), failed);
    }
  }
}

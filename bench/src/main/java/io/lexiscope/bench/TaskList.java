package io.lexiscope.bench;

import io.lexiscope.bench.measure.BenchException;
import io.lexiscope.bench.task.BenchTask;
import io.lexiscope.bench.task.FfnRequestTask;
import io.lexiscope.bench.task.ForwardTask;
import io.lexiscope.bench.task.GenerationTask;
import io.lexiscope.bench.task.IndexQueryTask;
import io.lexiscope.bench.task.LensGridTask;
import io.lexiscope.bench.task.LensRequestTask;
import io.lexiscope.bench.task.StartTask;
import io.lexiscope.bench.task.Subject;
import io.lexiscope.bench.task.VocabularyTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// The tasks by name, in the order they are timed; each is made when its turn comes.
final class TaskList {
  private static final int[] LENGTHS = {1, 8, 16, 32, 128, 512, 1024};
  private static final int[] RECORDED_LENGTHS = {16, 128};

  private final Map<String, Supplier<BenchTask>> makers = new LinkedHashMap<>();

  TaskList(OpenedModels models, BenchSettings.Places places) {
    Subject subject = models.subject();
    makers.put(
        "start-to-grid",
        () -> new StartTask(subject, places.launcher(), places.options(), new AtomicLong()));
    for (int length : LENGTHS) {
      makers.put("forward-" + length, () -> ForwardTask.plain(subject, length));
    }
    for (int length : RECORDED_LENGTHS) {
      makers.put("recording-" + length, () -> ForwardTask.recording(subject, length));
    }
    makers.put("lens-grid", () -> new LensGridTask(subject));
    makers.put("vocabulary-readings", () -> new VocabularyTask(subject));
    GenerationTask plain = new GenerationTask("generate", subject, /* against= */ null);
    makers.put("generate", () -> plain);
    makers.put("generate-bf16", () -> new GenerationTask("generate-bf16", models.halves(), plain));
    makers.put(
        "generate-rounded", () -> new GenerationTask("generate-rounded", models.reduced(), plain));
    makers.put(
        "lens-request",
        () -> new LensRequestTask(models.workbench(), places.page(), places.served()));
    makers.put("ffn-request", () -> FfnRequestTask.opened(subject, models.workbench()));
    makers.put(
        "index-query", () -> new IndexQueryTask(subject, models.temporary().resolve("index")));
    assert List.copyOf(makers.keySet()).equals(names());
    int context = subject.model().architecture().dimensions().context();
    makers.keySet().removeIf(name -> length(name) > context);
  }

  /// The names of all tasks, in the order they are timed.
  static List<String> names() {
    List<String> names = new ArrayList<>(List.of("start-to-grid"));
    for (int length : LENGTHS) {
      names.add("forward-" + length);
    }
    for (int length : RECORDED_LENGTHS) {
      names.add("recording-" + length);
    }
    names.addAll(
        List.of(
            "lens-grid",
            "vocabulary-readings",
            "generate",
            "generate-bf16",
            "generate-rounded",
            "lens-request",
            "ffn-request",
            "index-query"));
    return names;
  }

  /// The length in the name of a task, 0 where there is none.
  private static int length(String name) {
    return name.startsWith("forward-") || name.startsWith("recording-")
        ? Integer.parseInt(name.substring(name.indexOf('-') + 1))
        : 0;
  }

  /// The tasks asked for, or all of them.
  ///
  /// @throws BenchException if there is none of a name
  List<String> chosen(List<String> asked) {
    for (String name : asked) {
      if (!makers.containsKey(name)) {
        throw new BenchException(
            "bench: expected a task that this model has, one of %s, got %s"
                .formatted(String.join(", ", makers.keySet()), name));
      }
    }
    return asked.isEmpty() ? new ArrayList<>(makers.keySet()) : asked;
  }

  BenchTask make(String name) {
    chosen(List.of(name));
    return java.util.Objects.requireNonNull(makers.get(name)).get();
  }
}

package io.lexiscope.analysis;

import io.lexiscope.analysis.lens.LensGrid;
import io.lexiscope.analysis.lens.LogitLens;
import io.lexiscope.analysis.lens.Readout;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.NativeRuntime;
import io.lexiscope.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// A process of its own whose memory can be measured: `trace FOLDER`, `open FOLDER SMALL` or `pass
/// FOLDER`. Prints `before after liveTensors` in kilobytes, zeros where the system does not tell.
public final class MemoryProbe {
  private static final int WARM_UP = 150;
  private static final int TRACES = 200;

  private MemoryProbe() {}

  /// Runs one probe.
  ///
  /// @param args what to measure, and on which folders
  public static void main(String[] args) throws IOException {
    if (args[0].equals("trace")) {
      traces(Path.of(args[1]));
    } else if (args[0].equals("pass")) {
      pass(Path.of(args[1]));
    } else {
      opens(Path.of(args[1]), Path.of(args[2]));
    }
  }

  private static void traces(Path folder) throws IOException {
    try (LanguageModel model = LanguageModel.open(folder)) {
      TokenIds prompt =
          TokenIds.of(
              new Random(1).ints(/* streamSize= */ 120, /* from= */ 3, /* to= */ 500).toArray());
      for (int i = 0; i < WARM_UP; i++) {
        trace(model, prompt);
      }
      long tensors = TensorScope.liveTensors();
      long before = resident();
      for (int i = 0; i < TRACES; i++) {
        trace(model, prompt);
      }
      report(before, resident(), TensorScope.liveTensors() - tensors);
    }
  }

  private static void trace(LanguageModel model, TokenIds prompt) {
    LogitLens lens = LogitLens.afterFinalNorm(model);
    try (Run run =
        model.run(prompt, lens.recording(HookPoint.RESID_POST, HookPoint.Z, HookPoint.PATTERN))) {
      LensGrid stream = lens.read(run, HookPoint.RESID_POST, Readout.top(10).andRankOf(7));
      LensGrid heads = lens.read(run, HookPoint.Z, Readout.top(10));
      if (stream.cell(0, -1).top().size() != 10 || heads.cell(0, -1, 0).top().size() != 10) {
        throw new IllegalStateException("a trace read nothing");
      }
    }
  }

  private static void opens(Path folder, Path small) throws IOException {
    NativeRuntime.load();
    try (LanguageModel first = LanguageModel.open(small)) {
      long tensors = TensorScope.liveTensors();
      long before = resident();
      try (LanguageModel model = LanguageModel.open(folder)) {
        report(before, resident(), model.parameters().size() - first.parameters().size());
      }
      if (TensorScope.liveTensors() != tensors) {
        throw new IllegalStateException("a closed model left tensors behind");
      }
    }
  }

  /// What opening a model and running 16 tokens adds to an idle process with the natives loaded.
  private static void pass(Path folder) throws IOException {
    NativeRuntime.load();
    long before = resident();
    try (LanguageModel model = LanguageModel.open(folder)) {
      TokenIds prompt =
          TokenIds.of(
              new Random(1).ints(/* streamSize= */ 16, /* from= */ 3, /* to= */ 500).toArray());
      long tensors = TensorScope.liveTensors();
      try (Run run = model.run(prompt, Recording.nothing())) {
        float[] logits = run.logits(-1).toFloats();
        report(before, resident(), TensorScope.liveTensors() - tensors - run.length() / 16);
        if (logits.length != model.architecture().dimensions().vocabulary()) {
          throw new IllegalStateException("a pass gave no logits");
        }
      }
    }
  }

  private static void report(long before, long after, long tensors) {
    System.out.println(before + " " + after + " " + tensors);
  }

  /// Resident memory in kilobytes, from Linux' account of the process.
  private static long resident() throws IOException {
    System.gc();
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }
}

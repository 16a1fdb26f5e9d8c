package io.lexiscope.workbench;

import io.lexiscope.base.Seeded;
import io.lexiscope.hub.find.ModelPlaces;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.lens.LensReadout;
import io.lexiscope.workbench.lens.LensRequest;
import io.lexiscope.workbench.lens.PlaceSelection;
import io.lexiscope.workbench.shelf.Build;
import java.nio.file.Path;
import java.util.List;

/// A workbench whose bundled models are the golden ones: 512 words, width 64, three layers, no
/// tokenizer.
public final class GoldenBench {
  public static final Path GOLDEN = Path.of("../model/src/test/resources/golden");

  private GoldenBench() {}

  public static Workbench open() {
    return open(GOLDEN);
  }

  public static Workbench open(Path models) {
    return open(models, Path.of("target/cache"));
  }

  public static Workbench open(Path models, Path cache) {
    var places = new ModelPlaces(models, List.of(), models.resolve("none"), "gpt2-a", cache);
    var limits =
        new WorkLimits(
            /* passes= */ 2, /* requests= */ 16, /* finishedJobs= */ 16, /* openModels= */ 2);
    return Workbench.open(new WorkbenchSettings(places, new Build("0", "25"), limits));
  }

  /// A prompt of seeded random ids.
  static Prompt prompt(long seed, int length) {
    return Prompt.tokens(Seeded.CONGRUENTIAL.from(seed).ints(length, 3, 500).boxed().toList());
  }

  static LensRequest lens(String model, Prompt prompt) {
    return new LensRequest(
        ModelChoice.of(model),
        prompt,
        PlaceSelection.everything(),
        LensReadout.standard(),
        /* interventions= */ null);
  }
}

package io.lexiscope.cli.edits;

import io.lexiscope.analysis.edit.ShiftKey;
import io.lexiscope.workbench.edits.EditHow;
import io.lexiscope.workbench.edits.EditMethodName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How an edit is made.
public final class EditOptions {
  @Option(
      names = "--method",
      paramLabel = "NAME",
      converter = MethodConverter.class,
      description =
          "shift (default: the forward-pass shift), gradient, imprint-only, shift-only, rome, memit, alphaedit, fine-tuning")
  private @Nullable EditMethodName method;

  @Option(
      names = "--layer",
      paramLabel = "L",
      description = "which layer, negatives from the end (default: searched)")
  private @Nullable Integer layer;

  @Option(
      names = "--step",
      paramLabel = "η",
      description = "of shift and gradient steps (default: the smallest that succeeds)")
  private @Nullable Double step;

  @Option(
      names = "--matrices",
      split = ",",
      paramLabel = "NAME",
      description =
          "of gradient: W_Q, W_K, W_V, W_O, W_gate, W_in, W_out (default: all of the layer)")
  private @Nullable List<String> matrices;

  @Option(
      names = "--span",
      paramLabel = "N",
      description = "layers that memit and alphaedit edit (default: 3)")
  private @Nullable Integer span;

  @Option(
      names = "--key",
      paramLabel = "NAME",
      description = "of shift: plain (default), centred, or whitened by the text")
  private @Nullable ShiftKey key;

  @Option(
      names = "--ridge",
      paramLabel = "R",
      description =
          "added to the text's second moment, as a share of its mean diagonal (default: 0.01)")
  private @Nullable Double ridge;

  @Option(names = "--weight", paramLabel = "λ", description = "of the text in memit (default: 1)")
  private @Nullable Double weight;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "most steps of rome, memit, alphaedit, fine-tuning (default: 25)")
  private @Nullable Integer steps;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      description = "text whose keys an edit keeps clear of (default: the model's default text)")
  private @Nullable String corpus;

  EditHow how() {
    return new EditHow(method, layer, step, matrices, span, key, ridge, weight, steps, corpus);
  }
}

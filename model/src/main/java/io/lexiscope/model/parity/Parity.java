package io.lexiscope.model.parity;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.ModelException;
import io.lexiscope.model.Run;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.generate.Generation;
import io.lexiscope.model.generate.GenerationException;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.weights.Safetensors;
import io.lexiscope.model.weights.TensorViews;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs the `input_ids` of a golden file and compares everything in the file that it knows:
/// `logits`, `hidden.l`, `attn_pattern.l`, `attn_out.l`, `mlp_out.l`, `greedy`, `last_hidden`,
/// `pooled`, `grad.<parameter>`, and hook points by their full names.
public final class Parity {
  private static final Pattern LAYERED =
      Pattern.compile("(hidden|attn_pattern|attn_out|mlp_out)\\.([0-9]+)");
  private static final String GRADIENT = "grad.";

  private final LanguageModel model;
  private final Safetensors golden;
  private final double tolerance;
  private final Map<String, Double> differences = new LinkedHashMap<>();
  private final List<String> unknown = new ArrayList<>();

  private Parity(LanguageModel model, Safetensors golden, double tolerance) {
    this.model = model;
    this.golden = golden;
    this.tolerance = tolerance;
  }

  /// Compares a model with a golden file.
  ///
  /// @param tolerance largest absolute difference allowed, such as 1e-4
  /// @throws io.lexiscope.model.weights.WeightsException if the file cannot be read
  /// @throws ModelException if it holds no `input_ids`
  public static ParityReport check(LanguageModel model, Path golden, double tolerance) {
    try (Arena arena = Arena.ofShared()) {
      return new Parity(model, Safetensors.open(golden, arena), tolerance).check();
    }
  }

  private ParityReport check() {
    TokenIds ids =
        ids("input_ids")
            .orElseThrow(
                () ->
                    new ModelException(
                        "parity: expected a tensor input_ids, got none in " + golden.file()));
    List<String> gradients =
        golden.names().stream().filter(name -> name.startsWith(GRADIENT)).toList();
    TensorScope.tidyRun(() -> compareForward(ids));
    ids("greedy").ifPresent(greedy -> compareGreedy(ids, greedy));
    if (!gradients.isEmpty()) {
      TensorScope.tidyRun(() -> compareGradients(ids, gradients));
    }
    boolean passed = differences.values().stream().allMatch(difference -> difference <= tolerance);
    return new ParityReport(passed && !differences.isEmpty(), tolerance, differences, unknown);
  }

  private Optional<TokenIds> ids(String name) {
    return golden
        .get(name)
        .map(
            stored ->
                TensorScope.tidy(
                    () -> {
                      long[] numbers = TensorViews.of(stored).toLongs();
                      int[] ids = new int[numbers.length];
                      Arrays.setAll(ids, i -> Math.toIntExact(numbers[i]));
                      return TokenIds.of(ids);
                    }));
  }

  private void compareForward(TokenIds ids) {
    Map<String, HookName> hookPoints = hookPoints();
    Map<String, HookName> places = new LinkedHashMap<>();
    for (String name : golden.names()) {
      Matcher matcher = LAYERED.matcher(name);
      if (matcher.matches()) {
        place(matcher.group(1), Integer.parseInt(matcher.group(2)))
            .ifPresent(place -> places.put(name, place));
      } else if (hookPoints.containsKey(name)) {
        places.put(name, hookPoints.get(name));
      }
    }
    try (Run run = model.run(ids, Recording.of(places.values()))) {
      for (String name : golden.names()) {
        if (places.containsKey(name)) {
          compare(name, run.activation(places.get(name)));
        } else if (name.equals("logits")) {
          compare(name, model.transformer().logits(run.last()));
        } else if (name.equals("last_hidden") || name.equals("hidden." + layers())) {
          compare(name, lastHidden(run));
        } else if (name.equals("pooled")) {
          compare(name, model.transformer().pooled(run.last()));
        } else if (!name.equals("input_ids")
            && !name.equals("greedy")
            && !name.startsWith(GRADIENT)) {
          unknown.add(name);
        }
      }
    }
  }

  /// The reference's last hidden state, which in OPT-350m is already projected to the embedding's
  /// width.
  private Tensor lastHidden(Run run) {
    boolean projected = model.architecture().embedding().width() != model.architecture().dModel();
    return projected ? model.transformer().beforeUnembedding(run.last()) : run.last();
  }

  private int layers() {
    return model.architecture().layers();
  }

  /// Every hook point of the model by its full name, as files of activations have them.
  private Map<String, HookName> hookPoints() {
    Map<String, HookName> names = new LinkedHashMap<>();
    for (HookPoint point : HookPoint.values()) {
      if (point.existsIn(model.architecture())) {
        for (int layer = 0; layer < (point.perLayer() ? layers() : 1); layer++) {
          HookName name = point.perLayer() ? point.at(layer) : point.once();
          names.put(name.toString(), name);
        }
      }
    }
    return names;
  }

  private Optional<HookName> place(String kind, int layer) {
    if (layer >= layers()) {
      return Optional.empty();
    }
    HookPoint point =
        switch (kind) {
          case "hidden" -> HookPoint.RESID_PRE;
          case "attn_pattern" -> HookPoint.PATTERN;
          case "attn_out" -> HookPoint.ATTN_MODULE_OUT;
          default -> HookPoint.MLP_MODULE_OUT;
        };
    return Optional.of(point.at(layer));
  }

  private void compareGreedy(TokenIds ids, TokenIds greedy) {
    Generation generation;
    try {
      generation =
          model.generator().generate(ids, Decoding.greedy(greedy.size() - offset(ids, greedy)));
    } catch (GenerationException refused) {
      if (differences.values().stream().allMatch(Double::isFinite)) {
        throw refused;
      }
      // No word follows from numbers that are none, so there is no count of wrong ones either.
      differences.put("greedy", Double.NaN);
      return;
    }
    TokenIds actual = offset(ids, greedy) == 0 ? generated(generation) : generation.ids();
    long wrong = 0;
    for (int i = 0; i < greedy.size(); i++) {
      wrong += actual.get(i) == greedy.get(i) ? 0 : 1;
    }
    differences.put("greedy", (double) wrong);
  }

  /// Some files hold the prompt before the continuation.
  private static int offset(TokenIds ids, TokenIds greedy) {
    return greedy.size() > ids.size() && greedy.slice(0, ids.size()).equals(ids) ? ids.size() : 0;
  }

  private static TokenIds generated(Generation generation) {
    return generation.ids().slice(generation.prompt().size(), generation.ids().size());
  }

  private void compareGradients(TokenIds ids, List<String> names) {
    List<String> known = new ArrayList<>();
    for (String name : names) {
      if (model.parameters().containsKey(name.substring(GRADIENT.length()))) {
        known.add(name.substring(GRADIENT.length()));
      } else {
        unknown.add(name);
      }
    }
    if (known.isEmpty()) {
      return;
    }
    try (Gradients gradients = new Gradients(model, ids, known)) {
      known.forEach(name -> compare(GRADIENT + name, gradients.of(name)));
    }
  }

  private void compare(String name, @Nullable Tensor actual) {
    double difference =
        TensorScope.tidy(
            () -> {
              Tensor expected = TensorViews.of(golden.get(name).orElseThrow());
              if (actual != null && !actual.shape().equals(expected.shape())) {
                throw new ModelException(
                    "parity: expected %s of shape %s, got %s in %s; the file is of another model"
                        .formatted(name, actual.shape(), expected.shape(), golden.file()));
              }
              if (actual == null) {
                return Double.POSITIVE_INFINITY;
              }
              double worst = actual.sub(expected.to(DType.FLOAT32)).abs().max().item();
              return Double.isNaN(worst) ? Double.POSITIVE_INFINITY : worst;
            });
    differences.put(name, difference);
  }
}

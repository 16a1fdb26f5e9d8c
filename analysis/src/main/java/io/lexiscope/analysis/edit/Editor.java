package io.lexiscope.analysis.edit;

import io.lexiscope.analysis.gradient.FactorGram;
import io.lexiscope.analysis.gradient.WeightUpdate;
import io.lexiscope.base.FloatVector;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.edit.EditException;
import io.lexiscope.model.edit.PatchOrigin;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.edit.PatchTerm;
import io.lexiscope.model.edit.WeightEdits;
import io.lexiscope.model.edit.WeightPatch;
import io.lexiscope.model.gradient.Backward;
import io.lexiscope.model.gradient.Loss;
import io.lexiscope.model.gradient.MatrixGradient;
import io.lexiscope.model.gradient.Taps;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Makes patches after which a model says something else.
///
/// ```java
/// TokenIds prompt = model.tokenizer().encode("The capital of Norway is").ids();
/// TokenIds target = model.tokenizer().encodeWithoutSpecial(" Paris").ids();
/// EditGoal goal = new EditGoal(prompt, target, List.of());
/// PatchStack patch =
///     Editor.of(model).edit(goal, new EditMethod.ForwardShift(4, 0.6, ShiftKey.PLAIN));
/// try (WeightEdits edits = WeightEdits.open(model.architecture(), patch)) {
///   model.with(edits).generate("The capital of Norway is", Decoding.greedy(3)).text();
/// }
/// ```
///
/// An edit of an edited view is made on top of what is laid over it.
public final class Editor {
  /// The one of AlphaEdit's `(… + I)⁻¹`, relative to the key.
  private static final double ALPHA_RIDGE = 1e-4;

  /// Added to the covariance that a key is divided by, as a share of its mean diagonal.
  private static final double WHITENING_RIDGE = 0.01;

  private final LanguageModel model;
  private final Map<Integer, KeyStatistics> keys;

  private Editor(LanguageModel model, Map<Integer, KeyStatistics> keys) {
    this.model = model;
    this.keys = Map.copyOf(keys);
  }

  /// Without a text: every direction of a key counts alike.
  public static Editor of(LanguageModel model) {
    return new Editor(model, Map.of());
  }

  /// With what a text's keys are like.
  ///
  /// @param keys by layer
  public static Editor of(LanguageModel model, Map<Integer, KeyStatistics> keys) {
    return new Editor(model, keys);
  }

  /// The same on another view of the model.
  public Editor on(LanguageModel view) {
    return new Editor(view, keys);
  }

  /// Makes an edit. Where the method has nothing to go by (a target that is certain already) the
  /// stack is empty.
  ///
  /// @throws EditException if a layer does not exist
  /// @throws io.lexiscope.model.gradient.GradientException if the target does not fit the prompt
  public PatchStack edit(EditGoal goal, EditMethod method) {
    return switch (method) {
      case EditMethod.ForwardShift shift -> forwardShift(goal, shift);
      case EditMethod.Gradient gradient -> gradient(goal, gradient);
      case EditMethod.Rome rome -> rome(goal, rome);
      case EditMethod.Memit memit -> memit(goal, memit);
      case EditMethod.AlphaEdit alpha -> alphaEdit(goal, alpha);
      case EditMethod.FineTuning tuning -> fineTuning(goal, tuning);
    };
  }

  private PatchStack memit(EditGoal goal, EditMethod.Memit memit) {
    PatchOrigin origin =
        origin(
            goal,
            memit.name(),
            Map.of(
                "layers", memit.layers().toString(),
                "weight", Double.toString(memit.weight()),
                "ridge", Double.toString(memit.ridge())));
    return spread(
        goal, memit.layers(), memit.value(), (layer, key) -> picked(memit, layer, key), origin);
  }

  /// `(λC + kᵀk)⁻¹k`, by Sherman and Morrison.
  private double[] picked(EditMethod.Memit memit, int layer, double[] key) {
    double[] u = of(layer).weighed(key, memit.ridge());
    return times(u, 1 / (memit.weight() + dot(key, u)));
  }

  private PatchStack alphaEdit(EditGoal goal, EditMethod.AlphaEdit alpha) {
    PatchOrigin origin =
        origin(
            goal,
            alpha.name(),
            Map.of("layers", alpha.layers().toString(), "share", Double.toString(alpha.share())));
    return spread(
        goal, alpha.layers(), alpha.value(), (layer, key) -> free(alpha, layer, key), origin);
  }

  /// `P·k ÷ (k·P·k + ridge)`, with P onto where the text's keys have least.
  private double[] free(EditMethod.AlphaEdit alpha, int layer, double[] key) {
    double[] free = of(layer).inWeakDirections(key, alpha.share());
    return times(free, 1 / Math.max(dot(key, free) + ALPHA_RIDGE * dot(key, key), 1e-30));
  }

  private KeyStatistics of(int layer) {
    KeyStatistics known = keys.get(layer);
    return known == null ? KeyStatistics.identity(model.architecture().dimensions().dMlp()) : known;
  }

  private void requireLayer(int layer) {
    if (layer < 0 || layer >= model.architecture().layers()) {
      throw new EditException(
          "edit: expected a layer from 0 to %d, got %d; choose one that is there"
              .formatted(model.architecture().layers() - 1, layer));
    }
  }

  private PatchOrigin origin(EditGoal goal, String method, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    String target = model.tokenizer().isPresent() ? text(goal.target()) : goal.target().toString();
    all.put(
        "prompt",
        model.tokenizer().isPresent()
            ? model.tokenizer().decode(goal.prompt())
            : goal.prompt().toString());
    all.put("target", target);
    long counted = keys.values().stream().mapToLong(KeyStatistics::count).max().orElse(0);
    all.put("keys", counted == 0 ? "identity" : counted + " positions of a text");
    return new PatchOrigin(target, method, model.identity().key(), all);
  }

  private String text(TokenIds ids) {
    return ids.stream().mapToObj(model.tokenizer()::display).reduce("", String::concat);
  }

  private PatchStack forwardShift(EditGoal goal, EditMethod.ForwardShift shift) {
    requireLayer(shift.layer());
    double[] key = key(model, goal, shift.layer(), goal.prompt().size() - 1);
    double[] own =
        switch (shift.key()) {
          case PLAIN -> key;
          case CENTRED -> of(shift.layer()).centred(key);
          case WHITENED ->
              of(shift.layer()).whitened(of(shift.layer()).centred(key), WHITENING_RIDGE);
        };
    double picked = dot(key, own);
    if (!(picked > 0)) {
      return PatchStack.none();
    }
    double[] input = times(own, shift.step() * dot(key, key) / picked);
    double[] row =
        TensorScope.tidy(
            () ->
                Tensors.doubles(
                    model
                        .transformer()
                        .unembedding()
                        .weight()
                        .select(0, goal.target().get(0))
                        .to(DType.FLOAT64)));
    return stack(
        MatrixKind.W_OUT.at(shift.layer()),
        input,
        row,
        origin(
            goal,
            shift.name(),
            Map.of(
                "layer", Integer.toString(shift.layer()),
                "step", Double.toString(shift.step()))));
  }

  private PatchStack gradient(EditGoal goal, EditMethod.Gradient method) {
    method.matrices().forEach(name -> requireLayer(name.layer()));
    Set<MatrixName> taps = new LinkedHashSet<>(method.matrices());
    PatchOrigin origin =
        origin(
            goal,
            method.name(),
            Map.of(
                "matrices", method.matrices().toString(),
                "step", Double.toString(method.step())));
    return TensorScope.tidy(
        () -> {
          try (Backward backward =
              Backward.of(
                  model,
                  goal.prompt(),
                  new Loss.Continuation(goal.target()),
                  new Taps(taps, Set.of()))) {
            return WeightUpdate.of(backward, method.matrices(), method.step(), origin);
          }
        });
  }

  private PatchStack rome(EditGoal goal, EditMethod.Rome method) {
    int layer = method.layer();
    requireLayer(layer);
    double[] key = key(model, goal, layer, goal.lookup());
    HookName out = HookPoint.MLP_MODULE_OUT.at(layer);
    double[] change = new ValueFinder(model, goal, out, method.value()).find(bound(goal, out));
    double[] u = of(layer).weighed(key, method.ridge());
    return stack(
        MatrixKind.W_OUT.at(layer),
        times(u, 1 / dot(key, u)),
        change,
        origin(
            goal,
            method.name(),
            Map.of(
                "layer",
                Integer.toString(layer),
                "ridge",
                Double.toString(method.ridge()),
                "prefixes",
                "none",
                "essence",
                "none")));
  }

  /// What is at a place at the subject's last token, lengthened to a quarter of the stream where
  /// the module gives next to nothing there.
  private double[] bound(EditGoal goal, HookName place) {
    HookName stream = HookPoint.RESID_POST.at(place.layer().orElseThrow());
    double[] own = value(model, goal, place);
    double[] whole = value(model, goal, stream);
    double length = ValueFinder.length(own);
    double quarter = ValueFinder.length(whole) / 4;
    return length >= quarter || length == 0 ? own : times(own, quarter / length);
  }

  /// How a key becomes what a patch picks up.
  @FunctionalInterface
  private interface Weighing {
    double[] of(int layer, double[] key);
  }

  private PatchStack spread(
      EditGoal goal,
      List<Integer> layers,
      EditMethod.ValueSearch search,
      Weighing weighing,
      PatchOrigin origin) {
    layers.forEach(this::requireLayer);
    if (model.architecture().block().wiring() == Wiring.OUTPUT_NORM
        || model.architecture().block().wiring() == Wiring.SANDWICH) {
      throw new EditException(
          "edit: expected a model that adds what W_out gives to the stream, got family %s, which norms it first; use rome or forward-shift"
              .formatted(model.architecture().family()));
    }
    HookName end = HookPoint.RESID_POST.at(layers.getLast());
    double[] before = value(model, goal, end);
    double[] wanted = before.clone();
    add(wanted, new ValueFinder(model, goal, end, search).find(before));
    PatchStack all = PatchStack.none();
    for (int i = 0; i < layers.size(); i++) {
      int layer = layers.get(i);
      try (WeightEdits edits = WeightEdits.open(model.architecture(), all)) {
        LanguageModel view = model.with(edits);
        double[] key = key(view, goal, layer, goal.lookup());
        double[] left = wanted.clone();
        add(left, times(value(view, goal, end), -1));
        all =
            all.and(
                stack(
                    MatrixKind.W_OUT.at(layer),
                    weighing.of(layer, key),
                    times(left, 1.0 / (layers.size() - i)),
                    origin));
      }
    }
    return all;
  }

  /// What enters a matrix does not change when only it is edited: all steps share their inputs.
  private PatchStack fineTuning(EditGoal goal, EditMethod.FineTuning method) {
    requireLayer(method.layer());
    MatrixName name = MatrixKind.W_OUT.at(method.layer());
    PatchOrigin origin =
        origin(
            goal,
            method.name(),
            Map.of(
                "layer", Integer.toString(method.layer()),
                "steps", Integer.toString(method.steps()),
                "rate", Double.toString(method.rate())));
    PatchStack laid = PatchStack.none();
    for (int step = 0; step < method.steps(); step++) {
      PatchStack below = laid;
      PatchStack next =
          TensorScope.tidy(
              () -> {
                try (WeightEdits edits = WeightEdits.open(model.architecture(), below);
                    Backward backward =
                        Backward.of(
                            model.with(edits),
                            goal.prompt(),
                            new Loss.Continuation(goal.target()),
                            Taps.at(name))) {
                  double p = Math.exp(-backward.loss() / goal.target().size());
                  MatrixGradient gradient = backward.at(name);
                  double square = FactorGram.of(gradient).norm();
                  return p >= method.enough() || square == 0
                      ? below
                      : joined(
                          below,
                          WeightUpdate.of(
                              backward,
                              List.of(name),
                              method.rate() * backward.loss() / (square * square),
                              origin));
                }
              });
      if (next.equals(laid)) {
        return laid;
      }
      laid = next;
    }
    return laid;
  }

  /// Two patches of one matrix with the same inputs as one.
  private static PatchStack joined(PatchStack first, PatchStack second) {
    if (first.isEmpty() || second.isEmpty()) {
      return first.and(second);
    }
    WeightPatch a = first.patches().getFirst();
    WeightPatch b = second.patches().getFirst();
    List<PatchTerm> terms = new ArrayList<>();
    for (int i = 0; i < a.rank(); i++) {
      if (b.rank() != a.rank() || !a.terms().get(i).input().equals(b.terms().get(i).input())) {
        return first.and(second);
      }
      float[] sum = a.terms().get(i).output().toArray();
      float[] more = b.terms().get(i).output().toArray();
      for (int j = 0; j < sum.length; j++) {
        sum[j] += more[j];
      }
      terms.add(new PatchTerm(a.terms().get(i).input(), FloatVector.of(sum)));
    }
    return PatchStack.of(new WeightPatch(a.target(), terms, a.origin()));
  }

  private static double[] key(LanguageModel view, EditGoal goal, int layer, int position) {
    return at(view, goal, HookPoint.MLP_POST.at(layer), position);
  }

  private static double[] value(LanguageModel view, EditGoal goal, HookName place) {
    return at(view, goal, place, goal.lookup());
  }

  private static double[] at(LanguageModel view, EditGoal goal, HookName place, int position) {
    return TensorScope.tidy(
        () -> {
          try (Run run = view.run(goal.prompt(), Recording.of(List.of(place)))) {
            Tensor row = run.activation(place, position);
            return Tensors.doubles(row);
          }
        });
  }

  private static PatchStack stack(
      MatrixName name, double[] input, double[] output, PatchOrigin origin) {
    return PatchStack.of(
        new WeightPatch(name, List.of(new PatchTerm(floats(input), floats(output))), origin));
  }

  private static FloatVector floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return FloatVector.of(floats);
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] times(double[] vector, double factor) {
    double[] scaled = new double[vector.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = vector[i] * factor;
    }
    return scaled;
  }

  private static void add(double[] to, double[] more) {
    for (int i = 0; i < to.length; i++) {
      to[i] += more[i];
    }
  }
}

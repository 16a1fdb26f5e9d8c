package io.lexiscope.workbench.edits;

import io.lexiscope.analysis.edit.EditMethod;
import io.lexiscope.analysis.edit.Editor;
import io.lexiscope.analysis.edit.KeyStatistics;
import io.lexiscope.analysis.edit.ShiftKey;
import io.lexiscope.analysis.gradient.MatrixNames;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.corpus.DefaultText;
import io.lexiscope.workbench.corpus.TextFiles;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.job.WorkTurn;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Settings of a request as methods of the library.
///
/// @param verb what is asked, for messages
/// @param model what is edited
/// @param how the settings
record EditMethods(String verb, LanguageModel model, EditHow how) {
  private static final int STANDARD_SPAN = 3;
  private static final double STANDARD_RIDGE = 0.01;
  private static final double STANDARD_SHARE = 0.02;
  private static final int STANDARD_STEPS = 25;
  private static final double FINE_TUNING_RATE = 0.2;
  private static final double ENOUGH = 0.95;

  /// Positions of a text that key statistics are taken over, at most.
  private static final int MOST_POSITIONS = 1 << 16;

  /// Checks the numbers.
  EditMethods {
    positive("step", how.step());
    positive("ridge", how.ridge());
    positive("weight", how.weight());
    Integer steps = how.steps();
    if (steps != null && (steps < 1 || steps > 1000)) {
      throw WorkbenchException.misuse(
          "steps",
          "%s: expected 1 to 1000 in steps, got %d; leave it out for 25".formatted(verb, steps));
    }
    Integer span = how.span();
    if (span != null && span < 1) {
      throw WorkbenchException.misuse(
          "span",
          "%s: expected 1 layer or more in span, got %d; leave it out for 3".formatted(verb, span));
    }
  }

  private void positive(String field, @Nullable Double number) {
    if (number != null && !(number > 0 && Double.isFinite(number))) {
      throw WorkbenchException.misuse(
          field,
          "%s: expected a number above 0 in %s, got %s; leave it out for the standard"
              .formatted(verb, field, number));
    }
  }

  /// Which method.
  EditMethodName name() {
    return Objects.requireNonNullElse(how.method(), EditMethodName.SHIFT);
  }

  /// The layer asked for, from 0; null where it is to be searched.
  @Nullable Integer layer() {
    Integer layer = how.layer();
    if (layer == null) {
      return null;
    }
    int layers = model.architecture().layers();
    if (layer < -layers || layer >= layers) {
      throw WorkbenchException.invalid(
          "layer",
          "%s: expected a layer from %d to %d, got %d; leave it out to search"
              .formatted(verb, -layers, layers - 1, layer));
    }
    return Math.floorMod(layer, layers);
  }

  /// The layers that may be searched.
  List<Integer> layers() {
    Integer layer = layer();
    return layer != null
        ? List.of(layer)
        : IntStream.range(0, model.architecture().layers()).boxed().toList();
  }

  /// The method at a layer.
  ///
  /// @param step of methods that have one
  EditMethod at(int layer, double step) {
    int steps = Objects.requireNonNullElse(how.steps(), STANDARD_STEPS);
    EditMethod.ValueSearch standard = EditMethod.ValueSearch.standard();
    var value =
        new EditMethod.ValueSearch(steps, standard.rate(), standard.enough(), standard.longest());
    double ridge = Objects.requireNonNullElse(how.ridge(), STANDARD_RIDGE);
    return switch (name()) {
      case SHIFT ->
          new EditMethod.ForwardShift(
              layer, step, Objects.requireNonNullElse(how.key(), ShiftKey.PLAIN));
      case GRADIENT -> new EditMethod.Gradient("gradient", matrices(layer), step);
      case IMPRINT_ONLY -> new EditMethod.Gradient("imprint-only", into(layer), step);
      case SHIFT_ONLY ->
          new EditMethod.Gradient("shift-only", List.of(MatrixKind.W_OUT.at(layer)), step);
      case ROME -> new EditMethod.Rome(layer, value, ridge);
      case MEMIT ->
          new EditMethod.Memit(
              span(layer), value, Objects.requireNonNullElse(how.weight(), 1.0), ridge);
      case ALPHA_EDIT -> new EditMethod.AlphaEdit(span(layer), value, STANDARD_SHARE);
      case FINE_TUNING -> new EditMethod.FineTuning(layer, steps, FINE_TUNING_RATE, ENOUGH);
    };
  }

  private List<Integer> span(int last) {
    int span = Objects.requireNonNullElse(how.span(), STANDARD_SPAN);
    return IntStream.rangeClosed(Math.max(0, last - span + 1), last).boxed().toList();
  }

  private List<MatrixName> into(int layer) {
    Architecture architecture = model.architecture();
    return MatrixKind.W_GATE.existsIn(architecture)
        ? List.of(MatrixKind.W_GATE.at(layer), MatrixKind.W_IN.at(layer))
        : List.of(MatrixKind.W_IN.at(layer));
  }

  private List<MatrixName> matrices(int layer) {
    List<MatrixKind> there =
        Arrays.stream(MatrixKind.values())
            .filter(kind -> kind.existsIn(model.architecture()))
            .toList();
    List<String> asked = how.matrices();
    if (asked == null || asked.isEmpty()) {
      return there.stream().map(kind -> kind.at(layer)).toList();
    }
    return asked.stream()
        .map(
            name ->
                MatrixNames.kind(name)
                    .filter(there::contains)
                    .orElseThrow(
                        () ->
                            WorkbenchException.invalid(
                                "matrices",
                                "%s: expected some of %s, got %s; leave the list out for all"
                                    .formatted(
                                        verb, there.stream().map(MatrixNames::of).toList(), name)))
                    .at(layer))
        .toList();
  }

  /// An editor that knows the keys of the text, where the method needs them at some layers.
  Editor editor(List<Integer> layers, Work work) {
    TreeSet<Integer> weighed = new TreeSet<>();
    layers.forEach(layer -> weighed.addAll(at(layer, 1).weighs()));
    if (weighed.isEmpty()) {
      return Editor.of(model);
    }
    List<TokenIds> texts = texts();
    Map<Integer, KeyStatistics> keys =
        texts.isEmpty()
            ? Map.of()
            : KeyStatistics.of(model, List.copyOf(weighed), texts, new WorkTurn(work));
    return Editor.of(model, keys);
  }

  private List<TokenIds> texts() {
    String corpus = how.corpus();
    if (corpus == null) {
      return DefaultText.of(model).texts().stream().filter(text -> text.size() > 1).toList();
    }
    int length = Math.min(model.architecture().dimensions().context(), 128);
    return switch (TextFiles.content(verb, "corpus", corpus)) {
      case TextFiles.Content.Running(String text) ->
          KeyStatistics.pieces(
              model.tokenizer().encodeWithoutSpecial(text).ids(), length, MOST_POSITIONS / length);
      case TextFiles.Content.Prompts(List<String> prompts) ->
          prompts.stream()
              .map(prompt -> model.tokenizer().encode(prompt).ids())
              .filter(ids -> ids.size() > 1)
              .map(ids -> ids.slice(0, Math.min(ids.size(), length)))
              .limit(MOST_POSITIONS / 8)
              .toList();
    };
  }

  /// A text whose perplexity tells what an edit spoils: the default text's first positions.
  static TokenIds spoiled(LanguageModel model, int positions) {
    List<TokenIds> texts = DefaultText.of(model).texts();
    TokenIds all = TokenIds.of();
    for (TokenIds text : texts) {
      if (all.size() >= positions) {
        break;
      }
      all = all.plus(text);
    }
    return all.slice(0, Math.min(positions, all.size()));
  }
}

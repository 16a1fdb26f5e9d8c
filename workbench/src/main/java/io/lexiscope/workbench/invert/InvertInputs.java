package io.lexiscope.workbench.invert;

import io.lexiscope.analysis.inversion.ActivationMetric;
import io.lexiscope.analysis.inversion.FeatureSet;
import io.lexiscope.analysis.inversion.InputGrammar;
import io.lexiscope.analysis.inversion.InputSpace;
import io.lexiscope.analysis.inversion.ListedSpace;
import io.lexiscope.analysis.inversion.MatchedPosition;
import io.lexiscope.analysis.inversion.ProductSpace;
import io.lexiscope.analysis.inversion.RegexFeatures;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.corpus.DefaultText;
import io.lexiscope.workbench.corpus.TextFiles;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where members are looked for, at which position, and what is said of each.
///
/// @param reader how
/// @param among in words
/// @param space the inputs
/// @param where at which position of each
/// @param features what can be said of each
record InvertInputs(
    InvertReader reader,
    String among,
    InputSpace space,
    MatchedPosition where,
    FeatureSet features) {
  private static final int STANDARD_DRAWS = 20_000;
  private static final int MOST_DRAWS = 2_000_000;

  /// A space and what it is.
  private record Found(InvertReader reader, String among, InputSpace space) {}

  /// Finds out what a request asks for.
  ///
  /// @param query its tokens
  /// @param position of the query, from 0
  static InvertInputs of(InvertRequest request, LanguageModel model, TokenIds query, int position) {
    String text = text(model, query);
    InputGrammar grammar = InputGrammar.of(model).filter(known -> known.reads(text)).orElse(null);
    Found found = found(request, model, grammar, text);
    if (request.search().metric() == ActivationMetric.KL) {
      found = sample(found, request);
    }
    FeatureSet features = grammar == null ? FeatureSet.none() : grammar.features(text);
    for (String expression :
        Objects.requireNonNullElse(request.readout().features(), List.<String>of())) {
      features = features.and(RegexFeatures.of(expression));
    }
    return new InvertInputs(
        found.reader(),
        found.among(),
        found.space(),
        where(request, grammar, found.space(), query, position),
        features);
  }

  /// What the tokens read, special ones written out.
  static String text(LanguageModel model, TokenIds ids) {
    StringBuilder text = new StringBuilder();
    ids.stream().forEach(id -> text.append(model.tokenizer().display(id)));
    return text.toString();
  }

  private static Found found(
      InvertRequest request, LanguageModel model, @Nullable InputGrammar grammar, String text) {
    InvertSearch search = request.search();
    String pattern = search.inputs();
    String data = search.data();
    InvertReader asked = search.reader();
    if (pattern != null && data != null) {
      throw WorkbenchException.misuse(
          "data", "invert: expected a pattern of inputs or a file, got both; leave one out");
    }
    if (pattern != null) {
      require(asked, InvertReader.EXACT, "a pattern");
      return new Found(
          InvertReader.EXACT,
          "all inputs of " + pattern,
          ProductSpace.of(pattern, model.tokenizer()));
    }
    if (data != null) {
      require(asked, InvertReader.CORPUS, "a file");
      return new Found(InvertReader.CORPUS, data, new ListedSpace(read(model, data)));
    }
    boolean whole = grammar != null && grammar.isAligned();
    if (asked == InvertReader.EXACT && grammar == null) {
      throw WorkbenchException.invalid(
          "reader",
          "invert: expected inputs that can all be gone through, got a model without a known task; give a pattern of them (--inputs), or look in a corpus");
    }
    if (grammar != null && (asked == InvertReader.EXACT || (asked == null && whole))) {
      return new Found(
          InvertReader.EXACT,
          "all inputs of the task " + grammar.name(),
          grammar.whole(model.tokenizer(), text));
    }
    int draws = draws(request);
    if (grammar != null) {
      List<TokenIds> drawn =
          grammar.draw(text, draws, seed(request)).stream()
              .map(input -> model.tokenizer().encode(input).ids())
              .toList();
      return new Found(
          InvertReader.CORPUS,
          "%,d inputs of the task %s, drawn".formatted(draws, grammar.name()),
          new ListedSpace(drawn));
    }
    DefaultText standard = DefaultText.of(model);
    return new Found(
        InvertReader.CORPUS,
        standard.name(),
        new ListedSpace(standard.texts().stream().filter(ids -> !ids.isEmpty()).toList()));
  }

  private static void require(@Nullable InvertReader asked, InvertReader only, String given) {
    if (asked != null && asked != only) {
      throw WorkbenchException.misuse(
          "reader",
          "invert: expected the method %s with %s, got %s; leave one out"
              .formatted(lower(only), given, lower(asked)));
    }
  }

  private static String lower(InvertReader reader) {
    return reader.name().toLowerCase(Locale.ROOT);
  }

  private static List<TokenIds> read(LanguageModel model, String data) {
    List<String> texts =
        switch (TextFiles.content("invert", "data", data)) {
          case TextFiles.Content.Prompts prompts -> prompts.prompts();
          case TextFiles.Content.Running running ->
              Stream.of(running.text().split("\\R", -1)).filter(line -> !line.isBlank()).toList();
        };
    int context = model.architecture().dimensions().context();
    List<TokenIds> inputs =
        texts.stream()
            .map(text -> model.tokenizer().encode(text).ids())
            .map(ids -> ids.slice(0, Math.min(ids.size(), context)))
            .filter(ids -> !ids.isEmpty())
            .toList();
    if (inputs.isEmpty()) {
      throw WorkbenchException.invalid(
          "data", "invert: expected inputs in the file, one a line, got none in " + data);
    }
    return inputs;
  }

  /// Every distance by the output takes a run, so that of a large space some are drawn.
  private static Found sample(Found found, InvertRequest request) {
    int wanted = request.draws() == null ? 2_000 : draws(request);
    if (found.space().size() <= wanted) {
      return found;
    }
    RandomGenerator random = Seeded.LXM.from(seed(request));
    List<TokenIds> drawn =
        IntStream.range(0, wanted)
            .mapToObj(_ -> found.space().input(random.nextInt(found.space().size())))
            .toList();
    return new Found(
        InvertReader.CORPUS,
        "%,d drawn of %s".formatted(wanted, found.among()),
        new ListedSpace(drawn));
  }

  private static int draws(InvertRequest request) {
    int draws = request.draws() == null ? STANDARD_DRAWS : request.draws();
    if (draws < 1 || draws > MOST_DRAWS) {
      throw WorkbenchException.misuse(
          "draws", "invert: expected 1 to %,d draws, got %d".formatted(MOST_DRAWS, draws));
    }
    return draws;
  }

  static long seed(InvertRequest request) {
    return request.seed() == null ? 0 : request.seed();
  }

  /// Counted from the start where all inputs have one length or the same parts there, else from the
  /// end.
  private static MatchedPosition where(
      InvertRequest request,
      @Nullable InputGrammar grammar,
      InputSpace space,
      TokenIds query,
      int position) {
    if (request.site().match() == PositionMatch.ANY) {
      return new MatchedPosition.Any();
    }
    boolean aligned = space instanceof ProductSpace || (grammar != null && grammar.isAligned());
    return aligned
        ? new MatchedPosition.FromStart(position)
        : new MatchedPosition.FromEnd(position - query.size());
  }
}

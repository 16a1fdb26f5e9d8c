package io.lexiscope.workbench.generate;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.generate.Generation;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.workbench.ask.DecodingOptions;
import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.exit.ExitRules;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.GeneratedToken;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.OpenModel;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Continues a prompt and reports each token as it comes.
public final class GenerateUseCase implements UseCase<GenerateRequest, GenerateResult> {
  private static final int STANDARD_LENGTH = 20;
  private static final int MOST_BEAMS = 256;

  private final ModelShelf shelf;

  private GenerateUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `generate`.
  public static Feature<GenerateRequest, GenerateResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads("generate", "A continuation of a prompt."),
        GenerateRequest.class,
        new GenerateUseCase(shelf),
        result -> List.of(ResultFile.csv("tokens.csv", () -> GenerateCsv.write(result))));
  }

  @Override
  public GenerateResult answer(GenerateRequest request, Work work) {
    var wanted = request.n() == null ? STANDARD_LENGTH : request.n();
    if (wanted < 0) {
      throw WorkbenchException.misuse(
          "n", "generate: expected 0 or more tokens in n, got " + wanted);
    }
    try (var open = shelf.use(request.choice())) {
      var ids = Prompts.idsWithinContext("generate", open.model(), request.prompt());
      var model = InterventionSpecs.apply(open, request.interventions(), work);
      var room = Prompts.room(model, ids.size());
      InterventionSpecs.requireMet(model, ids.size(), ids.size() + Math.min(wanted, room));
      var stopAt = stopAt(model, request);
      var decoding =
          new Decoding(
              Math.min(wanted, room), strategy(request.decoding()), stopAt, /* alternatives= */ 0);
      var exit = ExitRules.of(request.decoding(), open);
      var leaving = exit == null ? decoding : decoding.leaving(exit.early());
      var growth = new Growth(model, ids, work, decoding.tokens());
      var generation = work.pass(() -> model.generator().generate(ids, leaving, growth::add));
      work.checkCancelled();
      var report =
          exit == null
              ? null
              : EarlyExitReports.of(exit, model, decoding, generation, growth.tokens, work);
      return result(request, open, generation, growth, wanted, stopAt, report);
    }
  }

  private static GenerateResult result(
      GenerateRequest request,
      OpenModel open,
      Generation generation,
      Growth growth,
      int wanted,
      Set<Integer> stopAt,
      @Nullable EarlyExitReport report) {
    var tokenizer = open.model().tokenizer();
    var prompt = prompt(request, tokenizer, generation);
    var steps = generation.tokens();
    var ended = !steps.isEmpty() && stopAt.contains(steps.getLast().id());
    var notFinite = growth.notFinite();
    var sampled =
        strategy(request.decoding()) instanceof Decoding.Strategy.Sampled drawn
            ? Long.valueOf(drawn.seed())
            : null;
    return new GenerateResult(
        Prompts.header(
            open,
            generation.prompt(),
            generation.prompt().size() + steps.size(),
            sampled,
            notFinite),
        prompt,
        request.prompt().wrapped()
            ? tokenizer.decodeWithSpecial(generation.ids())
            : growth.text(prompt, generation),
        growth.tokens,
        growth.tokensPerSecond(generation),
        ended
            ? StopReason.END_OF_TEXT
            : steps.size() < wanted ? StopReason.CONTEXT_FULL : StopReason.LENGTH,
        report);
  }

  private static String prompt(
      GenerateRequest request, Tokenizer tokenizer, Generation generation) {
    var text = request.prompt().text();
    if (request.prompt().wrapped()) {
      return tokenizer.decodeWithSpecial(generation.prompt());
    }
    return text != null ? text : tokenizer.isPresent() ? tokenizer.decode(generation.prompt()) : "";
  }

  /// An answer in a chat ends where the model ends it, unless it is told to go on.
  private static Set<Integer> stopAt(LanguageModel model, GenerateRequest request) {
    var ends = request.prompt().wrapped() && request.decoding().stopAtEnd() == null;
    return ends ? model.endTokens() : stopAt(model, request.decoding());
  }

  /// The ids that end a continuation.
  public static Set<Integer> stopAt(LanguageModel model, DecodingOptions decoding) {
    if (!Boolean.TRUE.equals(decoding.stopAtEnd())) {
      return Set.of();
    }
    var end = model.endTokens();
    if (end.isEmpty()) {
      throw WorkbenchException.invalid(
          "stopAtEnd",
          "generate: expected a model with an end token in its files, got one without; leave stopAtEnd out");
    }
    return end;
  }

  /// How the next token is chosen.
  public static Decoding.Strategy strategy(DecodingOptions decoding) {
    var temperature = decoding.temperature();
    if (decoding.beams() != null) {
      if (decoding.beams() < 1 || decoding.beams() > MOST_BEAMS) {
        throw WorkbenchException.misuse(
            "beams",
            "generate: expected 1 to %d beams, got %d".formatted(MOST_BEAMS, decoding.beams()));
      }
      if ((temperature != null && temperature != 0) || hasCut(decoding)) {
        throw WorkbenchException.misuse(
            "beams",
            "generate: expected beams or sampling, got both; leave out temperature, topK and topP");
      }
      return new Decoding.Strategy.Beams(decoding.beams());
    }
    if (temperature != null && !(temperature >= 0 && Double.isFinite(temperature))) {
      throw WorkbenchException.misuse(
          "temperature", "generate: expected a temperature of 0 or more, got " + temperature);
    }
    if (decoding.topK() != null && decoding.topK() < 1) {
      throw WorkbenchException.misuse(
          "topK", "generate: expected 1 or more in topK, got " + decoding.topK());
    }
    if (decoding.topP() != null && !(decoding.topP() > 0 && decoding.topP() <= 1)) {
      throw WorkbenchException.misuse(
          "topP", "generate: expected above 0 and up to 1 in topP, got " + decoding.topP());
    }
    var sampled = temperature == null ? hasCut(decoding) : temperature != 0;
    if (!sampled) {
      if (hasCut(decoding)) {
        throw WorkbenchException.misuse(
            "temperature",
            "generate: expected a temperature above 0 with topK or topP, got 0; leave them out for greedy");
      }
      return new Decoding.Strategy.Greedy();
    }
    return new Decoding.Strategy.Sampled(
        temperature == null ? 1 : temperature,
        decoding.topK() == null ? 0 : decoding.topK(),
        decoding.topP() == null ? 1 : decoding.topP(),
        decoding.seed() == null ? 0 : decoding.seed());
  }

  private static boolean hasCut(DecodingOptions decoding) {
    return decoding.topK() != null || decoding.topP() != null;
  }

  /// Follows a continuation token by token.
  private static final class Growth {
    private final Work work;
    private final int total;
    private final List<GeneratedToken> tokens = new ArrayList<>();
    private final GrowingText text;
    private long firstNanos;
    private long lastNanos;

    private Growth(LanguageModel model, TokenIds prompt, Work work, int total) {
      this.work = work;
      this.total = total;
      this.text = new GrowingText(model.tokenizer(), prompt);
    }

    private boolean add(Generation.Step step) {
      lastNanos = System.nanoTime();
      if (tokens.isEmpty()) {
        firstNanos = lastNanos;
      }
      var token = text.token(step);
      tokens.add(token);
      work.token(token);
      work.progress(tokens.size(), total, "tokens");
      work.letOthersPass();
      return true;
    }

    /// Prompt and continuation; special tokens of a continuation are written out.
    private String text(String prompt, Generation generation) {
      return tokens.stream().anyMatch(token -> token.special() != null)
          ? prompt + tokens.stream().map(GeneratedToken::text).collect(Collectors.joining())
          : generation.text();
    }

    private double tokensPerSecond(Generation generation) {
      return tokens.size() > 1 && lastNanos > firstNanos
          ? (tokens.size() - 1) / ((lastNanos - firstNanos) / 1e9)
          : generation.tokensPerSecond();
    }

    private List<NotFinite> notFinite() {
      var bad = tokens.stream().filter(token -> !Double.isFinite(token.probability())).count();
      return bad == 0
          ? List.of()
          : List.of(
              new NotFinite("logits", /* layer= */ null, text.length() - tokens.size() - 1, bad));
    }
  }
}

package io.lexiscope.cli.search;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.search.SearchBy;
import io.lexiscope.workbench.search.SearchHit;
import io.lexiscope.workbench.search.SearchRanking;
import io.lexiscope.workbench.search.SearchRequest;
import io.lexiscope.workbench.search.SearchResult;
import io.lexiscope.workbench.search.SearchWord;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// `search`: which vectors promote or suppress words.
@Command(
    name = "search",
    description =
        "Neurons, and with kind: or like: head directions and biases, by the words they promote or suppress.",
    footer = {
      "",
      "A word is any single token that reads so, in any case, with or without a space before it; in",
      "double quotes, or as #id, exactly this token. Every word must hold:",
      "  fire, promotes:fire,burn      it stands above the vector's mean, among its first 300 words",
      "  suppresses:water              it stands below, among its last 300",
      "  like:L3N812                   ranked by cosine with that vector, among vectors of every kind",
      "  layer:2-4  kind:neuron|head|bias|any  norm:>3  rate:>0.01  sign:+|-|both  top:fire  bottom:water",
      "Examples:",
      "  lexiscope search fire",
      "  lexiscope search promotes:fire,burn suppresses:water layer:2-4",
      "  lexiscope search like:L3N812 kind:neuron -n 5",
      "The index is built on first use; `lexiscope index` builds it ahead, with firing rates."
    })
public final class SearchCommand extends WorkbenchCommand<SearchResult> {
  @Parameters(arity = "0..*", paramLabel = "WORDS", description = "words and conditions")
  private List<String> words = List.of();

  @Option(
      names = "--tokens",
      split = ",",
      paramLabel = "ID",
      description = "ids of tokens to be promoted, exactly these")
  private @Nullable List<Integer> tokens;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "most hits (default: 20)")
  private @Nullable Integer limit;

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "words of each hit, at each end (default: 10; 5 in the table)")
  private @Nullable Integer top;

  @Option(
      names = "--by",
      paramLabel = "SCORE",
      description =
          "vector (default: above the vector's mean over the vocabulary, in its standard deviations) or raw (the product e_w·v)",
      converter = SearchByConverter.class)
  private @Nullable SearchBy by;

  @Option(
      names = "--weaker",
      description = "also vectors in whose own list the word stands beyond 300")
  private boolean weaker;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      description =
          "read the firing rates that `lexiscope index --corpus FILE` measured on a text of yours")
  private @Nullable Path corpus;

  public SearchCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  /// Reads the name it has in JSON.
  private static final class SearchByConverter implements ITypeConverter<SearchBy> {
    @Override
    public SearchBy convert(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "vector" -> SearchBy.VECTOR;
        case "raw" -> SearchBy.RAW;
        default -> throw new TypeConversionException("expected vector or raw, got " + name);
      };
    }
  }

  @Override
  protected Request<SearchResult> request() {
    if (words.isEmpty() && (tokens == null || tokens.isEmpty())) {
      throw new UsageException(
          "search: expected words, got none; try lexiscope search promotes:fire layer:2-4");
    }
    return new SearchRequest(
        model.choice(),
        words.isEmpty() ? null : query(),
        tokens,
        limit,
        top == null && !output.json() ? Integer.valueOf(5) : top,
        by,
        weaker ? Boolean.TRUE : null,
        corpus == null ? null : String.valueOf(corpus.getFileName()));
  }

  /// An argument of several that has a space of its own is one exact word.
  private String query() {
    if (words.size() == 1) {
      return words.getFirst();
    }
    return words.stream()
        .map(word -> word.startsWith(" ") && word.indexOf('"') < 0 ? '"' + word + '"' : word)
        .collect(Collectors.joining(" "));
  }

  @Override
  protected String text(SearchResult result, int columns) {
    StringBuilder text = new StringBuilder();
    boolean cosine = result.ranking() == SearchRanking.COSINE;
    boolean rates = result.hits().stream().anyMatch(hit -> hit.rate() != null);
    boolean words = result.hits().stream().anyMatch(hit -> !hit.words().isEmpty());
    TextTable table =
        rates
            ? new TextTable(
                "vector",
                cosine ? ">cosine" : ">score",
                "matched",
                ">norm",
                ">fires",
                "promotes",
                "suppresses")
            : new TextTable(
                "vector",
                cosine ? ">cosine" : ">score",
                "matched",
                ">norm",
                "promotes",
                "suppresses");
    for (SearchHit hit : result.hits()) {
      String score = String.format(Locale.ROOT, "%+.3f", hit.score());
      String matched = words ? matched(hit) : "–";
      String norm = String.format(Locale.ROOT, "%.2f", hit.norm());
      if (rates) {
        Double rate = hit.rate();
        table.row(
            hit.label(),
            score,
            matched,
            norm,
            rate == null ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * rate),
            tokens(hit.top()),
            tokens(hit.bottom()));
      } else {
        table.row(hit.label(), score, matched, norm, tokens(hit.top()), tokens(hit.bottom()));
      }
    }
    if (result.hits().isEmpty()) {
      text.append("no vector fulfils all conditions\n");
    } else {
      text.append(table);
    }
    result.notes().forEach(note -> text.append('\n').append(note));
    text.append(
        String.format(
            Locale.ROOT,
            "%n%s%s; %,d vectors searched in %.1f ms, index of %s",
            switch (result.ranking()) {
              case COSINE -> "cosine of vectors";
              case RAW -> "raw score e_w·v, no norm, no mean taken off";
              case VECTOR -> "vector score: above the vector's mean, in its standard deviations";
            },
            result.weaker() == 0
                ? ""
                : String.format(
                    Locale.ROOT,
                    "; weaker: %,d with the word beyond their first 300 (--weaker)",
                    result.weaker()),
            result.searched(),
            result.milliseconds(),
            Text.bytes(result.index().bytes())));
    return text.toString();
  }

  private static String matched(SearchHit hit) {
    boolean several = hit.words().size() > 1;
    return hit.words().stream()
        .map(word -> several ? scored(word) : Text.token(word.text()) + " #" + word.rank())
        .collect(Collectors.joining(" "));
  }

  private static String scored(SearchWord word) {
    return String.format(Locale.ROOT, "%s %+.2f", Text.token(word.text()), word.score());
  }

  private static String tokens(List<TokenReading> words) {
    return words.stream().map(word -> Text.token(word.text())).collect(Collectors.joining(" "));
  }
}

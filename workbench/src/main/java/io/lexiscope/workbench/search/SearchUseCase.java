package io.lexiscope.workbench.search;

import io.lexiscope.index.SearchHits;
import io.lexiscope.index.VocabularyIndex;
import io.lexiscope.index.query.Ranking;
import io.lexiscope.index.query.ResolvedWord;
import io.lexiscope.index.query.SearchQuery;
import io.lexiscope.index.vector.VectorKind;
import io.lexiscope.model.place.DirectionName;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.place.VectorName;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.reading.VectorReader;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.model.tokenizer.TokenizerException;
import io.lexiscope.workbench.ask.ReadAgainst;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds vectors by the words they promote or suppress.
public final class SearchUseCase implements UseCase<SearchRequest, SearchResult> {
  private static final int STANDARD_LIMIT = 20;
  private static final int STANDARD_TOP = 10;

  private final ModelShelf shelf;
  private final IndexShelf indexes;

  private SearchUseCase(ModelShelf shelf, IndexShelf indexes) {
    this.shelf = shelf;
    this.indexes = indexes;
  }

  /// The verb `search`.
  public static Feature<SearchRequest, SearchResult> feature(ModelShelf shelf, IndexShelf indexes) {
    return new Feature<>(
        Verb.keeps("search", "Vectors by the words they promote or suppress."),
        SearchRequest.class,
        new SearchUseCase(shelf, indexes),
        result -> List.of(ResultFile.csv("hits.csv", () -> SearchCsv.write(result))));
  }

  @Override
  public SearchResult answer(SearchRequest request, Work work) {
    int limit = request.limit() == null ? STANDARD_LIMIT : request.limit();
    int top = request.top() == null ? STANDARD_TOP : request.top();
    if (limit < 1) {
      throw WorkbenchException.misuse("limit", "search: expected 1 or more hits, got " + limit);
    }
    if (top < 0) {
      throw WorkbenchException.misuse("top", "search: expected 0 or more words, got " + top);
    }
    SearchQuery query =
        query(request.query(), request.tokens())
            .by(
                new Ranking(
                    request.by() == SearchBy.RAW ? Ranking.By.RAW : Ranking.By.VECTOR,
                    Boolean.TRUE.equals(request.weaker())));
    try (var open = shelf.use(request.choice())) {
      if (!open.model().transformer().hasUnembedding()) {
        throw WorkbenchException.invalid(
            "model",
            "search: expected a model that predicts words, got "
                + open.name()
                + ", whose vectors promote none");
      }
      Tokenizer tokenizer = open.model().tokenizer();
      warm(tokenizer);
      VectorReader reader = open.model().reader();
      reader.warm();
      BiFunction<VocabularyIndex, Boolean, SearchResult> answer =
          (index, built) -> {
            SearchHits found = work.pass(() -> index.search(open.model(), query, limit));
            return new SearchResult(
                open.name(),
                text(request),
                query.like() != null
                    ? SearchRanking.COSINE
                    : switch (query.ranking().by()) {
                      case VECTOR -> SearchRanking.VECTOR;
                      case RAW -> SearchRanking.RAW;
                    },
                ReadAgainst.of(open.model(), query.ranking().by() == Ranking.By.RAW),
                found.hits().stream().map(hit -> view(reader, hit, top)).toList(),
                found.searched(),
                found.weaker(),
                found.nanoseconds() / 1e6,
                found.words().stream()
                    .filter(word -> !word.asWritten())
                    .map(SearchUseCase::note)
                    .toList(),
                IndexShelf.view(index, built),
                open.provenance(/* seed= */ null));
          };
      String corpus = request.corpus();
      return corpus == null
          ? indexes.use(open, work, answer)
          : indexes.use(open, corpus, work, answer);
    }
  }

  /// The tokenizer's table of words is made by the first who asks; that is not the search's time.
  private static void warm(Tokenizer tokenizer) {
    if (tokenizer.isPresent()) {
      try {
        int id = tokenizer.idOf("no single word");
        assert id >= 0;
      } catch (TokenizerException noSuchWord) {
        assert noSuchWord.getMessage() != null;
      }
    }
  }

  private static SearchQuery query(@Nullable String text, @Nullable List<Integer> tokens) {
    boolean noTokens = tokens == null || tokens.isEmpty();
    if (tokens == null || noTokens) {
      return SearchQuery.parse(text == null ? "" : text);
    }
    for (int id : tokens) {
      if (id < 0) {
        throw WorkbenchException.misuse(
            "tokens", "search: expected token ids of 0 or more, got " + id);
      }
    }
    return text == null || text.isBlank()
        ? SearchQuery.ofTokens(tokens)
        : SearchQuery.parse(
            text + tokens.stream().map(id -> " #" + id).collect(Collectors.joining()));
  }

  private static String text(SearchRequest request) {
    String words = request.query() == null ? "" : request.query();
    List<Integer> tokens = request.tokens() == null ? List.of() : request.tokens();
    String ids = tokens.stream().map(id -> "#" + id).collect(Collectors.joining(" "));
    return words.isEmpty() || ids.isEmpty() ? words + ids : words + " " + ids;
  }

  private static String note(ResolvedWord word) {
    return "%s is no token as it is written; read as %s"
        .formatted(
            word.condition().word().text(),
            word.forms().stream()
                .map(form -> form.text().strip())
                .distinct()
                .collect(Collectors.joining(", ")));
  }

  private static SearchHit view(VectorReader reader, SearchHits.Hit hit, int top) {
    VectorName name = hit.name();
    Float rate = hit.measures().rate();
    return new SearchHit(
        name.at().toString(),
        VectorKind.of(name).label(),
        name.toString(),
        name.layer(),
        name instanceof NeuronName neuron ? Integer.valueOf(neuron.index()) : null,
        name instanceof DirectionName of ? Integer.valueOf(of.head().head()) : null,
        name instanceof DirectionName of ? Integer.valueOf(of.direction()) : null,
        hit.score(),
        (int) Math.signum(hit.score()),
        hit.measures().norm(),
        rate == null ? null : Double.valueOf(rate),
        hit.words().stream()
            .map(
                word ->
                    new SearchWord(
                        word.form().ids(),
                        word.form().text(),
                        word.score(),
                        word.raw(),
                        word.rank()))
            .toList(),
        readings(reader, hit, hit.entry().top(), top),
        readings(reader, hit, hit.entry().bottom(), top));
  }

  private static List<TokenReading> readings(
      VectorReader reader, SearchHits.Hit hit, List<SearchHits.OwnWord> words, int top) {
    return words.stream()
        .limit(top)
        .map(
            word ->
                reader.word(
                    word.id(),
                    Math.exp(word.score() - (double) hit.entry().logSumExp()),
                    word.score(),
                    hit.measures().norm()))
        .toList();
  }
}

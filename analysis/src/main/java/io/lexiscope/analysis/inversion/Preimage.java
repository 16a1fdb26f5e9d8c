package io.lexiscope.analysis.inversion;

import io.lexiscope.analysis.compare.LogitPair;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.site.SiteReader;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The ε-preimages of an activation among the inputs of a space, `B(ε) = {x : min_t D(f(x)_t, z_q)
/// ≤ ε}`, for every ε at once.
///
/// ```java
/// var reader = SiteReader.of(model, ActivationSite.parse("a0.0"), ActivationConvention.PUBLISHED);
/// var query = InversionQuery.of(model, reader, model.tokenizer().encode("B615+861=").ids(), 8);
/// var grammar = new AdditionGrammar();
/// var space = grammar.whole(model.tokenizer(), "B615+861=");
/// Preimage.find(model, List.of(query), space, new Search(new MatchedPosition.FromStart(8), ActivationMetric.EUCLIDEAN, java.util.Set.of()), Turn.immediately())
///     .getFirst().distances().sizeAt(0.1);
/// ```
///
/// @param query whose activation
/// @param space among which inputs
/// @param search where and how they were compared
/// @param distances of every input
/// @see <a href="https://arxiv.org/abs/2405.17653">Huang et al. 2024</a>, §2 and figure 11
public record Preimage(
    InversionQuery query, InputSpace space, Search search, InputDistances distances) {

  /// Goes through a space once for all queries. What is found is exact for that space: every
  /// distance is measured, none is estimated.
  ///
  /// @param model with what is in force in every run
  /// @param queries of the same model
  /// @param search where and how they are compared; by vectors
  /// @param turn is asked before each batch, and hears how many inputs are done
  /// @return a preimage for each query
  /// @throws InversionException if an input lacks the position
  public static List<Preimage> find(
      LanguageModel model,
      List<InversionQuery> queries,
      InputSpace space,
      Search search,
      Turn turn) {
    List<float[]> wanted = queries.stream().map(q -> q.activation().toArray()).toList();
    List<SiteReader> readers = queries.stream().map(InversionQuery::reader).toList();
    List<InputDistances> all =
        Stream.generate(() -> new InputDistances(space.size())).limit(queries.size()).toList();
    new SiteSweep(model, readers, search.where(), search.leftOut())
        .run(
            space,
            turn,
            (input, reader, position, values, from) ->
                all.get(reader)
                    .offer(input, search.metric().of(wanted.get(reader), values, from), position));
    return IntStream.range(0, queries.size())
        .mapToObj(i -> new Preimage(queries.get(i), space, search, all.get(i)))
        .toList();
  }

  /// Measures the same by what the model makes of it: the distance of an input is D(query ‖ query
  /// with the activation set to the input's), nats. Each takes a run, so a sample of a space is as
  /// much as can be asked for.
  ///
  /// @param model with what is in force
  /// @param nearest a preimage by vectors, which says at which position an input is compared
  /// @param turn is asked before each batch
  public static Preimage byOutput(LanguageModel model, Preimage nearest, Turn turn) {
    ActivationSwap swap = new ActivationSwap(model, nearest.query());
    float[] plain = turn.take(swap::plain);
    InputDistances found = new InputDistances(nearest.space().size());
    List<ActivationSwap.Source> sources =
        IntStream.range(0, found.size())
            .mapToObj(
                input ->
                    new ActivationSwap.Source(
                        nearest.space().input(input), nearest.distances().position(input)))
            .toList();
    List<float[]> swapped = swap.swapped(sources, turn);
    for (int input = 0; input < found.size(); input++) {
      found.offer(
          input, LogitPair.of(plain, swapped.get(input)).kl(), nearest.distances().position(input));
    }
    Search by =
        new Search(nearest.search().where(), ActivationMetric.KL, nearest.search().leftOut());
    return new Preimage(nearest.query(), nearest.space(), by, found);
  }

  /// The distance of an input from the query, taken anew by a run of its own over the whole input:
  /// what any stored distance has to agree with.
  ///
  /// @param model with what is in force
  public double recomputed(LanguageModel model, TokenIds input) {
    InputDistances one = new InputDistances(1);
    float[] wanted = query.activation().toArray();
    new SiteSweep(model, List.of(query.reader()), search.where(), search.leftOut())
        .run(
            new ListedSpace(List.of(input)),
            Turn.immediately(),
            (i, reader, position, values, from) ->
                one.offer(i, search.metric().of(wanted, values, from), position));
    return one.of(0);
  }
}

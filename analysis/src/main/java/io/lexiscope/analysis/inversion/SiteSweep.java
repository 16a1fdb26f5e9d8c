package io.lexiscope.analysis.inversion;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.KvCache;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.RowInterventions;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.site.SiteReader;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Goes through a space of inputs and hands out what sites hold, running of each input no more than
/// that takes: no block after the last site, no token after the matched position, and the first
/// tokens that a batch has in common once.
public final class SiteSweep {
  private static final int MOST_TOKENS = 16_384;

  private final LanguageModel model;
  private final Transformer transformer;
  private final List<SiteReader> readers;
  private final MatchedPosition where;
  private final Set<Integer> leftOut;
  private final int blocks;

  /// Hears of vectors.
  @FunctionalInterface
  public interface Sink {
    /// Hears of one vector.
    ///
    /// @param input its number in the space
    /// @param reader which of the readers
    /// @param position of the vector in the input, from 0
    /// @param values holds the vector; valid during the call
    /// @param from where it begins
    void accept(int input, int reader, int position, float[] values, int from);
  }

  /// A sweep.
  ///
  /// @param model with what is in force in every run
  /// @param readers the sites
  /// @param where at which positions
  /// @param leftOut tokens at which no vector is handed out: end and padding
  public SiteSweep(
      LanguageModel model, List<SiteReader> readers, MatchedPosition where, Set<Integer> leftOut) {
    this.model = model;
    this.transformer = model.onDevice();
    this.readers = List.copyOf(readers);
    this.where = where;
    this.leftOut = Set.copyOf(leftOut);
    int layers = model.architecture().layers();
    this.blocks = readers.stream().mapToInt(r -> r.site().blocks(layers)).max().orElse(0);
  }

  /// Runs a space.
  ///
  /// @param turn is asked before each batch, and hears how many inputs are done
  /// @param sink hears of every vector, the inputs in the order of the space
  /// @throws InversionException if an input lacks the position
  public void run(InputSpace space, Turn turn, Sink sink) {
    int size = space.size();
    for (int from = 0; from < size; ) {
      int end = Math.min(size, from - from % space.block() + space.block());
      List<TokenIds> inputs = new ArrayList<>();
      int longest = 1;
      for (int i = from; i < end; i++) {
        TokenIds cut = cut(space.input(i), i);
        if (!inputs.isEmpty()
            && (inputs.size() + 1L) * Math.max(longest, cut.size()) > MOST_TOKENS) {
          break;
        }
        longest = Math.max(longest, cut.size());
        inputs.add(cut);
      }
      int first = from;
      turn.take(
          () -> {
            TensorScope.tidyRun(() -> batch(inputs, first, sink));
            return inputs;
          });
      from += inputs.size();
      turn.progress(from, size, "inputs");
    }
  }

  /// What of an input has to run.
  private TokenIds cut(TokenIds input, int number) {
    if (!model.architecture().causal()) {
      return input;
    }
    return switch (where) {
      case MatchedPosition.Any _ -> input;
      case MatchedPosition.FromStart start ->
          input.slice(0, 1 + within(start.index(), input, number));
      case MatchedPosition.FromEnd end ->
          input.slice(0, 1 + within(input.size() + end.index(), input, number));
    };
  }

  private static int within(int position, TokenIds input, int number) {
    if (position < 0 || position >= input.size()) {
      throw new InversionException(
          "invert: expected inputs with the position that is asked for, got %d tokens and position %d in input %d; compare at any position, or give longer inputs"
              .formatted(input.size(), position, number));
    }
    return position;
  }

  private void batch(List<TokenIds> inputs, int first, Sink sink) {
    int shared = shared(inputs);
    if (shared == 0) {
      hand(pass(inputs, /* past= */ 0, /* cache= */ null), inputs, 0, first, sink);
      return;
    }
    int longest = inputs.stream().mapToInt(TokenIds::size).max().orElseThrow();
    try (KvCache cache = KvCache.branching(transformer, 1 + inputs.size(), longest)) {
      TokenIds head = inputs.getFirst().slice(0, shared);
      List<float[]> before = begin(head, cache);
      if (where instanceof MatchedPosition.Any) {
        for (int row = 0; row < inputs.size(); row++) {
          hand(before, List.of(head), 0, first + row, sink);
        }
      }
      cache.branch(inputs.size());
      List<TokenIds> rest =
          inputs.stream().map(input -> input.slice(shared, input.size())).toList();
      hand(pass(rest, shared, cache), rest, shared, first, sink);
    }
  }

  /// How many tokens all inputs begin with, at most all but the last of the shortest.
  private int shared(List<TokenIds> inputs) {
    TokenIds one = inputs.getFirst();
    int shared = one.size() - 1;
    int longest = 0;
    for (TokenIds input : inputs) {
      shared = Math.min(shared, input.size() - 1);
      longest = Math.max(longest, input.size());
      int same = 0;
      while (same < shared && input.get(same) == one.get(same)) {
        same++;
      }
      shared = same;
    }
    var architecture = model.architecture();
    return inputs.size() > 1
            && model.interventions().list().isEmpty()
            && architecture.causal()
            && shared > 0
            && architecture.sameAngles(shared, longest)
        ? shared
        : 0;
  }

  /// Runs what all have in common, and leaves it in the cache. All blocks run: a cache is extended
  /// by whole passes only.
  private List<float[]> begin(TokenIds head, KvCache cache) {
    ActiveHooks hooks = hooks(List.of(head), /* past= */ 0, /* everywhere= */ true);
    transformer.forward(TokenBatch.of(head), hooks, cache);
    return read(hooks);
  }

  private List<float[]> pass(List<TokenIds> tokens, int past, @Nullable KvCache cache) {
    ActiveHooks hooks = hooks(tokens, past, where instanceof MatchedPosition.Any);
    var batch = new TokenBatch(tokens, /* padding= */ 0);
    if (blocks == model.architecture().layers() && readers.stream().anyMatch(this::afterBlocks)) {
      transformer.forward(batch, hooks, cache);
    } else {
      transformer.stream(batch, blocks, hooks, cache);
    }
    return read(hooks);
  }

  private boolean afterBlocks(SiteReader reader) {
    return reader.hook().layer().isEmpty() && reader.site().blocks(1) == 1;
  }

  private ActiveHooks hooks(List<TokenIds> tokens, int past, boolean everywhere) {
    Set<HookName> places = new LinkedHashSet<>();
    readers.forEach(reader -> places.add(reader.hook()));
    Recording recording = Recording.of(places);
    return new ActiveHooks(
        everywhere ? recording : recording.at(recorded()),
        RowInterventions.same(
                model.interventions(), tokens.stream().map(ids -> past + ids.size()).toList())
            .changes(past));
  }

  /// Which position of what runs is kept.
  private int recorded() {
    if (model.architecture().causal()) {
      return -1;
    }
    return switch (where) {
      case MatchedPosition.FromStart start -> start.index();
      case MatchedPosition.FromEnd end -> end.index();
      case MatchedPosition.Any _ -> -1;
    };
  }

  /// The vectors of each reader, [rows, pos, width].
  private List<float[]> read(ActiveHooks hooks) {
    return readers.stream()
        .map(
            reader ->
                TensorScope.tidy(
                    () -> {
                      Tensor value = hooks.activations().asFloats().get(reader.hook());
                      return reader.vectors(value).toFloats();
                    }))
        .toList();
  }

  private void hand(List<float[]> values, List<TokenIds> tokens, int past, int first, Sink sink) {
    boolean any = where instanceof MatchedPosition.Any;
    int longest = tokens.stream().mapToInt(TokenIds::size).max().orElseThrow();
    int kept = any ? longest : 1;
    for (int row = 0; row < tokens.size(); row++) {
      TokenIds ids = tokens.get(row);
      for (int i = 0; i < kept; i++) {
        int position = any ? i : matched(ids.size());
        if (position >= ids.size() || (any && leftOut.contains(ids.get(position)))) {
          continue;
        }
        for (int reader = 0; reader < readers.size(); reader++) {
          int from = (row * kept + i) * readers.get(reader).width();
          sink.accept(first + row, reader, past + position, values.get(reader), from);
        }
      }
    }
  }

  private int matched(int length) {
    int kept = recorded();
    return kept < 0 ? length + kept : kept;
  }
}

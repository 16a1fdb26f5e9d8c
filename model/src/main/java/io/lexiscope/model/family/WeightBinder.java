package io.lexiscope.model.family;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Head;
import io.lexiscope.model.config.Output;
import io.lexiscope.model.weights.Checkpoint;
import io.lexiscope.model.weights.StoredTensor;
import io.lexiscope.model.weights.WeightsException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds the weights of an architecture in a checkpoint, under any of the names they have had.
public final class WeightBinder {
  /// Buffers that old versions of the reference library, and GGUF files, keep with the weights, and
  /// that hold nothing learned.
  private static final Pattern BUFFERS =
      Pattern.compile(
          ".*\\.(attn|attention)\\.(bias|masked_bias)|.*rotary_emb\\.inv_freq|.*position_ids"
              + "|.*rotary_emb\\.(cos|sin)_cached|.*embed_positions\\._float_tensor|.*embed_scale"
              + "|rope_freqs\\.weight|rope_factors_(long|short)\\.weight");

  private final Checkpoint checkpoint;
  private final String unembed;
  private final Set<String> used = new HashSet<>();

  private WeightBinder(Checkpoint checkpoint, WeightNames names) {
    this.checkpoint = checkpoint;
    this.unembed = head(names) + ".weight";
  }

  /// Binds every weight.
  ///
  /// @param architecture the network, as its configuration describes it
  /// @param names the names of its family
  /// @param checkpoint where the weights are; must stay open as long as they are used
  /// @throws WeightsException if a weight is missing, has another shape or no floating-point type
  public static BoundModel bind(
      Architecture architecture, WeightNames names, Checkpoint checkpoint) {
    return new WeightBinder(checkpoint, names).bind(architecture, names);
  }

  private BoundModel bind(Architecture asked, WeightNames names) {
    var prefix = prefix(names);
    var head = head(names);
    var tokens = prefix + names.embedding().tokens() + ".weight";
    var architecture = reconcile(asked, names, prefix, tokens);
    var plan = WeightPlan.of(architecture, names, prefix, head);
    var weights =
        plan.map(
            slot -> {
              if (slot.name().equals(tokens) && !has(tokens) && architecture.tied()) {
                return find(new WeightSlot(unembed, slot.shape()));
              }
              return find(slot);
            });
    if (architecture.tied()) {
      used.add(unembed);
    }
    if (architecture.output().head() instanceof Head.Encoder) {
      used.add(head + ".bias");
      used.add(alias(head + ".bias"));
    }
    return new BoundModel(architecture, weights, unused());
  }

  private List<String> unused() {
    return checkpoint.names().stream()
        .filter(name -> !used.contains(name))
        .filter(name -> !BUFFERS.matcher(name).matches())
        .toList();
  }

  private String prefix(WeightNames names) {
    var root = names.block().root(/* layer= */ 0);
    var best = names.prefixes().getFirst();
    long most = 0;
    for (var prefix : names.prefixes()) {
      long count =
          checkpoint.names().stream()
              .filter(name -> name.startsWith(prefix + root))
              .filter(name -> !BUFFERS.matcher(name).matches())
              .count();
      if (count > most) {
        best = prefix;
        most = count;
      }
    }
    return best;
  }

  private String head(WeightNames names) {
    return names.output().heads().stream()
        .filter(head -> has(head + ".weight"))
        .findFirst()
        .orElse(names.output().heads().getFirst());
  }

  private Architecture reconcile(
      Architecture asked, WeightNames names, String prefix, String tokens) {
    Head head =
        switch (asked.output().head()) {
          case Head.Language language ->
              language.tied() && has(tokens) && has(unembed) && !same(tokens, unembed)
                  ? new Head.Language(/* tied= */ false, language.bias(), language.softCap())
                  : language;
          case Head.Encoder encoder -> encoder(encoder, names, prefix, tokens);
        };
    var output = new Output(asked.output().norm(), head);
    return new Architecture(
        asked.family(), asked.dimensions(), asked.embedding(), asked.block(), output);
  }

  private Head.Encoder encoder(
      Head.Encoder asked, WeightNames names, String prefix, String tokens) {
    var of = names.output().encoder();
    if (of == null) {
      return asked;
    }
    return new Head.Encoder(
        has(prefix + of.pooler() + ".weight"),
        get(of.classifier() + ".weight").map(w -> w.shape().getFirst().intValue()).orElse(0),
        has(of.transform() + ".weight") ? masked(asked, tokens) : Head.Masked.NONE);
  }

  private Head.Masked masked(Head.Encoder asked, String tokens) {
    boolean own =
        has(unembed)
            && (asked.masked() == Head.Masked.UNTIED || (has(tokens) && !same(tokens, unembed)));
    return own ? Head.Masked.UNTIED : Head.Masked.TIED;
  }

  private boolean same(String one, String other) {
    var a = checkpoint.get(one).orElseThrow();
    var b = checkpoint.get(other).orElseThrow();
    return a.type() == b.type() && a.shape().equals(b.shape()) && a.data().mismatch(b.data()) == -1;
  }

  private boolean has(String name) {
    return checkpoint.names().contains(name) || checkpoint.names().contains(alias(name));
  }

  /// The name in files older than the reference library itself, which said gamma and beta in its
  /// norms.
  private static String alias(String name) {
    return switch (name) {
      // The bias of a masked-language head stands under two names, of which a file may hold one.
      case "cls.predictions.bias" -> "cls.predictions.decoder.bias";
      case "cls.predictions.decoder.bias" -> "cls.predictions.bias";
      default ->
          name.replace("LayerNorm.weight", "LayerNorm.gamma")
              .replace("LayerNorm.bias", "LayerNorm.beta");
    };
  }

  private Optional<StoredTensor> get(String name) {
    return checkpoint.get(name).or(() -> checkpoint.get(alias(name)));
  }

  private StoredTensor find(WeightSlot slot) {
    var stored =
        get(slot.name())
            .orElseThrow(
                () ->
                    new WeightsException(
                        "load weights: expected %s of shape %s, got no tensor of that name in %s; %s"
                            .formatted(
                                slot.name(),
                                slot.shape(),
                                checkpoint.place(),
                                slot.name().equals(unembed)
                                    ? "if it shall be the embedding, say \"tie_word_embeddings\":"
                                        + " true in config.json"
                                    : "config.json and weights may not belong together")));
    if (!stored.shape().equals(slot.shape().sizes())) {
      throw new WeightsException(
          "load weights: expected %s of shape %s, got %s in %s; config.json and weights do not belong together"
              .formatted(slot.name(), slot.shape(), stored.shape(), stored.file()));
    }
    if (!stored.type().isWeight()) {
      throw new WeightsException(
          "load weights: expected %s of type F32, F16, BF16 or F64, got %s in %s; quantised weights are not computed here"
              .formatted(slot.name(), stored.type(), stored.file()));
    }
    used.add(stored.name());
    return stored;
  }
}

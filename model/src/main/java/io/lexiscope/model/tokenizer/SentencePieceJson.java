package io.lexiscope.model.tokenizer;

import io.lexiscope.model.tokenizer.SentencePieceModel.Kind;
import io.lexiscope.model.tokenizer.SentencePieceModel.Piece;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns a SentencePiece model into an equivalent `tokenizer.json`, the way transformers does.
///
/// *Differences* from SentencePiece itself, as in transformers: control pieces written in a text
/// (`</s>`) are recognised, and the text after a control or user-defined piece gets a prefix space
/// of its own unless the configuration says `"legacy": false`.
///
/// @see <a
///   href="https://github.com/huggingface/transformers/blob/main/src/transformers/convert_slow_tokenizer.py">SpmConverter</a>
final class SentencePieceJson {
  private static final String SPACE = "▁";
  private static final int ALL = 1 << 20;

  private final SentencePieceModel model;
  private final TokenizerSettings settings;
  private final String source;

  private SentencePieceJson(SentencePieceModel model, TokenizerSettings settings, String source) {
    this.model = model;
    this.settings = settings;
    this.source = source;
  }

  /// The loaded tokenizer of a `tokenizer.model`.
  ///
  /// @throws TokenizerException if the file is damaged or of a kind other than BPE and unigram
  static Tokenizer open(Path file, TokenizerSettings settings) {
    return of(SentencePieceModel.read(file), settings, file.toString());
  }

  /// The loaded tokenizer of a model.
  ///
  /// @param source where it was read from, for messages
  /// @throws TokenizerException if it is of a kind other than BPE and unigram
  static Tokenizer of(SentencePieceModel model, TokenizerSettings settings, String source) {
    var json = new SentencePieceJson(model, settings, source);
    String text = TokenizerJson.JSON.writeValueAsString(json.document());
    return LoadedTokenizer.of(
        TokenizerDocument.read(text, source), json.completed(), json.changes());
  }

  /// What is done to a text here and not by the native library; null where that is nothing.
  private @Nullable SentencePieceText changes() {
    boolean legacy = settings.flag("legacy", true);
    return model.normalization().plain()
        ? null
        : new SentencePieceText(model.normalization(), prefix(), legacy, added().values(), source);
  }

  private boolean prefix() {
    return settings.flag("add_prefix_space", model.normalization().dummyPrefix());
  }

  /// The settings, with the roles that the model file itself declares where they are silent.
  private TokenizerSettings completed() {
    var roles = new LinkedHashMap<String, String>();
    var ids = model.training().ids();
    Map.of("unk", ids.unknown(), "bos", ids.bos(), "eos", ids.eos(), "pad", ids.pad())
        .forEach(
            (role, id) -> {
              if (id >= 0 && id < model.pieces().size()) {
                roles.put(role, model.pieces().get(id).text());
              }
            });
    roles.putAll(settings.roles());
    return new TokenizerSettings(
        roles, roles.keySet(), settings.flags(), settings.added(), settings.tokenizerClass());
  }

  private ObjectNode document() {
    ObjectNode root = TokenizerJson.JSON.createObjectNode().put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    root.set("added_tokens", ByteLevelJson.addedTokens(added()));
    boolean prefix = prefix();
    boolean legacy = settings.flag("legacy", true);
    boolean plain = model.normalization().plain();
    if (plain) {
      root.set("normalizer", normalizer(prefix && legacy));
    } else {
      root.putNull("normalizer");
    }
    if (plain && prefix && !legacy) {
      root.putObject("pre_tokenizer")
          .put("type", "Metaspace")
          .put("replacement", SPACE)
          .put("prepend_scheme", "first")
          .put("split", false);
    } else {
      root.putNull("pre_tokenizer");
    }
    root.putNull("post_processor");
    root.set("decoder", decoder(prefix));
    switch (model.training().algorithm()) {
      case BPE -> bpe(root.putObject("model"));
      case UNIGRAM -> unigram(root.putObject("model"));
      case WORD, CHAR ->
          throw new TokenizerException(
              "tokenizer: expected a SentencePiece model of type BPE or UNIGRAM, got %s in %s"
                  .formatted(model.training().algorithm(), source));
    }
    addBos(root);
    return root;
  }

  /// A model with a beginning-of-text piece gets it unless the configuration says no, as Llama's
  /// and Gemma's tokenizers do.
  private void addBos(ObjectNode root) {
    int id = model.training().ids().bos();
    if (id >= 0
        && id < model.pieces().size()
        && model.pieces().get(id).kind() == Kind.CONTROL
        && settings.flag("add_bos_token", true)) {
      root.set("post_processor", TokenizerRules.leading(model.pieces().get(id).text(), id));
    }
  }

  private Map<Integer, TokenizerSettings.Added> added() {
    var added = new TreeMap<Integer, TokenizerSettings.Added>();
    for (int id = 0; id < model.pieces().size(); id++) {
      Piece piece = model.pieces().get(id);
      boolean special = piece.kind() == Kind.CONTROL || piece.kind() == Kind.UNKNOWN;
      if (special || piece.kind() == Kind.USER_DEFINED) {
        added.put(
            id,
            new TokenizerSettings.Added(
                piece.text(), special, /* lstrip= */ false, /* rstrip= */ false));
      }
    }
    added.putAll(settings.added());
    return added;
  }

  private ObjectNode normalizer(boolean prepend) {
    ObjectNode sequence = TokenizerJson.JSON.createObjectNode().put("type", "Sequence");
    ArrayNode parts = sequence.putArray("normalizers");
    if (prepend) {
      parts.addObject().put("type", "Prepend").put("prepend", SPACE);
    }
    replace(parts.addObject(), " ", SPACE);
    return sequence;
  }

  private static void replace(ObjectNode part, String pattern, String content) {
    part.put("type", "Replace");
    part.putObject("pattern").put("String", pattern);
    part.put("content", content);
  }

  private ObjectNode decoder(boolean prefix) {
    ObjectNode sequence = TokenizerJson.JSON.createObjectNode().put("type", "Sequence");
    ArrayNode parts = sequence.putArray("decoders");
    replace(parts.addObject(), SPACE, " ");
    parts.addObject().put("type", "ByteFallback");
    parts.addObject().put("type", "Fuse");
    if (prefix) {
      int spaces = model.normalization().removeExtraSpaces() ? ALL : 1;
      parts
          .addObject()
          .put("type", "Strip")
          .put("content", " ")
          .put("start", spaces)
          .put("stop", 0);
    }
    return sequence;
  }

  private void unigram(ObjectNode out) {
    out.put("type", "Unigram");
    out.put("unk_id", unknownId());
    out.put("byte_fallback", model.training().byteFallback());
    ArrayNode vocab = out.putArray("vocab");
    for (Piece piece : model.pieces()) {
      vocab.addArray().add(piece.text()).add((double) piece.score());
    }
  }

  private void bpe(ObjectNode out) {
    out.put("type", "BPE");
    out.putNull("dropout");
    out.put("unk_token", model.pieces().get(unknownId()).text());
    out.putNull("continuing_subword_prefix");
    out.putNull("end_of_word_suffix");
    out.put("fuse_unk", true);
    out.put("byte_fallback", model.training().byteFallback());
    ObjectNode vocab = out.putObject("vocab");
    for (int id = 0; id < model.pieces().size(); id++) {
      vocab.put(model.pieces().get(id).text(), id);
    }
    ArrayNode merges = out.putArray("merges");
    for (Merge merge : merges()) {
      merges.addArray().add(merge.left()).add(merge.right());
    }
  }

  private int unknownId() {
    int id = model.training().ids().unknown();
    if (id < 0 || id >= model.pieces().size()) {
      throw new TokenizerException(
          "tokenizer: expected an unknown piece among %d pieces, got id %d in %s"
              .formatted(model.pieces().size(), id, source));
    }
    return id;
  }

  private record Merge(String left, String right, float score) {}

  /// Every way to put a piece together from two others, the best score first; among equal ones the
  /// longer left part first.
  private List<Merge> merges() {
    Set<String> parts = new HashSet<>();
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; id < model.pieces().size(); id++) {
      Piece piece = model.pieces().get(id);
      ids.put(piece.text(), id);
      if (piece.kind() == Kind.NORMAL) {
        parts.add(piece.text());
      }
    }
    var merges = new ArrayList<Merge>();
    for (Piece piece : model.pieces()) {
      if (piece.kind() != Kind.NORMAL) {
        continue;
      }
      String text = piece.text();
      var local = new ArrayList<Merge>();
      for (int i = text.offsetByCodePoints(0, Math.min(1, text.length()));
          i < text.length();
          i = text.offsetByCodePoints(i, 1)) {
        String left = text.substring(0, i);
        String right = text.substring(i);
        if (parts.contains(left) && parts.contains(right)) {
          local.add(new Merge(left, right, piece.score()));
        }
      }
      local.sort(
          Comparator.<Merge>comparingInt(m -> ids.getOrDefault(m.left(), 0))
              .thenComparingInt(m -> ids.getOrDefault(m.right(), 0)));
      merges.addAll(local);
    }
    merges.sort(
        Comparator.comparingDouble(Merge::score)
            .thenComparingInt((Merge m) -> m.left().length())
            .thenComparingInt((Merge m) -> m.right().length())
            .reversed());
    return merges;
  }
}

package io.lexiscope.model.tokenizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The pieces of a `tokenizer.json`, by id.
final class Vocabulary {
  /// Ids at or beyond this are taken for a damaged file: no vocabulary is near it.
  private static final int LARGEST = 1 << 24;

  private @Nullable String[] pieces = new @Nullable String[0];
  private int size;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Set<Integer> special = new TreeSet<>();
  private final Set<Integer> added = new TreeSet<>();

  /// @throws TokenizerException if the vocabulary is missing or malformed
  static Vocabulary of(ObjectNode root, String source) {
    var vocabulary = new Vocabulary();
    JsonNode vocab = root.path("model").path("vocab");
    if (vocab instanceof ObjectNode object) {
      for (var entry : object.properties()) {
        vocabulary.put(entry.getKey(), entry.getValue(), source);
      }
    } else if (vocab.isArray()) {
      int id = 0;
      for (JsonNode entry : vocab) {
        if (!entry.path(0).isString() || !entry.path(1).isNumber()) {
          throw malformed("[piece, score]", entry, source);
        }
        vocabulary.put(entry.path(0).stringValue(), id++);
      }
    } else {
      throw malformed("an object or a list \"vocab\"", vocab, source);
    }
    JsonNode list = root.path("added_tokens");
    if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
      throw malformed("a list \"added_tokens\"", list, source);
    }
    for (JsonNode token : list) {
      if (!token.path("content").isString()) {
        throw malformed("an added token with \"content\"", token, source);
      }
      int id = vocabulary.put(token.path("content").stringValue(), token.path("id"), source);
      vocabulary.added.add(id);
      if (token.path("special").asBoolean(false)) {
        vocabulary.special.add(id);
      }
    }
    vocabulary.pieces = Arrays.copyOf(vocabulary.pieces, vocabulary.size);
    return vocabulary;
  }

  private int put(String piece, JsonNode id, String source) {
    if (!id.isInt() || id.intValue() < 0 || id.intValue() >= LARGEST) {
      throw malformed("an id from 0 to %d for %s".formatted(LARGEST - 1, piece), id, source);
    }
    put(piece, id.intValue());
    return id.intValue();
  }

  private void put(String piece, int id) {
    if (id >= pieces.length) {
      pieces = Arrays.copyOf(pieces, Math.max(id + 1, Math.min(LARGEST, 2 * pieces.length)));
    }
    pieces[id] = piece;
    ids.put(piece, id);
    size = Math.max(size, id + 1);
  }

  private static TokenizerException malformed(String expected, JsonNode got, String source) {
    String text = got.isMissingNode() ? "nothing" : got.toString();
    return new TokenizerException(
        "tokenizer: expected %s, got %s in %s"
            .formatted(expected, text.length() > 60 ? text.substring(0, 60) + "…" : text, source));
  }

  int size() {
    return size;
  }

  @Nullable String piece(int id) {
    return id >= 0 && id < size ? pieces[id] : null;
  }

  @Nullable Integer id(String piece) {
    return ids.get(piece);
  }

  Set<Integer> special() {
    return special;
  }

  boolean isAdded(int id) {
    return added.contains(id);
  }
}

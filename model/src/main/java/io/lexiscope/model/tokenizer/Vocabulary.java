package io.lexiscope.model.tokenizer;

import io.lexiscope.model.config.JsonSlip;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// The pieces of a `tokenizer.json`, by id.
final class Vocabulary {
  /// Ids at or beyond this are taken for a damaged file: no vocabulary is near it.
  private static final int LARGEST = 1 << 24;

  private final String source;
  private @Nullable String[] pieces = new @Nullable String[0];
  private int size;
  private boolean read;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Set<Integer> special = new TreeSet<>();
  private final Set<Integer> added = new TreeSet<>();
  private final MergedOn mergedOn = new MergedOn();

  /// @param source where it is read from, for messages
  Vocabulary(String source) {
    this.source = source;
  }

  /// Reads a file that holds nothing but pieces and their ids.
  ///
  /// @param text the file's text, which is checked to be one JSON object
  /// @throws TokenizerException if it is not
  static Vocabulary of(String text, String source) {
    var vocabulary = new Vocabulary(source);
    try (JsonParser in = TokenizerJson.JSON.createParser(text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw vocabulary.malformed("a JSON object", "something else");
      }
      vocabulary.read(in);
      if (in.nextToken() != null) {
        throw vocabulary.malformed("one JSON object", "more text behind it");
      }
    } catch (JacksonException e) {
      throw TokenizerJson.malformed(e, source);
    }
    return vocabulary;
  }

  /// Reads the pieces of a model: an object of ids, or a list of pieces with scores.
  ///
  /// @param in stands at the value; afterwards at its end
  /// @throws TokenizerException if the value is malformed
  void read(JsonParser in) {
    read = true;
    switch (in.currentToken()) {
      case START_OBJECT -> {
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
          String piece = in.currentName();
          if (in.nextToken() != JsonToken.VALUE_NUMBER_INT) {
            throw badId("another value");
          }
          @Nullable Integer other = ids.get(piece);
          if (other != null) {
            throw malformed(
                "one id for every piece", other + " and " + in.getLongValue() + " for one");
          }
          put(piece, in.getLongValue());
        }
      }
      case START_ARRAY -> {
        int id = 0;
        while (in.nextToken() == JsonToken.START_ARRAY) {
          if (in.nextToken() != JsonToken.VALUE_STRING) {
            throw malformed(
                "[piece, score]", "something else at line " + in.currentLocation().getLineNr());
          }
          put(in.getString(), id++);
          if (!in.nextToken().isNumeric() || in.nextToken() != JsonToken.END_ARRAY) {
            throw malformed(
                "[piece, score]", "something else at line " + in.currentLocation().getLineNr());
          }
        }
        if (in.currentToken() != JsonToken.END_ARRAY) {
          throw malformed(
              "[piece, score]", "something else at line " + in.currentLocation().getLineNr());
        }
      }
      default -> throw malformed("an object or a list \"vocab\"", "something else");
    }
  }

  /// Adds the tokens that are listed outside the model.
  ///
  /// @throws TokenizerException if the model had no pieces, or the list is malformed
  void finish(JsonNode list) {
    if (!read) {
      throw malformed("an object or a list \"vocab\"", "nothing");
    }
    if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
      throw malformed("a list \"added_tokens\"", JsonSlip.kind(list));
    }
    for (JsonNode token : list) {
      if (!token.path("content").isString()) {
        throw malformed("added tokens with \"content\"", "one without");
      }
      String content = token.path("content").stringValue();
      JsonNode id = token.path("id");
      if (!id.isIntegralNumber() || !id.canConvertToLong()) {
        throw badId(id.isMissingNode() ? "nothing" : "another value");
      }
      put(content, id.longValue());
      added.add(id.intValue());
      if (token.path("special").asBoolean(false)) {
        special.add(id.intValue());
      }
    }
    pieces = Arrays.copyOf(pieces, size);
  }

  /// Takes up the tokens that only the settings declare.
  ///
  /// @return what was new, by id
  /// @throws TokenizerException if a new one has an id that leaves a gap behind the vocabulary, so
  ///   that nobody could say which row of the embedding it is
  Map<Integer, TokenizerSettings.Added> declare(TokenizerSettings settings) {
    var fresh = new TreeMap<Integer, TokenizerSettings.Added>();
    settings
        .added()
        .forEach(
            (id, token) -> {
              @Nullable Integer known = ids.get(token.content());
              if (known == null || !added.contains(known)) {
                fresh.put(known == null ? id : known, token);
              }
            });
    fresh.forEach(this::take);
    pieces = Arrays.copyOf(pieces, size);
    return fresh;
  }

  private void take(int id, TokenizerSettings.Added token) {
    if (!ids.containsKey(token.content()) && id != size) {
      throw malformed("an added token to have the next id, " + size, Integer.toString(id));
    }
    put(token.content(), id);
    added.add(id);
    if (token.special()) {
      special.add(id);
    }
  }

  private void put(String piece, long givenId) {
    if (givenId < 0 || givenId >= LARGEST) {
      throw badId(Long.toString(givenId));
    }
    int id = (int) givenId;
    if (id < size && pieces[id] != null && !pieces[id].equals(piece)) {
      throw malformed("one piece for the id " + id, "two");
    }
    if (id >= pieces.length) {
      pieces = Arrays.copyOf(pieces, Math.max(id + 1, Math.min(LARGEST, 2 * pieces.length)));
    }
    pieces[id] = piece;
    ids.put(piece, id);
    size = Math.max(size, id + 1);
  }

  private TokenizerException badId(String got) {
    return malformed("an id from 0 to %d for every piece".formatted(LARGEST - 1), got);
  }

  private TokenizerException malformed(String expected, String got) {
    return new TokenizerException(
        "tokenizer: expected %s, got %s in %s".formatted(expected, got, source));
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

  /// Takes up the next merge; one of pieces that are not there is passed over.
  void merge(String left, String right) {
    @Nullable Integer first = ids.get(left);
    @Nullable Integer second = ids.get(right);
    @Nullable Integer made = ids.get(left + right);
    mergedOn.add(
        first == null ? -1 : first, second == null ? -1 : second, made == null ? -1 : made);
  }

  MergedOn mergedOn() {
    return mergedOn;
  }

  boolean isAdded(int id) {
    return added.contains(id);
  }
}

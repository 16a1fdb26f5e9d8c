package io.lexiscope.model.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A `tokenizer.json` as text, read in one pass: its vocabulary, and its other parts as a small
/// tree. The merges pass by, and neither they nor the vocabulary are ever held as a tree, which for
/// large vocabularies would be many times the file.
final class TokenizerDocument {
  /// Where a part of the document is, as indices of characters.
  private record Span(int start, int end) {}

  private final String text;
  private final String source;
  private final ObjectNode parts = TokenizerJson.JSON.createObjectNode();
  private final Vocabulary vocabulary;
  private final Map<String, Span> spans = new HashMap<>();
  private int afterBrace;

  private TokenizerDocument(String text, String source, Vocabulary vocabulary) {
    this.text = text;
    this.source = source;
    this.vocabulary = vocabulary;
  }

  /// A document put together here from parts that are as they are wanted, with a vocabulary read
  /// before.
  ///
  /// @param parts everything but the vocabulary and the merges
  static TokenizerDocument of(ObjectNode parts, Vocabulary vocabulary, String text, String source) {
    var document = new TokenizerDocument(text, source, vocabulary);
    document.parts.setAll(parts);
    return document;
  }

  /// @throws TokenizerException if the text is no JSON object with a `model` that has a vocabulary
  static TokenizerDocument read(String text, String source) {
    var document = new TokenizerDocument(text, source, new Vocabulary(source));
    try (JsonParser in = TokenizerJson.JSON.createParser(text)) {
      document.readRoot(in);
    } catch (JacksonException e) {
      throw TokenizerJson.malformed(e, source);
    }
    if (!(document.parts.get("model") instanceof ObjectNode)) {
      throw new TokenizerException(
          "tokenizer: expected an object \"model\" in a tokenizer.json, got none in " + source);
    }
    document.vocabulary.finish(document.parts.path("added_tokens"));
    return document;
  }

  private void readRoot(JsonParser in) {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new TokenizerException(
          "tokenizer: expected a JSON object, got something else in " + source);
    }
    afterBrace = offset(in);
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      int start = (int) in.currentTokenLocation().getCharOffset();
      if (name.equals("model") && value == JsonToken.START_OBJECT) {
        readModel(in, parts.putObject(name));
      } else {
        parts.set(name, in.<JsonNode>readValueAsTree());
      }
      spans.put(name, new Span(start, offset(in)));
    }
    if (in.nextToken() != null) {
      throw new TokenizerException(
          "tokenizer: expected one JSON object, got more text behind it in " + source);
    }
  }

  private void readModel(JsonParser in, ObjectNode model) {
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      switch (name) {
        case "vocab" -> vocabulary.read(in);
        case "merges" -> readMerges(in, value);
        default -> model.set(name, in.<JsonNode>readValueAsTree());
      }
    }
  }

  /// Pairs as `"left right"` or `["left", "right"]`; what else there is the library will refuse.
  private void readMerges(JsonParser in, JsonToken value) {
    if (value != JsonToken.START_ARRAY) {
      if (value.isStructStart()) {
        in.skipChildren();
      }
      return;
    }
    for (JsonToken next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
      if (next == JsonToken.VALUE_STRING) {
        String pair = in.getString();
        int space = pair.indexOf(' ', 1);
        if (space > 0) {
          vocabulary.merge(pair.substring(0, space), pair.substring(space + 1));
        }
      } else if (next == JsonToken.START_ARRAY) {
        var pair = new ArrayList<String>(2);
        while (in.nextToken() != JsonToken.END_ARRAY) {
          if (in.currentToken().isStructStart()) {
            in.skipChildren();
          } else {
            pair.add(in.getString());
          }
        }
        if (pair.size() == 2) {
          vocabulary.merge(pair.getFirst(), pair.getLast());
        }
      } else if (next.isStructStart()) {
        in.skipChildren();
      }
    }
  }

  private static int offset(JsonParser in) {
    return (int) in.currentLocation().getCharOffset();
  }

  /// Everything but the vocabulary and the merges.
  ObjectNode parts() {
    return parts;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  String source() {
    return source;
  }

  /// The whole document as a tree, for the rare document that must be changed within its
  /// vocabulary.
  ObjectNode tree() {
    return (ObjectNode) TokenizerJson.JSON.readTree(text);
  }

  /// The document with other values of top-level parts.
  ///
  /// @param changed the wanted parts; those that differ from what was read are replaced, and new
  ///   ones put first
  String textWith(ObjectNode changed) {
    var result = new StringBuilder(text);
    List<Map.Entry<String, JsonNode>> different =
        changed.properties().stream()
            .filter(part -> !part.getValue().equals(parts.get(part.getKey())))
            .sorted(Comparator.comparingInt(part -> -start(part.getKey())))
            .toList();
    for (var part : different) {
      @Nullable Span span = spans.get(part.getKey());
      if (span == null) {
        String name = TokenizerJson.JSON.writeValueAsString(part.getKey());
        result.insert(afterBrace, name + ":" + part.getValue() + ",");
      } else {
        result.replace(span.start(), span.end(), part.getValue().toString());
      }
    }
    return result.toString();
  }

  /// Where a part starts; new ones go to the front of the document.
  private int start(String part) {
    @Nullable Span span = spans.get(part);
    return span == null ? afterBrace : span.start();
  }
}

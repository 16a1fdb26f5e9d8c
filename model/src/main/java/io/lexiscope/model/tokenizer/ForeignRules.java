package io.lexiscope.model.tokenizer;

import io.lexiscope.model.expression.ExpressionException;
import io.lexiscope.model.expression.MatchingCost;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How long a text may be that the rules of a `tokenizer.json` are run on.
///
/// The native library runs them with a matcher that backtracks and that ends the process when it
/// gives up. So an expression that no published tokenizer uses is examined before it is handed
/// over, and so is by how much the replacements make a text longer.
final class ForeignRules {
  private static final int MOST_PARTS = 64;
  private static final double MOST_GROWTH = 64;
  private static final double MOST_ADDED = 1 << 16;
  private static final int LONGEST_WORD = 256;

  /// A limit below this is none that one could work with.
  private static final int SHORTEST_LIMIT = 256;

  /// What a decoder is run on has no limit, so its expressions must not need one.
  private static final int UNLIMITED = 1 << 20;

  private final String source;
  private double growth = 1;
  private double added;
  private double longest = Integer.MAX_VALUE;

  private ForeignRules(String source) {
    this.source = source;
  }

  /// The longest text, in characters, that may be handed to the tokenizer.
  ///
  /// @throws TokenizerException if there is no such length
  static int longestText(ObjectNode root, String source) {
    var rules = new ForeignRules(source);
    rules.decoder(root.path("decoder"));
    rules.normalizer(root.path("normalizer"));
    rules.preTokenizer(root.path("pre_tokenizer"));
    rules.words(root.path("model"));
    return (int) rules.longest;
  }

  private void decoder(JsonNode decoder) {
    for (JsonNode part : parts(decoder, "decoders", "decoder")) {
      replacement(part, "decoder");
      if (longest < UNLIMITED) {
        throw refused("a decoder without endless repetitions", "one");
      }
    }
    growth = 1;
    added = 0;
    longest = Integer.MAX_VALUE;
  }

  private void normalizer(JsonNode normalizer) {
    for (JsonNode part : parts(normalizer, "normalizers", "normalizer")) {
      replacement(part, "normalizer");
      if (part.path("type").asString("").equals("Prepend")) {
        grow(1, part.path("prepend").asString("").length(), "normalizer");
      }
    }
  }

  private void preTokenizer(JsonNode preTokenizer) {
    for (JsonNode part : parts(preTokenizer, "pretokenizers", "pre_tokenizer")) {
      expression(part.path("pattern"), "pre_tokenizer");
    }
  }

  private void replacement(JsonNode part, String place) {
    expression(part.path("pattern"), place);
    if (part.path("type").asString("").equals("Replace")) {
      JsonNode literal = part.path("pattern").path("String");
      double length = part.path("content").asString("").length();
      if (literal.isString() && literal.stringValue().isEmpty()) {
        throw refused("something to replace", "nothing, in the " + place);
      }
      grow(
          literal.isString() ? Math.max(1, length / literal.stringValue().length()) : 1 + length,
          0,
          place);
    }
  }

  private void grow(double times, double more, String place) {
    growth *= times;
    added = added * times + more;
    if (growth > MOST_GROWTH || added > MOST_ADDED) {
      throw refused(
          "replacements that make a text at most %.0f times as long".formatted(MOST_GROWTH),
          "more in the " + place);
    }
  }

  private void expression(JsonNode pattern, String place) {
    JsonNode regex = pattern.path("Regex");
    if (!regex.isString() || KnownExpressions.contain(regex.stringValue())) {
      return;
    }
    int most;
    try {
      most = MatchingCost.of(regex.stringValue()).longestText();
    } catch (ExpressionException e) {
      throw refused(
          "an expression in the %s whose matching ends soon on any text".formatted(place),
          "one with " + e.getMessage());
    }
    longest = Math.min(longest, (most - added) / growth);
    if (longest < SHORTEST_LIMIT) {
      throw refused(
          "an expression in the %s whose matching ends soon on any text".formatted(place),
          "one that is too long for a text of %d characters".formatted(SHORTEST_LIMIT));
    }
  }

  /// WordPiece tries every part of a word.
  private void words(JsonNode model) {
    if (model.path("max_input_chars_per_word").asLong(0) > LONGEST_WORD) {
      throw refused(
          "a max_input_chars_per_word of at most " + LONGEST_WORD,
          model.path("max_input_chars_per_word").asLong(0) + "");
    }
  }

  private List<JsonNode> parts(JsonNode node, String list, String place) {
    List<JsonNode> parts = TokenizerRules.flatten(node, list);
    if (parts.size() > MOST_PARTS) {
      throw refused(
          "at most %d parts in the %s".formatted(MOST_PARTS, place),
          Integer.toString(parts.size()));
    }
    return parts;
  }

  private TokenizerException refused(String expected, String got) {
    return new TokenizerException(
        "tokenizer: expected %s, got %s in %s; give token ids instead, or change the file if you trust it"
            .formatted(expected, got, source));
  }
}

package io.lexiscope.model.tokenizer;

import io.lexiscope.model.config.JsonSlip;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Refuses the damaged documents on which the native library would end the whole process instead of
/// giving an error.
final class DocumentCheck {
  private DocumentCheck() {}

  /// @throws TokenizerException if the document is one of them
  static void check(TokenizerDocument document) {
    CharsMap.check(document.parts(), document.source());
    checkTemplates(document.parts(), document.source());
    checkStrip(document.parts(), document.source());
    if (!document.parts().path("model").path("continuing_subword_prefix").asString("").isEmpty()) {
      checkPrefix(document.tree().path("model"), document.source());
    }
  }

  /// A template may name only special tokens that it defines.
  private static void checkTemplates(ObjectNode root, String source) {
    for (JsonNode part : TokenizerRules.flatten(root.path("post_processor"), "processors")) {
      JsonNode defined = part.path("special_tokens");
      for (String list : List.of("single", "pair")) {
        for (JsonNode item : part.path(list)) {
          JsonNode special = item.path("SpecialToken");
          String name = special.path("id").asString("");
          if (special.isObject() && !defined.path(name).path("ids").isArray()) {
            throw new TokenizerException(
                "tokenizer: expected every special token of the post-processor's templates among its special_tokens, got one that is not in "
                    + source);
          }
        }
      }
    }
  }

  /// What is cut off the end of a token must not be longer than it, which no decoder can promise.
  private static void checkStrip(ObjectNode root, String source) {
    for (JsonNode part : TokenizerRules.flatten(root.path("decoder"), "decoders")) {
      if (part.path("type").asString("").equals("Strip") && part.path("stop").asInt(0) != 0) {
        throw new TokenizerException(
            "tokenizer: expected a Strip decoder with \"stop\": 0, got %s in %s"
                .formatted(JsonSlip.kind(part.path("stop")), source));
      }
    }
  }

  /// Where continuing pieces have a prefix, it is cut off the right part of every merge.
  private static void checkPrefix(JsonNode model, String source) {
    String prefix = model.path("continuing_subword_prefix").asString("");
    for (JsonNode merge : model.path("merges")) {
      String right =
          merge.isArray()
              ? merge.path(1).asString("")
              : merge.asString("").substring(merge.asString("").indexOf(' ') + 1);
      if (!right.startsWith(prefix)) {
        throw new TokenizerException(
            "tokenizer: expected merges whose right part starts with the continuing_subword_prefix, got one that does not in "
                + source);
      }
    }
  }
}

package io.lexiscope.model.tokenizer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The document to decode with, where it is not the one to encode with.
///
/// An added token declared `normalized` is decoded by the reference (tokenizers 0.22 and later) in
/// its normalised form: `</s>` under a normaliser that puts a mark before the text is `▁</s>`,
/// reads as ` </s>`, and is not taken for special. The native library here is older and decodes its
/// plain form; so such tokens are made ordinary pieces of that form for decoding.
final class DecodingDocument {
  private DecodingDocument() {}

  /// The changed document, or null where decoding with the original is the same.
  static @Nullable ObjectNode of(TokenizerDocument document) {
    ObjectNode root = document.parts();
    Vocabulary vocabulary = document.vocabulary();
    Map<String, String> forms = new LinkedHashMap<>();
    PieceStyle style = TokenizerRules.style(root);
    for (JsonNode token : root.path("added_tokens")) {
      String content = token.path("content").asString("");
      String form = normalized(content, root.path("normalizer"));
      if (style instanceof PieceStyle.Marked marked && vocabulary.id(form) != null) {
        form = form.replace(marked.mark(), " "); // reads the same, and is nobody else's piece
      }
      if (token.path("normalized").asBoolean(false)
          && !form.equals(content)
          && vocabulary.id(content) != null
          && vocabulary.id(form) == null) {
        forms.put(content, form);
      }
    }
    if (forms.isEmpty()) {
      return null;
    }
    ObjectNode copy = document.tree();
    ObjectNode model = (ObjectNode) copy.path("model");
    ObjectNode vocab = TokenizerJson.JSON.createObjectNode();
    for (var entry : model.path("vocab").properties()) {
      vocab.set(forms.getOrDefault(entry.getKey(), entry.getKey()), entry.getValue());
    }
    model.set("vocab", vocab);
    @Nullable String unknown = forms.get(model.path("unk_token").asString(""));
    if (unknown != null) {
      model.put("unk_token", unknown);
    }
    ArrayNode kept = TokenizerJson.JSON.createArrayNode();
    for (JsonNode token : copy.path("added_tokens")) {
      if (!forms.containsKey(token.path("content").asString(""))) {
        kept.add(token);
      }
    }
    copy.set("added_tokens", kept);
    for (String unused : List.of("truncation", "padding", "post_processor")) {
      copy.putNull(unused);
    }
    return copy;
  }

  /// The text as a normaliser made of marks would change it; other parts are taken to leave it
  /// alone.
  private static String normalized(String text, JsonNode normalizer) {
    String result = text;
    for (JsonNode part : TokenizerRules.flatten(normalizer, "normalizers")) {
      switch (part.path("type").asString("")) {
        case "Prepend" -> result = part.path("prepend").asString("") + result;
        case "Replace" -> {
          JsonNode pattern = part.path("pattern").path("String");
          if (pattern.isString()) {
            result = result.replace(pattern.stringValue(), part.path("content").asString(""));
          }
        }
        default -> {}
      }
    }
    return result;
  }
}

package io.lexiscope.train.bpe;

import io.lexiscope.model.tokenizer.TokenizerJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Builds tokenizers with one character a token, for tasks over small alphabets.
public final class CharTokenizerJson {
  /// Written where an unknown token must be named but there is none: it is no token, so unknown
  /// characters are refused.
  private static final String NO_TOKEN = "[UNK]";

  private CharTokenizerJson() {}

  /// A tokenizer over the given tokens.
  ///
  /// @param tokens in id order: one character each, or a longer name such as `[CLS]`, which becomes
  ///   a special token that texts may spell out
  /// @param roles tokens by role (`bos`, `eos`, `pad`, `unk`, `cls`, …); without `unk`, a character
  ///   outside the tokens is an error; `cls` is put before every text, as BERT does
  /// @throws IllegalArgumentException if a role names no token
  public static TokenizerJson of(List<String> tokens, Map<String, String> roles) {
    roles.forEach(
        (role, token) -> {
          if (!tokens.contains(token)) {
            throw new IllegalArgumentException(
                "charTokenizer: expected the %s token among %s, got \"%s\""
                    .formatted(role, tokens, token));
          }
        });
    ObjectNode root = new JsonMapper().createObjectNode().put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    ObjectNode vocabulary = root.objectNode();
    for (int id = 0; id < tokens.size(); id++) {
      String token = tokens.get(id);
      vocabulary.put(token, id);
      if (token.codePointCount(0, token.length()) > 1) {
        added
            .addObject()
            .put("id", id)
            .put("content", token)
            .put("single_word", false)
            .put("lstrip", false)
            .put("rstrip", false)
            .put("normalized", false)
            .put("special", true);
      }
    }
    root.putNull("normalizer");
    ObjectNode split = root.putObject("pre_tokenizer").put("type", "Split");
    split.putObject("pattern").put("Regex", "[\\s\\S]");
    split.put("behavior", "Isolated").put("invert", false);
    leadingToken(root, tokens, roles.get("cls"));
    root.putObject("decoder").put("type", "Fuse");
    ObjectNode model = root.putObject("model").put("type", "WordLevel");
    model.set("vocab", vocabulary);
    model.put("unk_token", roles.getOrDefault("unk", NO_TOKEN));
    return TokenizerJson.of(root, "an alphabet of characters").withRoles(roles);
  }

  private static void leadingToken(ObjectNode root, List<String> tokens, @Nullable String token) {
    if (token == null) {
      root.putNull("post_processor");
      return;
    }
    ObjectNode processor = root.putObject("post_processor").put("type", "TemplateProcessing");
    ArrayNode single = processor.putArray("single");
    single.addObject().putObject("SpecialToken").put("id", token).put("type_id", 0);
    single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    ArrayNode pair = processor.putArray("pair");
    pair.addObject().putObject("SpecialToken").put("id", token).put("type_id", 0);
    pair.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
    ObjectNode special = processor.putObject("special_tokens").putObject(token).put("id", token);
    special.putArray("ids").add(tokens.indexOf(token));
    special.putArray("tokens").add(token);
  }
}

package io.lexiscope.model.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What `tokenizer_config.json`, `special_tokens_map.json` and `added_tokens.json` say beside the
/// vocabulary.
///
/// @param roles text of each special token, by role (`bos`, `eos`, `pad`, `unk`, `cls`, `sep`,
///   `mask`)
/// @param named roles that are mentioned, those that are said to have no token among them
/// @param flags the yes-or-no settings that are given (`add_bos_token`, `add_prefix_space`, …)
/// @param added tokens by id that the vocabulary file may lack
/// @param tokenizerClass the transformers class, or empty
record TokenizerSettings(
    Map<String, String> roles,
    Set<String> named,
    Map<String, Boolean> flags,
    Map<Integer, Added> added,
    String tokenizerClass) {
  static final List<String> ROLES = List.of("bos", "eos", "pad", "unk", "cls", "sep", "mask");
  static final TokenizerSettings NONE = of(Map.of());

  private static final Set<String> FLAGS =
      Set.of(
          "add_bos_token",
          "add_eos_token",
          "add_prefix_space",
          "do_lower_case",
          "legacy",
          "tokenize_chinese_chars");

  /// A token outside the vocabulary file.
  ///
  /// @param content its text
  /// @param special whether it stands for something other than text
  /// @param lstrip whether it takes the space before it along
  /// @param rstrip whether it takes the space after it along
  record Added(String content, boolean special, boolean lstrip, boolean rstrip) {
    /// A special token that leaves the spaces around it alone.
    static Added special(String content) {
      return new Added(content, /* special= */ true, /* lstrip= */ false, /* rstrip= */ false);
    }
  }

  TokenizerSettings {
    roles = Map.copyOf(roles);
    named = Set.copyOf(named);
    flags = Map.copyOf(flags);
    added = new TreeMap<>(added);
  }

  /// Roles and nothing else.
  static TokenizerSettings of(Map<String, String> roles) {
    return new TokenizerSettings(roles, roles.keySet(), Map.of(), Map.of(), "");
  }

  boolean flag(String name, boolean otherwise) {
    return flags.getOrDefault(name, otherwise);
  }

  static TokenizerSettings read(Path folder) {
    var roles = new LinkedHashMap<String, String>();
    var named = new HashSet<String>();
    var flags = new HashMap<String, Boolean>();
    var added = new TreeMap<Integer, Added>();
    String tokenizerClass = "";
    Path tokens = folder.resolve("added_tokens.json");
    if (Files.exists(tokens)) {
      for (var entry : TokenizerJson.readObject(tokens).properties()) {
        if (entry.getValue().isInt()) {
          added.put(entry.getValue().intValue(), new Added(entry.getKey(), false, false, false));
        }
      }
    }
    Path map = folder.resolve("special_tokens_map.json");
    if (Files.exists(map)) {
      readRoles(TokenizerJson.readObject(map), roles, named);
    }
    Path config = folder.resolve("tokenizer_config.json");
    if (Files.exists(config)) {
      ObjectNode root = TokenizerJson.readObject(config);
      readRoles(root, roles, named);
      for (String flag : FLAGS) {
        JsonNode value = root.path(flag);
        if (value.isBoolean()) {
          flags.put(flag, value.booleanValue());
        }
      }
      tokenizerClass = root.path("tokenizer_class").asString("");
      for (var entry : root.path("added_tokens_decoder").properties()) {
        JsonNode value = entry.getValue();
        @Nullable String content = content(value);
        if (content != null && entry.getKey().matches("\\d{1,8}")) {
          added.put(
              Integer.parseInt(entry.getKey()),
              new Added(
                  content,
                  value.path("special").asBoolean(false),
                  value.path("lstrip").asBoolean(false),
                  value.path("rstrip").asBoolean(false)));
        }
      }
    }
    return new TokenizerSettings(roles, named, flags, added, tokenizerClass);
  }

  private static void readRoles(ObjectNode root, Map<String, String> roles, Set<String> named) {
    for (String role : ROLES) {
      if (root.has(role + "_token")) {
        named.add(role);
      }
      @Nullable String content = content(root.path(role + "_token"));
      if (content != null) {
        roles.put(role, content);
      }
    }
  }

  /// A token is written as a string, or as an object with its content.
  private static @Nullable String content(JsonNode token) {
    JsonNode text = token.isObject() ? token.path("content") : token;
    return text.isString() && !text.stringValue().isEmpty() ? text.stringValue() : null;
  }
}

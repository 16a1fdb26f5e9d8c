package io.lexiscope.model.tokenizer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the parts of a `tokenizer.json` mean for us: how its pieces read, which tokens it puts
/// around a text, and their roles.
final class TokenizerRules {
  private static final Map<String, List<String>> USUAL =
      Map.of(
          "bos", List.of("<s>", "<bos>", "<|begin_of_text|>", "<|startoftext|>", "<|endoftext|>"),
          "eos", List.of("</s>", "<eos>", "<|end_of_text|>", "<|im_end|>", "<|endoftext|>"),
          "pad", List.of("<pad>", "[PAD]", "<|pad|>"),
          "unk", List.of("<unk>", "[UNK]"),
          "cls", List.of("[CLS]"),
          "sep", List.of("[SEP]"),
          "mask", List.of("[MASK]", "<mask>"));

  private TokenizerRules() {}

  /// Makes a document of a folder what we want from the native library: no truncation, no padding,
  /// and the tokens that only the settings declare.
  ///
  /// As in the reference, a `tokenizer.json` alone says what is put around a text: an
  /// `add_bos_token` beside it does nothing.
  static ObjectNode prepare(ObjectNode root, TokenizerSettings settings, Vocabulary vocabulary) {
    ObjectNode copy = root.deepCopy();
    copy.putNull("truncation");
    copy.putNull("padding");
    Map<Integer, TokenizerSettings.Added> declared = vocabulary.declare(settings);
    if (!declared.isEmpty()) {
      ArrayNode tokens = copy.withArray("added_tokens");
      ByteLevelJson.addedTokens(declared).forEach(tokens::add);
    }
    return copy;
  }

  /// The same for a document built here from a vocabulary without rules of its own; where the
  /// settings ask for it, the beginning-of-text token is put before the text.
  static ObjectNode prepareBuilt(
      ObjectNode root, TokenizerSettings settings, Vocabulary vocabulary) {
    ObjectNode copy = prepare(root, settings, vocabulary);
    @Nullable String bos = settings.roles().get("bos");
    @Nullable Integer id = bos == null ? null : vocabulary.id(bos);
    if (bos != null
        && id != null
        && settings.flag("add_bos_token", false)
        && copy.path("post_processor").isEmpty()) {
      copy.set("post_processor", leading(bos, id));
    }
    return copy;
  }

  /// A post-processor that puts one token before the text.
  static ObjectNode leading(String token, int id) {
    ObjectNode template = TokenizerJson.JSON.createObjectNode().put("type", "TemplateProcessing");
    for (String list : List.of("single", "pair")) {
      ArrayNode items = template.putArray(list);
      for (String sequence : list.equals("single") ? List.of("A") : List.of("A", "B")) {
        int type = sequence.equals("A") ? 0 : 1;
        items.addObject().putObject("SpecialToken").put("id", token).put("type_id", type);
        items.addObject().putObject("Sequence").put("id", sequence).put("type_id", type);
      }
    }
    ObjectNode special = template.putObject("special_tokens").putObject(token);
    special.put("id", token);
    special.putArray("ids").add(id);
    special.putArray("tokens").add(token);
    return template;
  }

  /// How the pieces stand for bytes.
  static PieceStyle style(ObjectNode root) {
    String mark = "";
    boolean bytes = root.path("model").path("byte_fallback").asBoolean(false);
    for (JsonNode decoder : flatten(root.path("decoder"), "decoders")) {
      switch (decoder.path("type").asString("")) {
        case "ByteLevel" -> {
          return new PieceStyle.ByteLevel();
        }
        case "Metaspace" -> mark = decoder.path("replacement").asString("▁");
        case "Replace" -> {
          if (decoder.path("content").asString("").equals(" ")) {
            mark = decoder.path("pattern").path("String").asString("");
          }
        }
        case "ByteFallback" -> bytes = true;
        case "BPEDecoder" -> {
          return new PieceStyle.Suffixed(decoder.path("suffix").asString("</w>"));
        }
        default -> {}
      }
    }
    for (JsonNode part : flatten(root.path("pre_tokenizer"), "pretokenizers")) {
      if (part.path("type").asString("").equals("ByteLevel")) {
        return new PieceStyle.ByteLevel();
      }
    }
    return mark.isEmpty() && !bytes
        ? new PieceStyle.Plain()
        : new PieceStyle.Marked(mark.isEmpty() ? "▁" : mark, bytes);
  }

  /// How many tokens at the end of an encoded text are to be taken off: all that the post-processor
  /// adds there, but for the `[SEP]` of an encoder.
  static int trailing(ObjectNode root, TokenizerSettings settings) {
    var before = new ArrayList<String>();
    var after = new ArrayList<String>();
    surroundings(root, before, after);
    boolean encoder =
        !before.isEmpty()
            && !after.isEmpty()
            && before.getFirst().equals(settings.roles().getOrDefault("cls", "[CLS]"))
            && after.getLast().equals(settings.roles().getOrDefault("sep", "[SEP]"))
            && !after.getLast().equals(settings.roles().get("eos"));
    return encoder ? 0 : after.size();
  }

  private static void surroundings(ObjectNode root, List<String> before, List<String> after) {
    for (JsonNode part : flatten(root.path("post_processor"), "processors")) {
      switch (part.path("type").asString("")) {
        case "TemplateProcessing" -> {
          List<String> side = before;
          for (JsonNode item : part.path("single")) {
            if (item.has("Sequence")) {
              side = after;
            } else {
              String name = item.path("SpecialToken").path("id").asString("");
              int count = Math.max(1, part.path("special_tokens").path(name).path("ids").size());
              for (int i = 0; i < count; i++) {
                side.add(name);
              }
            }
          }
        }
        case "BertProcessing", "RobertaProcessing" -> {
          before.add(part.path("cls").path(0).asString(""));
          after.add(part.path("sep").path(0).asString(""));
        }
        default -> {}
      }
    }
  }

  /// The special tokens: as the settings declare them, else by their usual names among the tokens
  /// marked as special.
  static SpecialTokens specials(
      ObjectNode root, TokenizerSettings settings, Vocabulary vocabulary) {
    var before = new ArrayList<String>();
    surroundings(root, before, new ArrayList<>());
    var roles = new LinkedHashMap<String, Integer>();
    for (String role : TokenizerSettings.ROLES) {
      List<String> names = new ArrayList<>();
      @Nullable String declared = settings.roles().get(role);
      if (declared != null) {
        names.add(declared);
      } else if (settings.roles().isEmpty()) {
        if (role.equals("bos")) {
          names.addAll(before);
        }
        names.addAll(USUAL.getOrDefault(role, List.of()));
        names.removeIf(name -> !isSpecial(name, vocabulary));
        if (role.equals("unk") && root.path("model").path("unk_token").isString()) {
          names.addFirst(root.path("model").path("unk_token").stringValue());
        }
      }
      first(names, vocabulary).ifPresent(id -> roles.put(role, id));
    }
    Set<Integer> ids = new HashSet<>(vocabulary.special());
    return new SpecialTokens(roles, ids);
  }

  private static boolean isSpecial(String name, Vocabulary vocabulary) {
    @Nullable Integer id = vocabulary.id(name);
    return id != null && vocabulary.special().contains(id);
  }

  private static OptionalInt first(List<String> names, Vocabulary vocabulary) {
    for (String name : names) {
      @Nullable Integer id = vocabulary.id(name);
      if (id != null) {
        return OptionalInt.of(id);
      }
    }
    return OptionalInt.empty();
  }

  /// A part and, when it is a sequence of parts, those.
  static List<JsonNode> flatten(JsonNode part, String list) {
    if (!part.path("type").asString("").equals("Sequence")) {
      return part.isObject() ? List.of(part) : List.of();
    }
    var parts = new ArrayList<JsonNode>();
    for (JsonNode inner : part.path(list)) {
      parts.addAll(flatten(inner, list));
    }
    return parts;
  }
}

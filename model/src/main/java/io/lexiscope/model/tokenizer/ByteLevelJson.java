package io.lexiscope.model.tokenizer;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Builds the `tokenizer.json` of a byte-level BPE tokenizer (GPT-2 and after) from its vocabulary
/// and merges.
public final class ByteLevelJson {
  /// How Qwen 2 splits a text into words, where GPT-2's own expression is not used.
  private static final String QWEN2_WORDS =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r"
          + "\\n"
          + "\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r"
          + "\\n"
          + "]*|\\s*[\\r"
          + "\\n"
          + "]+|\\s+(?!\\S)|\\s+";

  private ByteLevelJson() {}

  /// A tokenizer of GPT-2's kind.
  ///
  /// @param vocabulary ids by piece, in byte letters ([ByteAlphabet])
  /// @param merges pairs of pieces separated by a space, first merged first
  /// @param special tokens of the vocabulary that stand for something other than text
  public static TokenizerJson of(
      Map<String, Integer> vocabulary, List<String> merges, List<String> special) {
    ObjectNode vocab = TokenizerJson.JSON.createObjectNode();
    vocabulary.forEach(vocab::put);
    var added = new TreeMap<Integer, TokenizerSettings.Added>();
    for (String token : special) {
      @Nullable Integer id = vocabulary.get(token);
      if (id == null) {
        throw new TokenizerException(
            "byteLevelTokenizer: expected special tokens from the vocabulary, got " + token);
      }
      added.put(id, TokenizerSettings.Added.special(token));
    }
    ObjectNode root = skeleton(added, TokenizerSettings.NONE);
    ObjectNode model = (ObjectNode) root.path("model");
    model.set("vocab", vocab);
    ArrayNode list = model.putArray("merges");
    merges.forEach(list::add);
    return TokenizerJson.owning(root, "a vocabulary and its merges");
  }

  /// The loaded tokenizer of a vocabulary file and a file of merges.
  ///
  /// @throws TokenizerException if one of them is damaged
  static Tokenizer open(Path vocabFile, Path mergesFile, TokenizerSettings settings) {
    String vocabText = TokenizerJson.readText(vocabFile);
    Vocabulary vocabulary = Vocabulary.of(vocabText, vocabFile.toString());
    var added = new TreeMap<>(settings.added());
    var special = new ArrayList<>(settings.roles().values());
    boolean qwen = settings.tokenizerClass().startsWith("Qwen2");
    List<String> byDefault = qwen ? List.of("eos", "unk", "pad") : List.of("bos", "eos", "unk");
    if (!settings.named().containsAll(byDefault)) {
      special.add("<|endoftext|>"); // what the reference's class takes for a role that nobody names
    }
    for (String token : special) {
      @Nullable Integer id = vocabulary.id(token);
      if (id != null) {
        added.put(id, TokenizerSettings.Added.special(token));
      }
    }
    ObjectNode skeleton = skeleton(added, settings);
    vocabulary.finish(skeleton.path("added_tokens"));
    ObjectNode parts = TokenizerRules.prepareBuilt(skeleton, settings, vocabulary);
    List<String> merges = merges(mergesFile);
    for (String merge : merges) {
      int space = merge.indexOf(' ');
      vocabulary.merge(merge.substring(0, space), merge.substring(space + 1));
    }
    String text = text(parts, vocabText, merges);
    return LoadedTokenizer.of(
        TokenizerDocument.of(parts, vocabulary, text, vocabFile + " and " + mergesFile), settings);
  }

  /// Writes the document around the vocabulary's own text: tens of thousands of pieces need no
  /// tree.
  static String text(ObjectNode parts, String vocabulary, List<String> merges) {
    ObjectNode others = parts.deepCopy();
    others.remove("model");
    var text = new StringBuilder(vocabulary.length() + 32 * merges.size() + 2000);
    String model = TokenizerJson.JSON.writeValueAsString(parts.path("model"));
    String rest = TokenizerJson.JSON.writeValueAsString(others);
    text.append(rest, 0, rest.length() - 1).append(",\"model\":");
    text.append(model, 0, model.length() - 1).append(",\"vocab\":").append(vocabulary);
    text.append(",\"merges\":").append(TokenizerJson.JSON.writeValueAsString(merges));
    return text.append("}}").toString();
  }

  private static List<String> merges(Path file) {
    List<String> merges = new ArrayList<>();
    List<String> lines;
    try {
      lines = Files.readAllLines(RegularFile.check(file));
    } catch (IOException e) {
      throw new TokenizerException(
          "tokenizer: expected a readable UTF-8 file of merges, got %s at %s"
              .formatted(OneLine.of(e), file),
          e);
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || (i == 0 && line.startsWith("#version"))) {
        continue;
      }
      if (line.split(" ", -1).length != 2) {
        throw new TokenizerException(
            "tokenizer: expected two pieces separated by a space, got %d at line %d of %s"
                .formatted(line.split(" ", -1).length, i + 1, file));
      }
      merges.add(line);
    }
    return merges;
  }

  /// The document but for the vocabulary and the merges.
  private static ObjectNode skeleton(
      Map<Integer, TokenizerSettings.Added> added, TokenizerSettings settings) {
    ObjectNode root = TokenizerJson.JSON.createObjectNode().put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    root.set("added_tokens", addedTokens(added));
    boolean prefixSpace = settings.flag("add_prefix_space", false);
    if (settings.tokenizerClass().startsWith("Qwen2")) {
      root.putObject("normalizer").put("type", "NFC");
      ObjectNode sequence = root.putObject("pre_tokenizer").put("type", "Sequence");
      ArrayNode parts = sequence.putArray("pretokenizers");
      ObjectNode split = parts.addObject().put("type", "Split");
      split.putObject("pattern").put("Regex", QWEN2_WORDS);
      split.put("behavior", "Isolated").put("invert", false);
      byteLevel(parts.addObject(), prefixSpace, /* useRegex= */ false);
    } else {
      root.putNull("normalizer");
      byteLevel(root.putObject("pre_tokenizer"), prefixSpace, /* useRegex= */ true);
    }
    root.putNull("post_processor");
    byteLevel(root.putObject("decoder"), prefixSpace, /* useRegex= */ true);
    ObjectNode model = root.putObject("model").put("type", "BPE");
    model.putNull("dropout");
    model.putNull("unk_token");
    model.putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false);
    return root;
  }

  /// The document of a tokenizer with words of its own, but for the vocabulary and the merges.
  static ObjectNode skeleton(Map<Integer, TokenizerSettings.Added> added, GgufWords words) {
    ObjectNode root = skeleton(added, TokenizerSettings.NONE);
    ObjectNode sequence = root.putObject("pre_tokenizer").put("type", "Sequence");
    ArrayNode parts = sequence.putArray("pretokenizers");
    for (String pattern : words.patterns()) {
      ObjectNode split = parts.addObject().put("type", "Split");
      split.putObject("pattern").put("Regex", pattern);
      split.put("behavior", "Isolated").put("invert", false);
    }
    byteLevel(parts.addObject(), /* prefixSpace= */ false, /* useRegex= */ false);
    ((ObjectNode) root.path("model")).put("ignore_merges", words.wholeFirst());
    return root;
  }

  private static void byteLevel(ObjectNode part, boolean prefixSpace, boolean useRegex) {
    part.put("type", "ByteLevel")
        .put("add_prefix_space", prefixSpace)
        .put("trim_offsets", false)
        .put("use_regex", useRegex);
  }

  static ArrayNode addedTokens(Map<Integer, TokenizerSettings.Added> added) {
    ArrayNode list = TokenizerJson.JSON.createArrayNode();
    added.forEach(
        (id, token) ->
            list.addObject()
                .put("id", id)
                .put("content", token.content())
                .put("single_word", false)
                .put("lstrip", token.lstrip())
                .put("rstrip", token.rstrip())
                .put("normalized", false)
                .put("special", token.special()));
    return list;
  }
}

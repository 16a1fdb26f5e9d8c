package io.lexiscope.model.tokenizer;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns a BERT `vocab.txt`, one WordPiece a line, into a `tokenizer.json`.
final class WordPieceJson {
  /// Setting: whether every mark is left out, those that take room of their own among them, as
  /// llama.cpp does and BERT's own tokenizer does not.
  static final String EVERY_MARK = "every mark";

  private WordPieceJson() {}

  /// The loaded tokenizer of a `vocab.txt`.
  ///
  /// @throws TokenizerException if the file cannot be read or lacks `[UNK]`, `[CLS]` or `[SEP]`
  static Tokenizer open(Path file, TokenizerSettings settings) {
    List<String> lines;
    try {
      lines = Files.readAllLines(RegularFile.check(file));
    } catch (IOException e) {
      throw new TokenizerException(
          "tokenizer: expected a readable UTF-8 vocabulary, got %s at %s"
              .formatted(OneLine.of(e), file),
          e);
    }
    return of(lines, settings, file.toString());
  }

  /// The loaded tokenizer of a vocabulary.
  ///
  /// @param lines the pieces, in the order of their ids
  /// @param source where they were read from, for messages
  /// @throws TokenizerException if `[UNK]`, `[CLS]` or `[SEP]` is not among them
  static Tokenizer of(List<String> lines, TokenizerSettings settings, String source) {
    var ids = new TreeMap<String, Integer>();
    for (int id = 0; id < lines.size(); id++) {
      ids.put(lines.get(id), id);
    }
    var added = new TreeMap<>(settings.added());
    for (var role :
        Map.of("unk", "[UNK]", "cls", "[CLS]", "sep", "[SEP]", "pad", "[PAD]", "mask", "[MASK]")
            .entrySet()) {
      String token = settings.roles().getOrDefault(role.getKey(), role.getValue());
      if (ids.containsKey(token)) {
        added.put(ids.get(token), new TokenizerSettings.Added(token, true, false, false));
      }
    }
    String unknown = settings.roles().getOrDefault("unk", "[UNK]");
    String first = settings.roles().getOrDefault("cls", "[CLS]");
    String last = settings.roles().getOrDefault("sep", "[SEP]");
    for (String needed : List.of(unknown, first, last)) {
      if (!ids.containsKey(needed)) {
        throw new TokenizerException(
            "tokenizer: expected a line %s in a WordPiece vocabulary, got none in %s"
                .formatted(needed, source));
      }
    }
    ObjectNode root = TokenizerJson.JSON.createObjectNode().put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    root.set("added_tokens", ByteLevelJson.addedTokens(added));
    normalizer(root, settings);
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    ObjectNode post = root.putObject("post_processor").put("type", "BertProcessing");
    pair(post.putArray("sep"), last, ids);
    pair(post.putArray("cls"), first, ids);
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    ObjectNode model = root.putObject("model").put("type", "WordPiece");
    model.put("unk_token", unknown);
    model.put("continuing_subword_prefix", "##");
    model.put("max_input_chars_per_word", 100);
    ObjectNode vocab = model.putObject("vocab");
    for (int id = 0; id < lines.size(); id++) {
      vocab.put(lines.get(id), id);
    }
    return TokenizerJson.owning(root, source).load(settings);
  }

  private static void normalizer(ObjectNode root, TokenizerSettings settings) {
    ObjectNode bert =
        TokenizerJson.JSON
            .createObjectNode()
            .put("type", "BertNormalizer")
            .put("clean_text", true)
            .put("handle_chinese_chars", settings.flag("tokenize_chinese_chars", true))
            .putNull("strip_accents")
            .put("lowercase", settings.flag("do_lower_case", true));
    if (!settings.flag(EVERY_MARK, false)) {
      root.set("normalizer", bert);
      return;
    }
    ArrayNode parts = root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
    parts.addObject().put("type", "NFD");
    parts.addObject().put("type", "StripAccents");
    parts.add(bert.put("strip_accents", false));
  }

  private static void pair(ArrayNode list, String token, Map<String, Integer> ids) {
    list.add(token).add(ids.getOrDefault(token, 0));
  }
}

package io.lexiscope.model.tokenizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Small tokenizers built in memory.
final class TinyTokenizers {
  private TinyTokenizers() {}

  /// Byte-level BPE: 256 bytes, ` the`, ` cat`, ` Paris` and their parts, and an end-of-text token.
  static TokenizerJson byteLevel() {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    for (int b = 0; b < 256; b++) {
      vocabulary.put(String.valueOf(ByteAlphabet.letter(b)), b);
    }
    List<String> merges = new ArrayList<>();
    for (String word : List.of("the", "cat", "Paris")) {
      String left = "Ġ";
      for (int i = 0; i < word.length(); i++) {
        String right = word.substring(i, i + 1);
        if (vocabulary.putIfAbsent(left + right, vocabulary.size()) == null) {
          merges.add(left + " " + right);
        }
        left += right;
      }
    }
    vocabulary.put("<|endoftext|>", vocabulary.size());
    return ByteLevelJson.of(vocabulary, merges, List.of("<|endoftext|>"));
  }

  /// A `tokenizer.json` as text: word-level over four words, with the given post-processor.
  static String wordLevel(String postProcessor) {
    return """
        {"version": "1.0", "truncation": null, "padding": null,
         "added_tokens": [
           {"id": 0, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
           {"id": 1, "content": "</s>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
           {"id": 2, "content": "[CLS]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
           {"id": 3, "content": "[SEP]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
         "normalizer": null, "pre_tokenizer": {"type": "Whitespace"},
         "post_processor": %s, "decoder": null,
         "model": {"type": "WordLevel", "unk_token": "?",
           "vocab": {"<s>": 0, "</s>": 1, "[CLS]": 2, "[SEP]": 3, "a": 4, "b": 5, "c": 6, "?": 7}}}
        """
        .formatted(postProcessor);
  }

  /// A post-processor that puts one token before and one after the text.
  static String template(String before, int beforeId, String after, int afterId) {
    return """
        {"type": "TemplateProcessing",
         "single": [{"SpecialToken": {"id": "%1$s", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
           {"SpecialToken": {"id": "%3$s", "type_id": 0}}],
         "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
         "special_tokens": {"%1$s": {"id": "%1$s", "ids": [%2$d], "tokens": ["%1$s"]},
           "%3$s": {"id": "%3$s", "ids": [%4$d], "tokens": ["%3$s"]}}}
        """
        .formatted(before, beforeId, after, afterId);
  }
}

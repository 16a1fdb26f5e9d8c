package io.lexiscope.model.tokenizer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Runs one expression on texts made to be hard for it, in a process of its own, which the native
/// library may end.
final class ForeignExpressions {
  /// Texts of repeated parts: what an expression that backtracks is slow on.
  private static final List<String> PARTS =
      List.of(
          "a", " ", "\n", "1", " \n", "A", "a\u0301", "aA", "日", "'", "! ", "\r\n", "é", "\u0301",
          "'s", "!", "a1", "Aa", " a", "a ", "\t", "\u00a0", "😀", "/", "x\n", ".,");

  private ForeignExpressions() {}

  /// A tokenizer of bytes with the expression as its words.
  static String document(String expression) {
    return document(
        "{\"type\": \"Sequence\", \"pretokenizers\": [{\"type\": \"Split\", \"pattern\": {\"Regex\": %s}, \"behavior\": \"Isolated\", \"invert\": false}, {\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": false, \"use_regex\": false}]}"
            .formatted(TokenizerJson.JSON.writeValueAsString(expression)),
        "null");
  }

  static String document(String preTokenizer, String normalizer) {
    var vocab = new StringBuilder();
    for (int b = 0; b < 256; b++) {
      vocab
          .append(b == 0 ? "" : ",")
          .append(TokenizerJson.JSON.writeValueAsString(String.valueOf(ByteAlphabet.letter(b))))
          .append(':')
          .append(b);
    }
    return "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[],\"normalizer\":%s,\"pre_tokenizer\":%s,\"post_processor\":null,\"decoder\":{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"trim_offsets\":false,\"use_regex\":false},\"model\":{\"type\":\"BPE\",\"dropout\":null,\"unk_token\":null,\"continuing_subword_prefix\":null,\"end_of_word_suffix\":null,\"fuse_unk\":false,\"byte_fallback\":false,\"vocab\":{%s},\"merges\":[]}}"
        .formatted(normalizer, preTokenizer, vocab);
  }

  /// @param args a file of expressions, one a line, the longest text, and how many kinds of texts
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("expressions");
    int most = Integer.parseInt(args[1]);
    int kinds = Integer.parseInt(args[2]);
    double worst = 0;
    for (String expression : Files.readAllLines(Path.of(args[0]), StandardCharsets.UTF_8)) {
      Files.writeString(folder.resolve("tokenizer.json"), document(expression));
      try (Tokenizer tokenizer = Tokenizer.open(folder)) {
        for (String part : PARTS.subList(0, kinds)) {
          for (String end : List.of("", "!")) {
            long start = System.nanoTime();
            encode(tokenizer, part, end, most);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (seconds > worst) {
              worst = seconds;
              System.out.println("slow " + seconds + " " + expression);
            }
          }
        }
      } catch (TokenizerException e) {
        System.out.println("refused " + expression + " :: " + e.getMessage());
      }
    }
    Files.delete(folder.resolve("tokenizer.json"));
    Files.delete(folder);
    System.out.println("worst " + worst);
  }

  private static void encode(Tokenizer tokenizer, String part, String end, int most) {
    for (int length = most; length > 0; length = length * 3 / 4) {
      try {
        tokenizer.encodeWithoutSpecial(part.repeat(length / part.length()) + end);
        return;
      } catch (TokenizerException e) {
        if (!String.valueOf(e.getMessage()).startsWith("encode: expected a text of at most")) {
          throw e;
        }
      }
    }
  }
}

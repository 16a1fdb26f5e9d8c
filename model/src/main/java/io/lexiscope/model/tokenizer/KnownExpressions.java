package io.lexiscope.model.tokenizer;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The expressions of published tokenizers. Each of them takes time in proportion to the text,
/// which for some can be measured and not proved: where one alternative gives up another takes all
/// that it read.
final class KnownExpressions {
  private static final String ENDINGS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
  private static final String SPACES = "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String BEFORE = "[^\\r\\n\\p{L}\\p{N}]?";
  private static final String SIGNS = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*";
  private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";

  private static final Set<String> PUBLISHED =
      Stream.concat(
              GgufWords.all(),
              Stream.of(
                  // ours, and what is read character by character or line by line
                  "[\\s\\S]",
                  "[\\S\\s]",
                  ".",
                  "\\n",
                  " {2,}",
                  "\\s+",
                  "\\d",
                  "\\p{N}",
                  "\\p{N}{1,3}",
                  "\\p{N}+",
                  "[0-9]",
                  "[0-9][0-9][0-9]",
                  "\\d{3}(?=(?:\\d{3})*\\b)",
                  "[一-龥぀-ゟ゠-ヿ]+",
                  // GPT-2, CLIP
                  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                  "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                  "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
                  "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
                  // Llama 3, OLMo 2, GPT-4; Qwen 2
                  ENDINGS + "|" + BEFORE + "\\p{L}+|\\p{N}{1,3}" + SIGNS + SPACES,
                  ENDINGS + "|" + BEFORE + "\\p{L}+|\\p{N}" + SIGNS + SPACES,
                  "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s",
                  // GPT-4o, Llama 4, Phi 4; Mistral
                  cased(ENDINGS + "?", "\\p{N}{1,3}"),
                  cased("", "\\p{N}"),
                  // DeepSeek
                  "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*"
                      + SPACES,
                  // BLOOM
                  " ?[^(\\s|[.,!?…。，、।۔،])]+"))
          .collect(Collectors.toUnmodifiableSet());

  private KnownExpressions() {}

  private static String cased(String ending, String numbers) {
    return "[^\\r\\n\\p{L}\\p{N}]?"
        + UPPER
        + "*"
        + LOWER
        + "+"
        + ending
        + "|[^\\r\\n\\p{L}\\p{N}]?"
        + UPPER
        + "+"
        + LOWER
        + "*"
        + ending
        + "|"
        + numbers
        + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*"
        + SPACES;
  }

  static boolean contain(String expression) {
    return PUBLISHED.contains(expression);
  }

  static Stream<String> all() {
    return PUBLISHED.stream();
  }
}

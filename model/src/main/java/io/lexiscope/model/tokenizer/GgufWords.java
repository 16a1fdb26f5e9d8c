package io.lexiscope.model.tokenizer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a text is split into words before merging, by the name that a GGUF file gives
/// (`tokenizer.ggml.pre`): expressions that each cut further what the ones before have left whole.
///
/// They are the published expressions of the tokenizers in the form in which llama.cpp applies
/// them, so that its ids are met.
///
/// @param patterns the expressions
/// @param wholeFirst whether a word that is a token is not taken apart
/// @param bos whether a beginning token is put before a text where the file does not say
record GgufWords(List<String> patterns, boolean wholeFirst, boolean bos) {
  private static final String ENDINGS = "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])";
  private static final String SPACES = "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String LETTERS = "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+";
  private static final String SIGNS = " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*";
  private static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)";
  private static final String LLAMA3 =
      ENDINGS + "|" + LETTERS + "|\\p{N}{1,3}|" + SIGNS + "|" + SPACES;
  private static final String QWEN2 = ENDINGS + "|" + LETTERS + "|\\p{N}|" + SIGNS + "|" + SPACES;
  private static final String PUNCTUATION =
      "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
          + "|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+";
  private static final String SENTENCE_PUNCTUATION = " ?[^(\\s|.,!?…。，、।۔،)]+";

  /// Lower and upper case by looking ahead, as gpt-4o's and Tekken's are applied.
  private static String cases(String letters, String ending) {
    String upper = "((?=[" + letters + "])([^a-z]))";
    String lower = "((?=[" + letters + "])([^A-Z]))";
    String before = "[^\\r\\n\\p{L}\\p{N}]?";
    return before + upper + "*" + lower + "+" + ending + "|" + before + upper + "+" + lower + "*"
        + ending;
  }

  private static String categories(String ending) {
    String upper = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    String lower = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    String before = "[^\\r\\n\\p{L}\\p{N}]?";
    return before + upper + "*" + lower + "+" + ending + "|" + before + upper + "+" + lower + "*"
        + ending;
  }

  private static final String SLASHES = " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*";
  private static final String GPT4O =
      cases("\\p{L}", ENDINGS + "?") + "|\\p{N}{1,3}|" + SLASHES + "|" + SPACES;
  private static final String LATIN =
      "\\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-\\x{1f7d}ᾀ-ᾴᾶ-ᾼιῂ-ῄῆ-ῌῐ-\\x{1fd3}ῖ-\\x{1fdb}ῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤ\\x{2126}ℨ\\x{212a}-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃]+";
  private static final String EAST_ASIAN = "[一-龥぀-ゟ゠-ヿ]+";
  private static final String DIGITS_OF_THREE = "[0-9][0-9][0-9]";

  private static final Map<String, GgufWords> BY_NAME = new TreeMap<>();

  static {
    add(of("[\\p{P}\\$\\+<=>\\^~\\|]+", GPT2, "\\p{N}+", DIGITS_OF_THREE), "default");
    add(
        of(GPT2),
        "gpt-2 phi-2 mpt olmo jais trillion granite-docling exaone4 jina-es jina-de jina-v2-es jina-v2-de jina-v1-en jina-v2-code roberta-bpe gigachat a.x-4.0 mellum modern-bert");
    add(
        of("\\p{N}", GPT2),
        "smollm starcoder refact command-r codeshell exaone minerva-7b mellum2");
    add(
        new GgufWords(List.of(LLAMA3), /* wholeFirst= */ true, /* bos= */ true),
        "llama-bpe llama3 llama-v3 falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano");
    add(of(LLAMA3), "dbrx smaug-bpe glm4 chatglm-bpe");
    add(
        of(QWEN2),
        "qwen2 deepseek-r1-qwen kormo f2llmv2 megrez stablelm2 hunyuan solar-open grok-2");
    add(
        of(
            ENDINGS
                + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|"
                + SPACES),
        "qwen35");
    add(of(LETTERS + "|\\p{N}|" + SIGNS + "|" + SPACES), "ufakzeka");
    add(of("[^\\n]+|[\\n]+", QWEN2), "laguna");
    add(
        of(
            "'(?:[sSdDmMtT]|[lL][lL]|[vV][eE]|[rR][eE])|"
                + LETTERS
                + "|\\p{N}|"
                + SIGNS
                + "|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+"),
        "bailingmoe bailingmoe2 llada-moe");
    add(
        of(ENDINGS + "|" + LETTERS + "|\\p{N}{1}| ?[^\\s\\p{L}\\p{N}\\r\\n]+|" + SPACES),
        "seed-coder");
    add(
        of(
            ENDINGS
                + "|[^\\r\\n\\p{L}\\p{N}]?(?:\\p{L}\\p{M}*(?: \\p{L}\\p{M}*)*)+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]?|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+"),
        "exaone-moe");
    add(
        new GgufWords(
            List.of("\\p{N}{1,3}", ENDINGS + "|" + LETTERS + "|\\p{N}+|" + SIGNS + "|" + SPACES),
            /* wholeFirst= */ true,
            /* bos= */ false),
        "minicpm5");
    add(
        of(
            ENDINGS
                + "|"
                + LETTERS
                + "|\\p{N}{1,3}|"
                + SIGNS
                + "|\\s*[\\r\\n]+|\\s{512}(?!\\S)|\\s{256}(?!\\S)|\\s{128}(?!\\S)|\\s{64}(?!\\S)|\\s{32}(?!\\S)|\\s{16}(?!\\S)|\\s{8}(?!\\S)|\\s{4}(?!\\S)|\\s{1,2}(?!\\S)|\\s{1}"),
        "jais-2");
    add(of(GPT4O), "gpt-4o llama4 kanana2 talkie minimax-m2");
    add(
        new GgufWords(
            List.of(cases("\\p{L}", "") + "|\\p{N}|" + SLASHES + "|" + SPACES),
            /* wholeFirst= */ true,
            /* bos= */ true),
        "tekken");
    add(
        new GgufWords(
            List.of(
                cases("\\p{L}\\p{M}", ENDINGS + "?") + "|\\p{N}{1,3}|" + SLASHES + "|" + SPACES),
            /* wholeFirst= */ true,
            /* bos= */ false),
        "granite-embed-multi-97m");
    add(
        of(
            "\\d{1,3}(?=(?:\\d{3})*\\b)",
            categories(ENDINGS + "?") + "|\\p{N}{1,3}|" + SLASHES + "|" + SPACES),
        "tiny_aya cohere2moe");
    add(
        new GgufWords(
            List.of(
                "[가-힣ㄱ-ㆎ]+|[！…“”‘’—：；，、-〿︰-﹏]+|[ㄅ-ㄯ]+|" + EAST_ASIAN,
                categories(ENDINGS + "?") + "|\\p{N}|" + SLASHES + "|" + SPACES),
            /* wholeFirst= */ true,
            /* bos= */ false),
        "youtu");
    add(
        of("\\p{N}{1,3}", EAST_ASIAN, PUNCTUATION + "[\\r\\n]*|" + SPACES),
        "deepseek-v3 hunyuan-dense joyai-llm hy_v4");
    add(
        of("\\p{N}{1,3}", EAST_ASIAN, PUNCTUATION + "|[\\r\\n]|\\s+(?!\\S)|\\s+", "\\p{N}"),
        "spark2_5");
    add(
        of(
            "[\\r\\n]",
            LATIN,
            "\\s?[!-/:-~！-／：-～‘-‟、-。]+",
            "\\s+$",
            "[一-龥ࠀ-一가-퟿&&[^\\s]]+",
            "\\p{N}+"),
        "deepseek-llm");
    add(
        of("[\\r\\n]", "\\s?\\p{L}+", "\\s?\\p{P}+", "[一-龥ࠀ-一가-퟿&&[^\\s]]+", "\\p{N}"),
        "deepseek-coder");
    add(of("[\\p{P}\\$\\+<=>\\^~\\|`]+", GPT2, DIGITS_OF_THREE), "falcon");
    add(of(SENTENCE_PUNCTUATION), "poro-chat bloom gpt3-finnish");
    add(of(SENTENCE_PUNCTUATION, "\\p{N}"), "viking");
    add(
        new GgufWords(
            List.of(
                "<sentinel:[0-9]+>",
                "(IMGIMG)((A|B|C|D|E|F|G|H|I){1,4})Z",
                "([\\t\\n]|    |  )",
                "\\p{N}",
                "[\\p{P}!-/:-@\\[-`{-~]",
                GPT2),
            /* wholeFirst= */ false,
            /* bos= */ true),
        "chameleon");
  }

  GgufWords {
    patterns = List.copyOf(patterns);
  }

  private static GgufWords of(String... patterns) {
    return new GgufWords(List.of(patterns), /* wholeFirst= */ false, /* bos= */ false);
  }

  private static void add(GgufWords words, String names) {
    for (String name : names.split(" ")) {
      BY_NAME.put(name, words);
    }
  }

  /// Every name that is known.
  static Stream<String> names() {
    return BY_NAME.keySet().stream();
  }

  /// The expressions of all names.
  static Stream<String> all() {
    return BY_NAME.values().stream().flatMap(words -> words.patterns().stream());
  }

  /// @throws TokenizerException if the name is not known
  static GgufWords named(String name, String source) {
    @Nullable GgufWords words = BY_NAME.get(name);
    if (words == null) {
      throw new TokenizerException(
          "tokenizer: expected a tokenizer.ggml.pre of %s, got \"%s\" in %s; give token ids instead of text"
              .formatted(String.join(", ", BY_NAME.keySet()), name, source));
    }
    return words;
  }
}

package io.lexiscope.model.tokenizer;

import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.gguf.Metadata;
import io.lexiscope.model.tokenizer.SentencePieceModel.Algorithm;
import io.lexiscope.model.tokenizer.SentencePieceModel.Ids;
import io.lexiscope.model.tokenizer.SentencePieceModel.Kind;
import io.lexiscope.model.tokenizer.SentencePieceModel.Normalization;
import io.lexiscope.model.tokenizer.SentencePieceModel.Piece;
import io.lexiscope.model.tokenizer.SentencePieceModel.Training;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// Makes a tokenizer of the metadata of a GGUF file: kinds `gpt2` (merges), `llama` (scores), `t5`
/// (probabilities) and `bert` (longest pieces).
///
/// The defaults of absent keys are llama.cpp's, whose answers these tokenizers are held to.
///
/// @see <a
///   href="https://github.com/ggml-org/llama.cpp/blob/master/src/llama-vocab.cpp">llama-vocab.cpp</a>
final class GgufTokenizer {
  private static final String KEYS = "tokenizer.ggml.";

  /// Roles by the names that GGUF gives them.
  private static final Map<String, String> ROLES =
      Map.of(
          "bos", "bos_token_id",
          "eos", "eos_token_id",
          "pad", "padding_token_id",
          "unk", "unknown_token_id",
          "sep", "seperator_token_id", // so spelled in the format
          "cls", "cls_token_id",
          "mask", "mask_token_id");

  private final Metadata metadata;
  private final String source;
  private final List<String> tokens;
  private final List<Kind> kinds;

  private GgufTokenizer(Metadata metadata) {
    this.metadata = metadata;
    this.source = metadata.file().toString();
    this.tokens = metadata.texts(KEYS + "tokens");
    this.kinds = kinds(metadata.integers(KEYS + "token_type"));
  }

  /// @throws TokenizerException if it is of an unknown kind or damaged
  static Tokenizer open(Metadata metadata) {
    try {
      String model = metadata.text(KEYS + "model").orElse("none");
      return switch (model) {
        case "none", "no_vocab" -> new AbsentTokenizer(metadata.file());
        case "gpt2" -> new GgufTokenizer(metadata).merging();
        case "llama" -> new GgufTokenizer(metadata).sentencePiece(Algorithm.BPE);
        case "t5" -> new GgufTokenizer(metadata).sentencePiece(Algorithm.UNIGRAM);
        case "bert" -> new GgufTokenizer(metadata).wordPiece();
        default ->
            throw new TokenizerException(
                "tokenizer: expected a tokenizer.ggml.model of gpt2, llama, t5 or bert, got \"%s\" in %s; give token ids instead of text"
                    .formatted(model, metadata.file()));
      };
    } catch (ConfigException e) {
      throw new TokenizerException(
          String.valueOf(e.getMessage()).replaceFirst("^config:", "tokenizer:"), e);
    }
  }

  private List<Kind> kinds(List<Integer> numbers) {
    if (tokens.isEmpty() || (!numbers.isEmpty() && numbers.size() != tokens.size())) {
      throw new TokenizerException(
          "tokenizer: expected tokens and a type for each, got %d tokens and %d types in %s"
              .formatted(tokens.size(), numbers.size(), source));
    }
    var kinds = new ArrayList<Kind>(tokens.size());
    Kind[] known = Kind.values();
    for (int id = 0; id < tokens.size(); id++) {
      int number = numbers.isEmpty() ? 1 : numbers.get(id);
      kinds.add(number >= 1 && number <= known.length ? known[number - 1] : Kind.NORMAL);
    }
    return kinds;
  }

  // --- gpt2 ---

  private Tokenizer merging() {
    String name = metadata.text(KEYS + "pre").orElse("default");
    GgufWords words = GgufWords.named(name, source);
    var vocabulary = new LinkedHashMap<String, Integer>(2 * tokens.size());
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.putIfAbsent(tokens.get(id), id);
    }
    var settings = settings(words.bos(), OptionalInt.of(11), OptionalInt.of(11));
    String text =
        ByteLevelJson.text(
            ByteLevelJson.skeleton(settings.added(), words),
            TokenizerJson.JSON.writeValueAsString(vocabulary),
            merges(vocabulary));
    return LoadedTokenizer.of(TokenizerDocument.read(text, source), settings);
  }

  /// The merges whose parts and result are there; llama.cpp finds no token for the others.
  private List<String> merges(Map<String, Integer> vocabulary) {
    List<String> merges = metadata.texts(KEYS + "merges");
    var usable = new ArrayList<String>(merges.size());
    for (String merge : merges) {
      int space = merge.indexOf(' ', 1);
      if (space < 0) {
        throw new TokenizerException(
            "tokenizer: expected merges of two pieces, got \"%s\" in %s".formatted(merge, source));
      }
      String left = merge.substring(0, space);
      String right = merge.substring(space + 1);
      if (vocabulary.containsKey(left)
          && vocabulary.containsKey(right)
          && vocabulary.containsKey(left + right)) {
        usable.add(merge);
      }
    }
    return usable;
  }

  // --- llama and t5 ---

  private Tokenizer sentencePiece(Algorithm algorithm) {
    List<Double> scores = metadata.numbers(KEYS + "scores");
    if (scores.size() < tokens.size()) {
      throw new TokenizerException(
          "tokenizer: expected a score for each of %d tokens, got %d in %s"
              .formatted(tokens.size(), scores.size(), source));
    }
    var pieces = new ArrayList<Piece>(tokens.size());
    boolean bytes = false;
    for (int id = 0; id < tokens.size(); id++) {
      pieces.add(new Piece(tokens.get(id), scores.get(id).floatValue(), kinds.get(id)));
      bytes |= kinds.get(id) == Kind.BYTE;
    }
    boolean merges = algorithm == Algorithm.BPE;
    var ids =
        merges
            ? new Ids(
                id("unk").orElse(0), id("bos").orElse(1), id("eos").orElse(2), id("pad").orElse(-1))
            : new Ids(
                id("unk").orElse(2),
                id("bos").orElse(-1),
                id("eos").orElse(1),
                id("pad").orElse(0));
    byte[] charsMap = metadata.bytes(KEYS + "precompiled_charsmap");
    var normalization =
        new Normalization(
            Base64.getEncoder().encodeToString(charsMap),
            metadata.flag(KEYS + "add_space_prefix").orElse(true),
            metadata.flag(KEYS + "remove_extra_whitespaces").orElse(false) && !merges,
            /* spacesBehind= */ false);
    var model = new SentencePieceModel(pieces, new Training(algorithm, bytes, ids), normalization);
    OptionalInt bos = ids.bos() < 0 ? OptionalInt.empty() : OptionalInt.of(ids.bos());
    return SentencePieceJson.of(model, settings(merges, bos, OptionalInt.of(ids.eos())), source);
  }

  // --- bert ---

  /// Pieces that begin a word are marked here, where WordPiece marks those that go on.
  private Tokenizer wordPiece() {
    var lines = new ArrayList<String>(tokens.size());
    for (int id = 0; id < tokens.size(); id++) {
      String token = tokens.get(id);
      boolean literal =
          kinds.get(id) != Kind.NORMAL || (token.startsWith("[") && token.endsWith("]"));
      lines.add(literal ? token : token.startsWith("▁") ? token.substring(1) : "##" + token);
    }
    var given = settings(/* bosFirst= */ true, OptionalInt.of(101), OptionalInt.empty());
    var roles = new HashMap<>(given.roles());
    roles.remove("eos");
    roles.putIfAbsent("cls", token(id("bos").orElse(101)));
    roles.putIfAbsent("sep", token(id("sep").orElse(102)));
    roles.putIfAbsent("unk", token(id("unk").orElse(100)));
    roles.remove("bos");
    var flags = new HashMap<>(given.flags());
    flags.put(WordPieceJson.EVERY_MARK, true);
    metadata
        .flag(KEYS + "normalizer.lowercase")
        .ifPresent(lower -> flags.put("do_lower_case", lower));
    return WordPieceJson.of(
        lines,
        new TokenizerSettings(roles, given.named(), flags, given.added(), given.tokenizerClass()),
        source);
  }

  // --- what all have ---

  private OptionalInt id(String role) {
    OptionalInt id = metadata.integer(KEYS + ROLES.getOrDefault(role, role));
    return id.isPresent() && (id.getAsInt() < 0 || id.getAsInt() >= tokens.size())
        ? OptionalInt.empty()
        : id;
  }

  private String token(int id) {
    if (id < 0 || id >= tokens.size()) {
      throw new TokenizerException(
          "tokenizer: expected the ids of special tokens below %d, got %d in %s"
              .formatted(tokens.size(), id, source));
    }
    return tokens.get(id);
  }

  /// @param bosFirst whether a beginning token is put before a text where the file does not say
  /// @param bos its id where the file does not say
  /// @param eos likewise of the end token
  private TokenizerSettings settings(boolean bosFirst, OptionalInt bos, OptionalInt eos) {
    var roles = new LinkedHashMap<String, String>();
    for (String role : ROLES.keySet()) {
      id(role).ifPresent(id -> roles.put(role, tokens.get(id)));
    }
    bos.stream()
        .filter(id -> id < tokens.size())
        .forEach(id -> roles.putIfAbsent("bos", tokens.get(id)));
    eos.stream()
        .filter(id -> id < tokens.size())
        .forEach(id -> roles.putIfAbsent("eos", tokens.get(id)));
    boolean first = metadata.flag(KEYS + "add_bos_token").orElse(bosFirst);
    if (!first && id("bos").isEmpty()) {
      roles.remove("bos");
    }
    var added = new TreeMap<Integer, TokenizerSettings.Added>();
    for (int id = 0; id < tokens.size(); id++) {
      Kind kind = kinds.get(id);
      boolean special = kind == Kind.CONTROL || kind == Kind.UNKNOWN;
      if ((special || kind == Kind.USER_DEFINED) && !tokens.get(id).isEmpty()) {
        added.put(
            id,
            new TokenizerSettings.Added(
                tokens.get(id), special, /* lstrip= */ false, /* rstrip= */ false));
      }
    }
    return new TokenizerSettings(
        roles, Set.copyOf(TokenizerSettings.ROLES), Map.of("add_bos_token", first), added, "");
  }
}

package io.lexiscope.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Chooses from a repository's files those that open the model: configuration, tokenizer and
/// safetensors, and no other form of the weights.
final class ModelFiles {
  static final String CONFIG = "config.json";
  static final String WEIGHTS = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private static final Set<String> SIDE_FILES =
      Set.of(
          "generation_config.json",
          "chat_template.jinja",
          "chat_template.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt",
          "vocab.txt",
          "encoder.json",
          "vocab.bpe",
          "spiece.model",
          "sentencepiece.bpe.model");
  private static final Pattern TOKENIZER = Pattern.compile("tokenizer[\\w.-]*\\.(json|model)");
  private static final Pattern PLAIN = Pattern.compile("\\w[\\w.+-]*");
  private static final Pattern OTHER_WEIGHTS =
      Pattern.compile(".*\\.(bin|pt|pth|ckpt|h5|msgpack|onnx|gguf|safetensors)");

  private static final Pattern GGUF = Pattern.compile("\\w[\\w.+-]*\\.gguf");
  private static final Pattern PART = Pattern.compile("(.*)-\\d{5}-of-(\\d{5})\\.gguf");

  private final HubName name;
  private final Set<String> there;

  /// The files of a repository.
  ///
  /// @param name for messages
  /// @param there all file names
  ModelFiles(HubName name, Set<String> there) {
    this.name = name;
    this.there = there;
  }

  /// Whether the weights are the shards that an index lists.
  boolean isSharded() {
    return !there.contains(WEIGHTS) && there.contains(INDEX);
  }

  /// Everything but the weights, `config.json` last: what has it can be opened.
  ///
  /// @throws HubException of kind `INVALID` when there is no configuration or no safetensors
  List<String> aroundTheWeights() {
    if (!there.contains(CONFIG)) {
      throw lacking(CONFIG, there.isEmpty() ? "no files" : sample(there), "");
    }
    if (!there.contains(WEIGHTS) && !there.contains(INDEX)) {
      var others = there.stream().filter(f -> OTHER_WEIGHTS.matcher(f).matches()).toList();
      throw lacking(
          WEIGHTS,
          others.isEmpty() ? "no weights" : "only " + sample(others),
          "; choose a revision or a model that has safetensors, or convert the weights");
    }
    var chosen =
        new TreeSet<>(
            there.stream()
                .filter(f -> SIDE_FILES.contains(f) || TOKENIZER.matcher(f).matches())
                .toList());
    chosen.remove(CONFIG);
    var ordered = new ArrayList<>(chosen);
    ordered.add(CONFIG);
    return ordered;
  }

  /// A GGUF file, with its other parts where it is one of several.
  ///
  /// @throws HubException of kind `INVALID` when the repository has no such file, or it is none
  List<String> gguf(String file) {
    if (!GGUF.matcher(file).matches()) {
      throw HubException.invalid(
          "file",
          "pull: expected the name of a GGUF file, got %s; leave it out to fetch the model as a folder"
              .formatted(HubName.shown(file)));
    }
    if (!there.contains(file)) {
      var others = there.stream().filter(some -> GGUF.matcher(some).matches()).toList();
      throw HubException.invalid(
          "file",
          "pull: expected a file that %s has, such as %s, got %s"
              .formatted(
                  name.written(),
                  others.isEmpty() ? "none in GGUF" : sample(others),
                  HubName.shown(file)));
    }
    var part = PART.matcher(file);
    if (!part.matches()) {
      return List.of(file);
    }
    return there.stream()
        .filter(
            some -> {
              var other = PART.matcher(some);
              return other.matches()
                  && other.group(1).equals(part.group(1))
                  && other.group(2).equals(part.group(2));
            })
        .sorted()
        .toList();
  }

  /// The shards of an index.
  ///
  /// @param json text of `model.safetensors.index.json`
  /// @throws HubException of kind `INVALID` when it is not of the form of an index, or lists what
  ///   the repository does not have
  List<String> shards(String json) {
    JsonNode map;
    try {
      map = new JsonMapper().readTree(json).path("weight_map");
    } catch (JacksonException e) {
      throw lacking("JSON in " + INDEX, "something else", "");
    }
    var shards = new TreeSet<String>();
    for (var entry : map.properties()) {
      var file = entry.getValue().isString() ? entry.getValue().stringValue() : "";
      if (!PLAIN.matcher(file).matches() || !file.endsWith(".safetensors")) {
        throw lacking("names of safetensors files in " + INDEX, entry.getValue().toString(), "");
      }
      shards.add(file);
    }
    if (shards.isEmpty()) {
      throw lacking("a weight_map in " + INDEX, "none", "");
    }
    for (var shard : shards) {
      if (!there.contains(shard)) {
        throw lacking(shard + ", as " + INDEX + " lists", "a repository without it", "");
      }
    }
    return List.copyOf(shards);
  }

  private HubException lacking(String expected, String got, String advice) {
    return HubException.invalid(
        "id", "pull: expected " + expected + ", got " + got + " in " + name.written() + advice);
  }

  private static String sample(Iterable<String> names) {
    var sorted = new TreeSet<String>();
    names.forEach(sorted::add);
    var first = sorted.stream().limit(5).toList();
    return String.join(", ", first) + (sorted.size() > first.size() ? ", …" : "");
  }
}

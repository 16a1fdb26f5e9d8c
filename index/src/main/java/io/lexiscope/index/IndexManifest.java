package io.lexiscope.index;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What an index says of itself; written with its last byte, so that an index without one is
/// unfinished.
///
/// @param weightHash SHA-256 of the weights it was made from
/// @param vectors how many
/// @param width their elements
/// @param words how many of the strongest, and of the weakest, words are kept of each
/// @param corpus on what firing rates were measured; its name is empty where they were not
public record IndexManifest(
    String weightHash, int vectors, int width, int words, CorpusMark corpus) {
  /// The form of the files; an index of another form is built anew.
  static final String FORMAT = "lexiscope-index-3";

  /// The corpus of the firing rates.
  ///
  /// @param name what people call it; empty for none
  /// @param positions how many were read
  public record CorpusMark(String name, long positions) {
    /// No firing rates.
    public static final CorpusMark NONE = new CorpusMark("", 0);

    /// Whether there are firing rates.
    public boolean present() {
      return positions > 0;
    }
  }

  Map<String, String> toMap() {
    Map<String, String> map = new HashMap<>();
    map.put("format", FORMAT);
    map.put("weights", weightHash);
    map.put("vectors", Integer.toString(vectors));
    map.put("width", Integer.toString(width));
    map.put("words", Integer.toString(words));
    map.put("corpus", corpus.name());
    map.put("positions", Long.toString(corpus.positions()));
    return map;
  }

  /// @return nothing where the map is of another form
  static Optional<IndexManifest> of(Map<String, String> map) {
    if (!FORMAT.equals(map.get("format"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new IndexManifest(
              map.getOrDefault("weights", ""),
              Integer.parseInt(map.getOrDefault("vectors", "")),
              Integer.parseInt(map.getOrDefault("width", "")),
              Integer.parseInt(map.getOrDefault("words", "")),
              new CorpusMark(
                  map.getOrDefault("corpus", ""),
                  Long.parseLong(map.getOrDefault("positions", "")))));
    } catch (NumberFormatException damaged) {
      return Optional.empty();
    }
  }
}

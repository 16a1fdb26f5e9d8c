package io.lexiscope.model.gguf;

import io.lexiscope.model.weights.WeightsException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files that hold one model: a single one, or all parts of a split one.
///
/// The parts are named `…-00001-of-00003.gguf`; the first holds the metadata.
public final class GgufParts {
  private static final Pattern PART = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf");
  private static final String COUNT = "split.count";

  private GgufParts() {}

  /// The file that speaks for a part: the first of a split model, else the file itself.
  public static Path first(Path file) {
    return part(file).map(part -> part.sibling(file, 1)).orElse(file);
  }

  private record Part(String stem, int of) {
    Path sibling(Path file, int number) {
      return file.resolveSibling("%s-%05d-of-%05d.gguf".formatted(stem, number, of));
    }
  }

  private static Optional<Part> part(Path file) {
    Matcher matcher = PART.matcher(String.valueOf(file.getFileName()));
    return matcher.matches()
        ? Optional.of(new Part(matcher.group(1), Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /// Paths of all files of a model.
  ///
  /// @param first the file that holds the metadata
  /// @param metadata what it says
  /// @throws WeightsException if a part is missing
  public static List<Path> paths(Path first, Metadata metadata) {
    int count = metadata.integer(COUNT).orElse(1);
    if (count <= 1) {
      return List.of(first);
    }
    Part part =
        part(first)
            .filter(named -> named.of() == count)
            .orElseThrow(
                () ->
                    new WeightsException(
                        "open GGUF: expected a name like model-00001-of-%05d.gguf for the first of %d parts, got %s; give the parts back the names they had"
                            .formatted(count, count, first)));
    var paths = new ArrayList<Path>();
    for (int number = 1; number <= count; number++) {
      Path path = part.sibling(first, number);
      if (!Files.isRegularFile(path)) {
        throw new WeightsException(
            "open GGUF: expected %d parts, got no %s beside %s; fetch the missing file"
                .formatted(count, path.getFileName(), first));
      }
      paths.add(path);
    }
    return List.copyOf(paths);
  }

  /// Opens all files of a model.
  ///
  /// @param first the file that holds the metadata
  /// @param arena owner of the mappings
  /// @throws WeightsException if a part is missing or damaged, or two parts hold the same tensor
  public static List<GgufFile> open(Path first, Arena arena) {
    GgufFile head = GgufFile.open(first, arena);
    var files = new ArrayList<GgufFile>();
    var names = new HashSet<String>();
    for (Path path : paths(first, head.metadata())) {
      GgufFile file = path.equals(first) ? head : GgufFile.open(path, arena);
      for (String name : file.names()) {
        if (!names.add(name)) {
          throw Cursor.broken("every tensor once among the parts", name + " again", path);
        }
      }
      files.add(file);
    }
    int wanted = head.metadata().integer("split.tensors.count").orElse(names.size());
    if (files.size() > 1 && wanted != names.size()) {
      throw Cursor.broken(
          "%d tensors in %d parts".formatted(wanted, files.size()),
          Integer.toString(names.size()),
          first);
    }
    return List.copyOf(files);
  }
}

package io.lexiscope.workbench.shelf;

import io.lexiscope.workbench.view.ModelSource;
import io.lexiscope.workbench.view.ProblemKind;
import io.lexiscope.workbench.view.WorkbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds model folders: by bundled name, by hub id in the local cache, by path.
public final class ModelFinder {
  private static final String CONFIG = "config.json";
  private static final String CACHED = "models--";
  private static final Pattern HUB_ID = Pattern.compile("([\\w.-]+/)?[\\w.-]+(@[\\w.-]+)?");

  private final ModelPlaces places;

  /// A finder.
  ///
  /// @param places where to look
  public ModelFinder(ModelPlaces places) {
    this.places = places;
  }

  /// Where this finder looks.
  public ModelPlaces places() {
    return places;
  }

  /// Finds a model: a bundled name first, then a path that holds `config.json`, then a name in one
  /// of the folders, then a hub id (`org/name`, `name`, or either with `@revision`) in the cache.
  ///
  /// @param name what is asked for; the default model when null
  /// @throws WorkbenchException of kind `notFound` when there is none
  public FoundModel find(@Nullable String name) {
    var wanted = name == null ? places.defaultModel() : name;
    if (wanted.isBlank()) {
      throw missing(wanted);
    }
    return child(places.bundled(), wanted, ModelSource.BUNDLED)
        .or(() -> path(wanted))
        .or(
            () ->
                places.folders().stream()
                    .flatMap(folder -> child(folder, wanted, ModelSource.LOCAL).stream())
                    .findFirst())
        .or(() -> cached(wanted))
        .orElseThrow(() -> missing(wanted));
  }

  /// All models of the known places: bundled, in the folders, cached; each name once.
  public List<FoundModel> all() {
    Map<String, FoundModel> found = new LinkedHashMap<>();
    for (var folder : folders(places.bundled())) {
      child(places.bundled(), fileName(folder), ModelSource.BUNDLED)
          .ifPresent(model -> found.putIfAbsent(model.name(), model));
    }
    for (var parent : places.folders()) {
      for (var folder : folders(parent)) {
        child(parent, fileName(folder), ModelSource.LOCAL)
            .ifPresent(model -> found.putIfAbsent(model.name(), model));
      }
    }
    for (var folder : folders(places.hubCache())) {
      var name = fileName(folder);
      if (name.startsWith(CACHED)) {
        cached(name.substring(CACHED.length()).replace("--", "/"))
            .ifPresent(model -> found.putIfAbsent(model.name(), model));
      }
    }
    return List.copyOf(found.values());
  }

  private static Optional<FoundModel> child(Path parent, String name, ModelSource source) {
    if (name.contains("/") || name.contains("\\") || name.startsWith(".")) {
      return Optional.empty();
    }
    var folder = parent.resolve(name);
    return isModel(folder) ? Optional.of(new FoundModel(name, folder, source)) : Optional.empty();
  }

  private static Optional<FoundModel> path(String name) {
    try {
      var folder = Path.of(name);
      return isModel(folder)
          ? Optional.of(new FoundModel(name, folder, ModelSource.LOCAL))
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Optional<FoundModel> cached(String id) {
    if (!HUB_ID.matcher(id).matches()) {
      return Optional.empty();
    }
    var at = id.indexOf('@');
    var repository = at < 0 ? id : id.substring(0, at);
    var revision = at < 0 ? "main" : id.substring(at + 1);
    var root = places.hubCache().resolve(CACHED + repository.replace("/", "--"));
    var snapshots = root.resolve("snapshots");
    return reference(root.resolve("refs").resolve(revision))
        .or(() -> Optional.of(revision))
        .map(snapshots::resolve)
        .filter(ModelFinder::isModel)
        .or(() -> at < 0 ? onlySnapshot(snapshots) : Optional.empty())
        .map(folder -> new FoundModel(id, folder, ModelSource.CACHED));
  }

  private static Optional<String> reference(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Optional.of(Files.readString(file).strip())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> onlySnapshot(Path snapshots) {
    var models = folders(snapshots).stream().filter(ModelFinder::isModel).toList();
    return models.size() == 1 ? Optional.of(models.getFirst()) : Optional.empty();
  }

  private static boolean isModel(Path folder) {
    return Files.isRegularFile(folder.resolve(CONFIG));
  }

  private static List<Path> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (var children = Files.list(parent)) {
      return new ArrayList<>(children.filter(Files::isDirectory).sorted().toList());
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String fileName(Path folder) {
    return String.valueOf(folder.getFileName());
  }

  private WorkbenchException missing(String name) {
    var known = all().stream().map(FoundModel::name).limit(8).collect(Collectors.joining(", "));
    return new WorkbenchException(
        ProblemKind.NOT_FOUND,
        "model: expected a folder with config.json, a hub id in the local cache, or one of "
            + (known.isEmpty() ? "the bundled names (there are none)" : known)
            + ", got "
            + (name.isBlank() ? "an empty name" : name),
        "model",
        /* cause= */ null);
  }
}

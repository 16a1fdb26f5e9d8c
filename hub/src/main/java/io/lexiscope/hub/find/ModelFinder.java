package io.lexiscope.hub.find;

import io.lexiscope.hub.HubCache;
import io.lexiscope.hub.HubException;
import io.lexiscope.hub.HubName;
import io.lexiscope.hub.HubProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds model folders: by bundled name, by hub id in the local cache, by path.
public final class ModelFinder {
  private static final String CONFIG = "config.json";

  private final ModelPlaces places;
  private final HubCache hub;

  /// A finder.
  ///
  /// @param places where to look
  public ModelFinder(ModelPlaces places) {
    this.places = places;
    this.hub = new HubCache(places.hubCache());
  }

  /// Where this finder looks.
  public ModelPlaces places() {
    return places;
  }

  /// Finds a model: a bundled name first, then a path that holds `config.json`, then a name in one
  /// of the folders, then a hub id (`org/name`, `name`, or either with `@revision`) in the cache.
  ///
  /// @param name what is asked for; the default model when null
  /// @throws HubException of kind `NOT_FOUND` when there is none
  public FoundModel find(@Nullable String name) {
    var wanted = name == null ? places.defaultModel() : name;
    if (wanted.isBlank()) {
      throw missing(wanted);
    }
    return child(places.bundled(), wanted, ModelOrigin.BUNDLED)
        .or(() -> path(wanted))
        .or(
            () ->
                places.folders().stream()
                    .flatMap(folder -> child(folder, wanted, ModelOrigin.LOCAL).stream())
                    .findFirst())
        .or(() -> cached(wanted))
        .orElseThrow(() -> missing(wanted));
  }

  /// All models of the known places: bundled, in the folders, cached; each name once.
  public List<FoundModel> all() {
    Map<String, FoundModel> found = new LinkedHashMap<>();
    for (var folder : folders(places.bundled())) {
      child(places.bundled(), fileName(folder), ModelOrigin.BUNDLED)
          .ifPresent(model -> found.putIfAbsent(model.name(), model));
    }
    for (var parent : places.folders()) {
      for (var folder : folders(parent)) {
        child(parent, fileName(folder), ModelOrigin.LOCAL)
            .ifPresent(model -> found.putIfAbsent(model.name(), model));
      }
    }
    for (var model : hub.list()) {
      var name = model.name().written();
      found.putIfAbsent(name, new FoundModel(name, model.folder(), ModelOrigin.CACHED));
    }
    return List.copyOf(found.values());
  }

  private static Optional<FoundModel> child(Path parent, String name, ModelOrigin origin) {
    if (name.contains("/") || name.contains("\\") || name.startsWith(".")) {
      return Optional.empty();
    }
    try {
      var folder = parent.resolve(name);
      return isModel(folder) ? Optional.of(new FoundModel(name, folder, origin)) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<FoundModel> path(String name) {
    try {
      var folder = Path.of(name);
      return isModel(folder)
          ? Optional.of(new FoundModel(name, folder, ModelOrigin.LOCAL))
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Optional<FoundModel> cached(String name) {
    return HubName.parse(name)
        .flatMap(hub::find)
        .map(model -> new FoundModel(name, model.folder(), ModelOrigin.CACHED));
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

  private static boolean isHubId(String name) {
    return HubName.parse(name).filter(parsed -> parsed.id().contains("/")).isPresent();
  }

  private HubException missing(String name) {
    var known = all().stream().map(FoundModel::name).limit(8).collect(Collectors.joining(", "));
    return new HubException(
        HubProblem.NOT_FOUND,
        "model: expected a folder with config.json, a hub id in the local cache, or one of "
            + (known.isEmpty() ? "the bundled names (there are none)" : known)
            + ", got "
            + (name.isBlank() ? "an empty name" : name)
            + (isHubId(name) ? "; pull it first if it is on the hub" : ""),
        "model",
        /* cause= */ null);
  }
}

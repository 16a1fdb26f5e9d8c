package io.lexiscope.hub.find;

import io.lexiscope.hub.HubCache;
import io.lexiscope.hub.HubException;
import io.lexiscope.hub.HubName;
import io.lexiscope.hub.HubProblem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds model folders: by bundled name, by hub id in the local cache, by path.
public final class ModelFinder {
  private final ModelPlaces places;
  private final Predicate<Path> admitted;
  private final HubCache hub;

  /// A finder that takes any path for a model.
  ///
  /// @param places where to look
  public ModelFinder(ModelPlaces places) {
    this(places, path -> true);
  }

  /// A finder.
  ///
  /// @param places where to look
  /// @param admitted whether a folder or file that is named by its path may be opened; asked only
  ///   of those that are there, and a path that may not is answered as one where nothing is
  public ModelFinder(ModelPlaces places, Predicate<Path> admitted) {
    this.places = places;
    this.admitted = admitted;
    this.hub = new HubCache(places.hubCache());
  }

  /// Where this finder looks.
  public ModelPlaces places() {
    return places;
  }

  /// Finds a model: a bundled name first, then a path that holds `config.json` or a GGUF file, then
  /// a name in one of the folders, then a hub id (`org/name`, `name`, or either with `@revision`)
  /// in the cache.
  ///
  /// @param name what is asked for; the default model when null
  /// @throws HubException of kind `NOT_FOUND` when there is none
  public FoundModel find(@Nullable String name) {
    var wanted = name == null ? places.defaultModel() : name;
    if (wanted.isBlank()) {
      throw missing(wanted);
    }
    return places
        .bundled()
        .folder(wanted)
        .map(folder -> new FoundModel(wanted, folder, ModelOrigin.BUNDLED))
        .or(() -> path(wanted))
        .or(() -> local(wanted))
        .or(() -> cached(wanted))
        .orElseThrow(() -> missing(wanted));
  }

  /// All models of the known places: bundled, in the folders, cached; each name once.
  public List<FoundModel> all() {
    Map<String, FoundModel> found = new LinkedHashMap<>();
    add(places.bundled(), ModelOrigin.BUNDLED, found);
    for (var parent : places.folders()) {
      add(new FolderOfModels(parent), ModelOrigin.LOCAL, found);
    }
    for (var model : hub.list()) {
      var name = model.name().written();
      found.putIfAbsent(name, new FoundModel(name, model.folder(), ModelOrigin.CACHED));
    }
    return List.copyOf(found.values());
  }

  private static void add(BundledModels models, ModelOrigin origin, Map<String, FoundModel> found) {
    for (var name : models.names()) {
      models
          .folder(name)
          .ifPresent(folder -> found.putIfAbsent(name, new FoundModel(name, folder, origin)));
    }
  }

  /// What could have been asked for; makes no folder.
  private Set<String> names() {
    var names = new LinkedHashSet<>(places.bundled().names());
    for (var parent : places.folders()) {
      names.addAll(new FolderOfModels(parent).names());
    }
    hub.list().forEach(model -> names.add(model.name().written()));
    return names;
  }

  private Optional<FoundModel> local(String name) {
    return places.folders().stream()
        .flatMap(parent -> new FolderOfModels(parent).folder(name).stream())
        .findFirst()
        .map(folder -> new FoundModel(name, folder, ModelOrigin.LOCAL));
  }

  private Optional<FoundModel> path(String name) {
    try {
      var folder = Path.of(name);
      return FolderOfModels.isModel(folder) && admitted.test(folder)
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

  private static boolean isHubId(String name) {
    return HubName.parse(name).filter(parsed -> parsed.id().contains("/")).isPresent();
  }

  private HubException missing(String name) {
    var known = names().stream().limit(8).collect(Collectors.joining(", "));
    return new HubException(
        HubProblem.NOT_FOUND,
        "model: expected a folder with config.json, a GGUF file, a hub id in the local cache, or one of "
            + (known.isEmpty() ? "the bundled names (there are none)" : known)
            + ", got "
            + (name.isBlank() ? "an empty name" : name)
            + (isHubId(name) ? "; pull it first if it is on the hub" : ""),
        "model",
        /* cause= */ null);
  }
}

package io.lexiscope.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The models of a cache, whoever fetched them. Uses no network and changes nothing.
public final class HubCache {
  private static final String CONFIG = "config.json";

  private final Path folder;

  /// A cache.
  ///
  /// @param folder the `hub` folder of the cache; need not exist
  public HubCache(Path folder) {
    this.folder = folder;
  }

  /// The snapshot of a model.
  ///
  /// @param id `name` or `org/name`
  /// @param revision a branch, tag or commit; when null, `main`, or the one snapshot there is
  /// @return the folder, empty when the cache has no such model
  public Optional<Path> find(String id, @Nullable String revision) {
    return HubName.parse(revision == null ? id : id + "@" + revision)
        .filter(name -> name.id().equals(id))
        .flatMap(this::find)
        .map(CachedModel::folder);
  }

  /// The snapshot of a model.
  ///
  /// @param name id and revision; for `main`, also the one snapshot there is
  /// @return the model, empty when the cache has none of that name
  public Optional<CachedModel> find(HubName name) {
    var repository = new RepositoryFolder(folder, name.id());
    return repository
        .commit(name.revision())
        .map(repository::snapshot)
        .filter(HubCache::isModel)
        .or(
            () ->
                name.revision().equals(HubName.MAIN) ? onlySnapshot(repository) : Optional.empty())
        .map(snapshot -> new CachedModel(name, String.valueOf(snapshot.getFileName()), snapshot));
  }

  /// All models, by id: each once as its `main`, and once for every further branch or tag that
  /// stands for another commit.
  public List<CachedModel> list() {
    var models = new ArrayList<CachedModel>();
    for (var child : children(folder)) {
      RepositoryFolder.id(String.valueOf(child.getFileName()))
          .ifPresent(id -> models.addAll(revisions(id)));
    }
    return List.copyOf(models);
  }

  private List<CachedModel> revisions(String id) {
    var models = new ArrayList<CachedModel>();
    find(new HubName(id, HubName.MAIN)).ifPresent(models::add);
    for (var reference : references(new RepositoryFolder(folder, id).refs())) {
      HubName.parse(id + "@" + reference)
          .flatMap(this::find)
          .filter(found -> models.stream().noneMatch(m -> m.commit().equals(found.commit())))
          .ifPresent(models::add);
    }
    return models;
  }

  private static List<String> references(Path refs) {
    if (!Files.isDirectory(refs)) {
      return List.of();
    }
    try (var files = Files.walk(refs, /* maxDepth= */ 4)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> refs.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<Path> onlySnapshot(RepositoryFolder repository) {
    var models = children(repository.snapshots()).stream().filter(HubCache::isModel).toList();
    return models.size() == 1 ? Optional.of(models.getFirst()) : Optional.empty();
  }

  private static boolean isModel(Path snapshot) {
    return Files.isRegularFile(snapshot.resolve(CONFIG)) || holdsGguf(snapshot);
  }

  private static boolean holdsGguf(Path snapshot) {
    if (!Files.isDirectory(snapshot)) {
      return false;
    }
    try (var files = Files.list(snapshot)) {
      return files.anyMatch(
          file ->
              String.valueOf(file.getFileName()).endsWith(".gguf") && Files.isRegularFile(file));
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Path> children(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (var children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}

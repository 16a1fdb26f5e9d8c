package io.lexiscope.hub;

import io.lexiscope.hub.Pulled.PulledFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Fetches models into the cache.
///
/// ```java
/// var hub = new Hub(HubSettings.anonymous(cache));
/// var folder = hub.pull("org/name", "main", PullListener.NONE).folder();
/// ```
public final class Hub {
  private static final Pattern ETAG =
      Pattern.compile("\\w[\\w.-]{0,127}(?<!\\.incomplete|\\.lock)");

  private final HubSettings settings;
  private final Pace pace;
  private final SnapshotLinks links;
  private final BlobLocks locks = new BlobLocks();

  /// A hub.
  ///
  /// @param settings where it is and where its models are kept
  public Hub(HubSettings settings) {
    this(settings, Pace.standard(), SnapshotLinks.standard());
  }

  Hub(HubSettings settings, Pace pace, SnapshotLinks links) {
    this.settings = settings;
    this.pace = pace;
    this.links = links;
  }

  /// Where it is and where its models are kept.
  public HubSettings settings() {
    return settings;
  }

  /// Fetches what is missing of a model: configuration, tokenizer and safetensors. What the cache
  /// has is not fetched again; what an earlier pull began is continued.
  ///
  /// @param id `name`, `org/name`, or either with `@revision`
  /// @param revision a branch, tag or commit; null for `main` or what `id` says
  /// @param listener hears of the bytes and may stop the pull
  /// @return the model in the cache
  /// @throws HubException of kind `NOT_FOUND` when the hub has no such model or revision, `INVALID`
  ///   when it may not be read or has no safetensors, `FAILED` when the network or the disk gives
  ///   out
  public Pulled pull(String id, @Nullable String revision, PullListener listener) {
    var name = HubName.of(id, revision);
    return settings.offline() ? cached(name) : pulled(name, listener, Pull::model);
  }

  /// Fetches what is missing of one GGUF file of a repository, with its other parts where it is one
  /// of several. What an earlier pull began is continued.
  ///
  /// @param id `name`, `org/name`, or either with `@revision`
  /// @param revision a branch, tag or commit; null for `main` or what `id` says
  /// @param file its name
  /// @param listener hears of the bytes and may stop the pull
  /// @return the file in the cache, in [Pulled#folder]
  /// @throws HubException as above, and of kind `INVALID` when there is no such file
  public Pulled pullFile(String id, @Nullable String revision, String file, PullListener listener) {
    var name = HubName.of(id, revision);
    return settings.offline() ? cachedFile(name, file) : pulled(name, listener, p -> p.gguf(file));
  }

  private interface What {
    Pulled of(Pull pull) throws IOException;
  }

  private Pulled pulled(HubName name, PullListener listener, What what) {
    try (var client = new HubClient(settings, pace)) {
      return what.of(new Pull(name, client, new Tally(listener)));
    } catch (IOException e) {
      throw HubRefusals.unwritable(new RepositoryFolder(settings.cache(), name.id()).root(), e);
    }
  }

  private Pulled cachedFile(HubName name, String file) {
    var found =
        new HubCache(settings.cache())
            .find(name)
            .filter(model -> Files.isRegularFile(model.folder().resolve(file)))
            .orElseThrow(() -> HubRefusals.offline(name, settings.cache()));
    try (var listed = Files.list(found.folder())) {
      var there = new TreeSet<String>();
      listed.filter(Files::isRegularFile).forEach(f -> there.add(String.valueOf(f.getFileName())));
      var pulled = new ArrayList<PulledFile>();
      for (var part : new ModelFiles(name, there).gguf(file)) {
        var size = Files.size(found.folder().resolve(part));
        pulled.add(new PulledFile(part, size, /* fetched= */ 0, /* checked= */ true));
      }
      return new Pulled(name, found.commit(), found.folder(), pulled);
    } catch (IOException e) {
      throw HubRefusals.offline(name, settings.cache());
    }
  }

  private Pulled cached(HubName name) {
    var found =
        new HubCache(settings.cache())
            .find(name)
            .orElseThrow(() -> HubRefusals.offline(name, settings.cache()));
    try (var listed = Files.list(found.folder())) {
      var there = new TreeSet<String>();
      listed.filter(Files::isRegularFile).forEach(f -> there.add(String.valueOf(f.getFileName())));
      var files = new ModelFiles(name, there);
      var wanted = new ArrayList<>(files.aroundTheWeights());
      if (files.isSharded()) {
        wanted.add(ModelFiles.INDEX);
        wanted.addAll(files.shards(Files.readString(found.folder().resolve(ModelFiles.INDEX))));
      } else {
        wanted.add(ModelFiles.WEIGHTS);
      }
      var pulled = new ArrayList<PulledFile>();
      for (var file : new TreeSet<>(wanted)) {
        var size = Files.size(found.folder().resolve(file));
        pulled.add(new PulledFile(file, size, /* fetched= */ 0, /* checked= */ true));
      }
      return new Pulled(name, found.commit(), found.folder(), pulled);
    } catch (IOException | HubException e) {
      throw HubRefusals.offline(name, settings.cache());
    }
  }

  /// What a hub says of a repository.
  private record Contents(String commit, List<String> files) {}

  /// One pull on its way.
  private final class Pull {
    private final HubName name;
    private final HubClient client;
    private final Tally tally;
    private final RepositoryFolder folder;
    private final List<PulledFile> pulled = new ArrayList<>();

    private Pull(HubName name, HubClient client, Tally tally) {
      this.name = name;
      this.client = client;
      this.tally = tally;
      this.folder = new RepositoryFolder(settings.cache(), name.id());
    }

    private Pulled gguf(String file) throws IOException {
      var contents = contents();
      var parts = new ModelFiles(name, new TreeSet<>(contents.files())).gguf(file);
      Files.createDirectories(folder.blobs());
      var remote = parts.stream().map(part -> remote(contents, part)).toList();
      fetch(remote, tally);
      return snapshot(contents.commit(), remote);
    }

    private Pulled model() throws IOException {
      var contents = contents();
      var files = new ModelFiles(name, new TreeSet<>(contents.files()));
      var around = files.aroundTheWeights();
      Files.createDirectories(folder.blobs());
      var remote = new ArrayList<RemoteFile>();
      if (files.isSharded()) {
        var index = remote(contents, ModelFiles.INDEX);
        fetch(List.of(index), Tally.silent(tally));
        for (var shard : files.shards(Files.readString(folder.blob(index.etag())))) {
          remote.add(remote(contents, shard));
        }
        remote.add(index);
      } else {
        remote.add(remote(contents, ModelFiles.WEIGHTS));
      }
      for (var file : around) {
        remote.add(remote(contents, file));
      }
      fetch(remote.stream().filter(file -> !file.name().equals(ModelFiles.INDEX)).toList(), tally);
      return snapshot(contents.commit(), remote);
    }

    private Contents contents() {
      var address = client.about(name);
      var text = client.text(name, address, tally);
      JsonNode about;
      try {
        about = new JsonMapper().readTree(text);
      } catch (JacksonException e) {
        throw strange("JSON", "something else", address.toString());
      }
      var commit = about.path("sha").isString() ? about.path("sha").stringValue() : "";
      if (!commit.matches("\\w{1,64}")) {
        throw strange("the commit of " + name.written(), "none", address.toString());
      }
      var files = new ArrayList<String>();
      for (var file : about.path("siblings")) {
        if (file.path("rfilename").isString()) {
          files.add(file.path("rfilename").stringValue());
        }
      }
      return new Contents(commit, files);
    }

    private RemoteFile remote(Contents contents, String file) {
      var address = client.file(name, contents.commit(), file);
      try (var reply = client.head(name, address, tally)) {
        var etag = reply.etag().orElse("");
        var size = reply.number("X-Linked-Size");
        if (size.isEmpty() && !reply.isRedirect()) {
          size = reply.number("Content-Length");
        }
        if (size.isEmpty()) {
          try (var bytes = client.headOfBytes(name, address, tally)) {
            size = bytes.number("Content-Length");
          }
        }
        var commit = reply.header("X-Repo-Commit").orElse(contents.commit());
        if (!ETAG.matcher(etag).matches()) {
          throw strange(
              "an ETag, by which the file is known",
              etag.isEmpty() ? "none" : etag,
              address.toString());
        }
        if (size.isEmpty()) {
          throw strange("the length of the file", "none", address.toString());
        }
        if (!commit.equals(contents.commit())) {
          throw strange("the file of commit " + contents.commit(), commit, address.toString());
        }
        return new RemoteFile(file, address, etag, size.getAsLong());
      }
    }

    private HubException strange(String expected, String got, String at) {
      return HubRefusals.refused(
          HubProblem.FAILED,
          /* field= */ null,
          expected + ", got " + got + " from " + at + "; check HF_ENDPOINT");
    }

    private void fetch(List<RemoteFile> files, Tally counted) throws IOException {
      var awaited = new ArrayList<Long>();
      for (var file : files) {
        awaited.add(missing(file));
      }
      var total = awaited.stream().mapToLong(Long::longValue).sum();
      var free = Files.getFileStore(folder.blobs()).getUsableSpace();
      if (total > free) {
        throw HubRefusals.noRoom(folder.blobs(), total, free);
      }
      counted.expect(total);
      for (var i = 0; i < files.size(); i++) {
        fetch(files.get(i), awaited.get(i), counted);
      }
    }

    /// Bytes of a file that are not there.
    private long missing(RemoteFile file) throws IOException {
      var blob = folder.blob(file.etag());
      if (isThere(blob, file)) {
        return 0;
      }
      var incomplete = folder.incomplete(file.etag());
      var begun = Files.isRegularFile(incomplete) ? Files.size(incomplete) : 0;
      return begun > file.size() ? file.size() : file.size() - begun;
    }

    private static boolean isThere(Path blob, RemoteFile file) throws IOException {
      return Files.isRegularFile(blob) && Files.size(blob) == file.size();
    }

    private void fetch(RemoteFile file, long awaited, Tally counted) throws IOException {
      var blob = folder.blob(file.etag());
      var fetched = 0L;
      try (var _ = locks.hold(folder.lock(file.etag()), tally)) {
        if (isThere(blob, file)) {
          counted.expect(-awaited);
        } else {
          var incomplete = folder.incomplete(file.etag());
          fetched = new BlobFetch(client, name, file, incomplete, counted).into(blob, awaited);
        }
      }
      pulled.add(
          new PulledFile(
              file.name(), file.size(), fetched, fetched == 0 || BlobHash.isHash(file.etag())));
    }

    /// Links the files, `config.json` last, by which the snapshot counts as a model; then notes
    /// what the revision stands for.
    private Pulled snapshot(String commit, List<RemoteFile> files) throws IOException {
      var snapshot = folder.snapshot(commit);
      Files.createDirectories(snapshot);
      for (var file : files) {
        links.link(snapshot.resolve(file.name()), folder.blob(file.etag()));
      }
      if (!name.revision().equals(commit)) {
        folder.writeReference(name.revision(), commit);
      }
      return new Pulled(name, commit, snapshot, pulled);
    }
  }
}

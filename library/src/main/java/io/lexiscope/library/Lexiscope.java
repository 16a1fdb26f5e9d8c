package io.lexiscope.library;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.hub.Hub;
import io.lexiscope.hub.PullListener;
import io.lexiscope.hub.Pulled;
import io.lexiscope.hub.find.FoundModel;
import io.lexiscope.hub.find.ModelFinder;
import io.lexiscope.hub.find.ModelPlaces;
import io.lexiscope.hub.find.UserFolders;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Compute;
import java.nio.file.Path;
import java.util.List;

/// Opens models by name.
///
/// ```java
/// try (var model = Lexiscope.open("microworld");
///     var run = model.run("The capital of Norway is", Recording.of(HookPoint.RESID_POST))) {
///   Tensor stream = run.activation(HookPoint.RESID_POST.at(3)); // [1, pos, d_model]
/// }
/// ```
///
/// Names mean what they mean on the command line: the same code finds the model. The cache folders
/// are those of the environment variables that `huggingface_hub` reads, and LEXISCOPE_CACHE.
public final class Lexiscope {
  private static final String DEFAULT_MODEL = "microworld";

  private Lexiscope() {}

  /// Opens a model. Nothing is fetched from the network.
  ///
  /// @param name a bundled name such as `microworld`, a folder in Hugging Face layout, or a hub id
  ///   such as `org/name` that is in the local cache, see [#pull]
  /// @return the model, which its user closes
  /// @throws io.lexiscope.hub.HubException of kind `NOT_FOUND` if there is none of that name
  /// @throws io.lexiscope.model.config.ConfigException if its configuration is missing, broken or
  ///   of an unknown family
  /// @throws io.lexiscope.model.weights.WeightsException if weights are missing, broken or of the
  ///   wrong shape
  /// @throws io.lexiscope.model.tokenizer.TokenizerException if it has a tokenizer that cannot be
  ///   used
  @MustBeClosed
  public static LanguageModel open(String name) {
    return open(name, Compute.standard());
  }

  /// Opens a model as above, to compute in another type or elsewhere.
  ///
  /// @param name as above
  /// @param compute the type of the activations, and the device of the passes
  /// @return the model, which its user closes
  /// @throws io.lexiscope.model.forward.ForwardException if this process cannot compute so
  @MustBeClosed
  public static LanguageModel open(String name, Compute compute) {
    return LanguageModel.open(finder(userFolders()).find(name).folder(), compute);
  }

  /// The models that open by name: bundled ones, then those in the cache of the hub.
  ///
  /// @return each name once, with its folder
  public static List<FoundModel> models() {
    return finder(userFolders()).all();
  }

  /// Fetches a model from the hub into the local cache; continues what was begun.
  ///
  /// @param id `name`, `org/name`, or either with `@revision`
  /// @return the files, and the folder they are in
  /// @throws io.lexiscope.hub.HubException if it cannot be fetched
  public static Pulled pull(String id) {
    var folders = userFolders();
    return new Hub(folders.hub(folders.hubCache()))
        .pull(id, /* revision= */ null, PullListener.NONE);
  }

  static ModelFinder finder(UserFolders folders) {
    var cache = folders.cache();
    return new ModelFinder(
        new ModelPlaces(
            PackedModels.ofClassPath(cache.resolve("models")),
            List.of(),
            folders.hubCache(),
            DEFAULT_MODEL,
            cache));
  }

  private static UserFolders userFolders() {
    return new UserFolders(
        System.getenv(),
        Path.of(System.getProperty("user.home", ".")),
        System.getProperty("os.name", ""));
  }
}

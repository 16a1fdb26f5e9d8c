package io.lexiscope.hub.find;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The models that are part of Lexiscope, wherever they are kept.
public interface BundledModels {
  /// Their names, sorted.
  List<String> names();

  /// The folder of one, made when it is asked for if that is needed.
  ///
  /// @param name what it is asked for by
  /// @return the folder, empty when none has the name
  /// @throws io.lexiscope.hub.HubException of kind `FAILED` when the folder cannot be made
  Optional<Path> folder(String name);
}

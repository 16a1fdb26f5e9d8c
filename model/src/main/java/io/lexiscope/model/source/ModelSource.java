package io.lexiscope.model.source;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.model.weights.Checkpoint;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What a model is opened from. Nothing is read before it is asked for.
public sealed interface ModelSource permits FolderSource, GgufSource {

  /// The source at a path: a folder in Hugging Face layout, a GGUF file, or a folder that holds
  /// exactly one of these and no `config.json`.
  ///
  /// @param path need not exist; what is read later says what is missing
  static ModelSource of(Path path) {
    return SourcePaths.gguf(path)
        .<ModelSource>map(GgufSource::new)
        .orElseGet(() -> new FolderSource(path));
  }

  /// Where the model is: the folder, or the file.
  Path place();

  /// The folder the model's files are in, for files beside them.
  Path folder();

  /// What the network is, in the keys of a `config.json`.
  ///
  /// @throws io.lexiscope.model.config.ConfigException if it is absent or cannot be read
  ConfigJson config();

  /// The weights, mapped.
  ///
  /// @throws io.lexiscope.model.weights.WeightsException if they are absent, incomplete or damaged
  @MustBeClosed
  Checkpoint tensors();

  /// The tokenizer; one that knows ids only where there is none.
  ///
  /// @throws io.lexiscope.model.tokenizer.TokenizerException if there is one that cannot be used
  Tokenizer tokenizer();

  /// The ids after which a text is over: those that a folder's `generation_config.json` lists, else
  /// those of its `config.json`, as in the reference; in a GGUF file the ends of a text, a turn and
  /// a message; none where all are silent.
  ///
  /// @throws io.lexiscope.model.config.ConfigException if they are no ids
  Set<Integer> endTokens();

  /// The template by which the model reads a chat, in Jinja: of a folder `chat_template.jinja`,
  /// `chat_template.json`, else what `tokenizer_config.json` says; where several are named, the one
  /// called `default`.
  ///
  /// @throws io.lexiscope.model.chat.ChatException if there is one that cannot be read
  Optional<String> chatTemplate();

  /// Which documents configuration and tokenizer are. With [Checkpoint#contentHash] they say which
  /// model this is.
  ///
  /// @throws io.lexiscope.model.config.ConfigException if one cannot be read
  DocumentHashes hashes();

  /// Size of the files that hold weights, in bytes, without opening them; empty if there are none.
  OptionalLong weightBytes();
}

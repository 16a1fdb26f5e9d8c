package io.lexiscope.model.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Finds the tokenizer files of a model folder.
final class TokenizerFolder {
  private TokenizerFolder() {}

  static Tokenizer open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new TokenizerException("tokenizer: expected a model folder, got " + folder);
    }
    Path json = folder.resolve("tokenizer.json");
    TokenizerSettings settings = TokenizerSettings.read(folder);
    if (Files.exists(json)) {
      return LoadedTokenizer.of(
          TokenizerDocument.read(TokenizerJson.readText(json), json.toString()), settings);
    }
    for (var pair : new String[][] {{"vocab.json", "merges.txt"}, {"encoder.json", "vocab.bpe"}}) {
      Path vocabulary = folder.resolve(pair[0]);
      Path merges = folder.resolve(pair[1]);
      if (Files.exists(vocabulary) && Files.exists(merges)) {
        return ByteLevelJson.open(vocabulary, merges, settings);
      }
    }
    for (String name : List.of("tokenizer.model", "spiece.model", "sentencepiece.bpe.model")) {
      if (Files.exists(folder.resolve(name))) {
        return SentencePieceJson.open(folder.resolve(name), settings);
      }
    }
    Path words = folder.resolve("vocab.txt");
    if (Files.exists(words)) {
      return WordPieceJson.open(words, settings);
    }
    return new AbsentTokenizer(folder);
  }
}

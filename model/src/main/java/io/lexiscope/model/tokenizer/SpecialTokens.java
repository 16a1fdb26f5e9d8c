package io.lexiscope.model.tokenizer;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tokens that stand for something other than text.
///
/// @param byRole id of each declared role: `bos`, `eos`, `pad`, `unk`, `cls`, `sep`, `mask`
/// @param ids every id that the tokenizer marks as special, with or without a role
public record SpecialTokens(Map<String, Integer> byRole, Set<Integer> ids) {
  /// No special tokens.
  public static final SpecialTokens NONE = new SpecialTokens(Map.of(), Set.of());

  /// Copies both.
  public SpecialTokens {
    byRole = Map.copyOf(byRole);
    ids = Set.copyOf(ids);
  }

  /// Beginning of text.
  public OptionalInt bos() {
    return role("bos");
  }

  /// End of text.
  public OptionalInt eos() {
    return role("eos");
  }

  /// Padding.
  public OptionalInt pad() {
    return role("pad");
  }

  /// Unknown text.
  public OptionalInt unknown() {
    return role("unk");
  }

  /// The token of a role, where the tokenizer declares one.
  public OptionalInt role(String role) {
    @Nullable Integer id = byRole.get(role);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /// Whether a token is marked as special.
  public boolean contains(int id) {
    return ids.contains(id);
  }
}

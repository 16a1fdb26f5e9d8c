package io.lexiscope.workbench.ask;

import java.util.List;

/// A file of patches, laid over a model in their order.
///
/// @param form `lexiscope-patches-1`
/// @param patches one or more
public record PatchFile(String form, List<PatchSpec> patches) {
  /// The form written now.
  public static final String FORM = "lexiscope-patches-1";

  /// Copies the list.
  public PatchFile {
    patches = List.copyOf(patches);
  }

  /// Reads a file's text.
  ///
  /// @param from what the text is, for messages
  /// @throws WorkbenchException of kind `invalid` when it is no file of patches
  public static PatchFile read(String text, String from) {
    PatchFile file;
    try {
      file = ViewJson.read(text, PatchFile.class);
    } catch (WorkbenchException other) {
      throw new WorkbenchException(
          ProblemKind.INVALID,
          "patches: expected a file of patches, got something else in %s (%s); write one with edit -o"
              .formatted(from, other.getMessage()),
          "patches",
          other);
    }
    if (!file.form().equals(FORM)) {
      throw WorkbenchException.invalid(
          "patches",
          "patches: expected the form %s, got %s in %s; write it anew with edit -o"
              .formatted(FORM, file.form(), from));
    }
    return file;
  }
}

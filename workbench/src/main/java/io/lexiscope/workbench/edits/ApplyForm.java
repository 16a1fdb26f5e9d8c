package io.lexiscope.workbench.edits;

/// The form of an edited model on the disk.
public enum ApplyForm {
  /// A folder in Hugging Face layout, the patches added to its weights.
  FOLDER,
  /// A PEFT LoRA adapter of the patches.
  PEFT
}

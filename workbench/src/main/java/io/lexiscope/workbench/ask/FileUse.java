package io.lexiscope.workbench.ask;

/// What a file is for that a request names.
public enum FileUse {
  /// Read: texts, reference numbers.
  DATA,
  /// Read, unless it is the name of something that comes with the program.
  NAME_OR_DATA,
  /// Written where nothing is yet: a file, or a folder of files.
  OUTPUT,
  /// A folder to write to, whose verb goes on with its own unfinished work there and refuses all
  /// other.
  WORK_FOLDER
}

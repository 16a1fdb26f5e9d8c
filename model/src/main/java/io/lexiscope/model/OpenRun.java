package io.lexiscope.model;

/// What a model closes before its weights.
sealed interface OpenRun extends AutoCloseable permits Run, RunBatch {
  @Override
  void close();
}

package io.lexiscope.train;

/// An endless row of batches in which every batch is a function of its number: to resume is to
/// remember one number.
interface BatchStream {
  /// The batch of a number.
  ///
  /// @param index from 0
  Batch batch(long index);
}

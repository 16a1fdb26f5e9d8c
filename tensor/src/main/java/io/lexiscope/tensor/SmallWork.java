package io.lexiscope.tensor;

import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;

/// Small operations of libtorch on the calling thread alone.
///
/// libtorch shares out a layer norm of two rows, every attention and every batched product, however
/// small. Helpers that sleep while they wait take some 50 µs to wake, a batched product wakes them
/// again and again; the work itself takes 2 to 30. Changing the number of threads takes 0.05 µs.
///
/// What is computed does not depend on it: rows, heads and matrices are shared out whole.
final class SmallWork {
  /// Multiplications that one thread does in about the time in which a second one wakes.
  private static final long MULTIPLICATIONS = 1L << 20;

  private SmallWork() {}

  /// Runs an operation, alone where it is small.
  ///
  /// @param multiplications it takes
  static <T> T run(long multiplications, Supplier<T> operation) {
    int threads = NativeRuntime.threads();
    if (threads == 1 || multiplications >= MULTIPLICATIONS) {
      return operation.get();
    }
    torch.set_num_threads(1);
    try {
      return operation.get();
    } finally {
      // The number that is wanted rather than the one found: a thread that libtorch meets for the
      // first time in between starts out with 1, and is put right by its own next operation.
      torch.set_num_threads(NativeRuntime.threads());
    }
  }
}

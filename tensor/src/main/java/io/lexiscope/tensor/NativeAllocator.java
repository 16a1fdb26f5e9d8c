package io.lexiscope.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// What libtorch's memory comes from, where that is glibc's `malloc`.
final class NativeAllocator {
  /// `M_MMAP_THRESHOLD` of `mallopt(3)`.
  private static final int MAPPED_FROM = -3;

  private static final int ONE_MEBIBYTE = 1 << 20;

  private NativeAllocator() {}

  /// Does once what [#giveLargeBlocksBack] is for.
  private static final class Once {
    static final boolean DONE = told();

    private Once() {}

    @SuppressWarnings("restricted") // one function of the C library, with its own signature
    private static boolean told() {
      Linker linker = Linker.nativeLinker();
      Optional<MemorySegment> function = linker.defaultLookup().find("mallopt");
      if (function.isEmpty()) {
        return false;
      }
      try {
        int accepted =
            (int)
                linker
                    .downcallHandle(
                        function.get(),
                        FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                    .invokeExact(MAPPED_FROM, ONE_MEBIBYTE);
        return accepted == 1;
      } catch (Throwable refused) {
        throw new TensorException("mallopt: expected a function of the C library, got " + refused);
      }
    }
  }

  /// Tensors of 1 MiB and more are mapped, and given back to the system when they end. Left alone
  /// glibc keeps them, and a reading of a model whose weights stay in the file held three times as
  /// much memory as it needed.
  ///
  /// @return whether this C library can do so
  static boolean giveLargeBlocksBack() {
    return Once.DONE;
  }
}

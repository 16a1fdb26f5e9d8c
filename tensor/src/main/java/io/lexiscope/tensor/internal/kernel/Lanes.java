package io.lexiscope.tensor.internal.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The vector width of this machine and the view of memory that all kernels share.
///
/// In the kernels' inner loops these are spelled out rather than wrapped in helpers: the compiler
/// gives up inlining a loop of many small calls, and a vector that is not inlined is boxed.
final class Lanes {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /// Floats in a vector.
  static final int COUNT = FLOATS.length();

  /// Bytes of a vector.
  static final long BYTES = 4L * COUNT;

  /// Whether there are registers for 24 sums at once: 32 with AVX-512 and on Arm, 16 with AVX2.
  static final boolean MANY_REGISTERS = COUNT != 8;

  /// All of memory, by address: no extent to check against in the loops.
  static final MemorySegment ALL = everything();

  static final ByteOrder ORDER = ByteOrder.nativeOrder();
  static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private Lanes() {}

  @SuppressWarnings("restricted") // addresses come from tensors, which vouch for their extent
  private static MemorySegment everything() {
    return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  }

  static float get(long address) {
    return ALL.get(FLOAT, address);
  }

  static void set(long address, float value) {
    ALL.set(FLOAT, address, value);
  }
}

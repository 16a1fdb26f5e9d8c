package io.lexiscope.model.gguf;

import io.lexiscope.model.weights.StoredType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The numbers by which files name the types of their tensors.
final class TensorTypes {
  private static final Map<Integer, StoredType> BY_NUMBER =
      Map.ofEntries(
          Map.entry(0, StoredType.F32),
          Map.entry(1, StoredType.F16),
          Map.entry(2, StoredType.Q4_0),
          Map.entry(3, StoredType.Q4_1),
          Map.entry(6, StoredType.Q5_0),
          Map.entry(7, StoredType.Q5_1),
          Map.entry(8, StoredType.Q8_0),
          Map.entry(9, StoredType.Q8_1),
          Map.entry(10, StoredType.Q2_K),
          Map.entry(11, StoredType.Q3_K),
          Map.entry(12, StoredType.Q4_K),
          Map.entry(13, StoredType.Q5_K),
          Map.entry(14, StoredType.Q6_K),
          Map.entry(15, StoredType.Q8_K),
          Map.entry(16, StoredType.IQ2_XXS),
          Map.entry(17, StoredType.IQ2_XS),
          Map.entry(18, StoredType.IQ3_XXS),
          Map.entry(19, StoredType.IQ1_S),
          Map.entry(20, StoredType.IQ4_NL),
          Map.entry(21, StoredType.IQ3_S),
          Map.entry(22, StoredType.IQ2_S),
          Map.entry(23, StoredType.IQ4_XS),
          Map.entry(24, StoredType.I8),
          Map.entry(25, StoredType.I16),
          Map.entry(26, StoredType.I32),
          Map.entry(27, StoredType.I64),
          Map.entry(28, StoredType.F64),
          Map.entry(29, StoredType.IQ1_M),
          Map.entry(30, StoredType.BF16),
          Map.entry(34, StoredType.TQ1_0),
          Map.entry(35, StoredType.TQ2_0),
          Map.entry(39, StoredType.MXFP4),
          Map.entry(40, StoredType.NVFP4),
          Map.entry(41, StoredType.Q1_0));

  /// Types that the format has given up, and how they were called.
  private static final Map<Integer, String> REMOVED =
      Map.of(
          4, "Q4_2",
          5, "Q4_3",
          31, "Q4_0_4_4",
          32, "Q4_0_4_8",
          33, "Q4_0_8_8",
          36, "IQ4_NL_4_4",
          37, "IQ4_NL_4_8",
          38, "IQ4_NL_8_8");

  private TensorTypes() {}

  static Optional<StoredType> of(int number) {
    return Optional.ofNullable(BY_NUMBER.get(number));
  }

  /// What to call a type that is not read.
  static String unknown(int number) {
    @Nullable String removed = REMOVED.get(number);
    return removed == null
        ? "type " + Integer.toUnsignedString(number)
        : "type %d (%s, which the format has given up)".formatted(number, removed);
  }
}

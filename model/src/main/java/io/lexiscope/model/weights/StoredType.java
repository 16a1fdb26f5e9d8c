package io.lexiscope.model.weights;

import io.lexiscope.tensor.block.BlockType;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The types that tensors may have in files: numbers one by one, under the names that safetensors
/// uses, and blocks of numbers, under those of GGUF.
public enum StoredType {
  /// IEEE 754 double precision.
  F64(8),
  /// IEEE 754 single precision.
  F32(4),
  /// IEEE 754 half precision.
  F16(2),
  /// The upper half of a single-precision number.
  BF16(2),
  /// Eight-bit float with four exponent bits.
  F8_E4M3(1),
  /// Eight-bit float with five exponent bits.
  F8_E5M2(1),
  /// Signed 64-bit integer.
  I64(8),
  /// Signed 32-bit integer.
  I32(4),
  /// Signed 16-bit integer.
  I16(2),
  /// Signed byte.
  I8(1),
  /// Unsigned 64-bit integer.
  U64(8),
  /// Unsigned 32-bit integer.
  U32(4),
  /// Unsigned 16-bit integer.
  U16(2),
  /// Unsigned byte.
  U8(1),
  /// A byte that is 0 or 1.
  BOOL(1),
  /// Blocks of the type of this name.
  Q4_0(BlockType.Q4_0),
  /// Blocks of the type of this name.
  Q4_1(BlockType.Q4_1),
  /// Blocks of the type of this name.
  Q5_0(BlockType.Q5_0),
  /// Blocks of the type of this name.
  Q5_1(BlockType.Q5_1),
  /// Blocks of the type of this name.
  Q8_0(BlockType.Q8_0),
  /// Blocks of the type of this name.
  Q8_1(BlockType.Q8_1),
  /// Blocks of the type of this name.
  Q2_K(BlockType.Q2_K),
  /// Blocks of the type of this name.
  Q3_K(BlockType.Q3_K),
  /// Blocks of the type of this name.
  Q4_K(BlockType.Q4_K),
  /// Blocks of the type of this name.
  Q5_K(BlockType.Q5_K),
  /// Blocks of the type of this name.
  Q6_K(BlockType.Q6_K),
  /// Blocks of the type of this name.
  Q8_K(BlockType.Q8_K),
  /// Blocks of the type of this name.
  IQ1_S(BlockType.IQ1_S),
  /// Blocks of the type of this name.
  IQ1_M(BlockType.IQ1_M),
  /// Blocks of the type of this name.
  IQ2_XXS(BlockType.IQ2_XXS),
  /// Blocks of the type of this name.
  IQ2_XS(BlockType.IQ2_XS),
  /// Blocks of the type of this name.
  IQ2_S(BlockType.IQ2_S),
  /// Blocks of the type of this name.
  IQ3_XXS(BlockType.IQ3_XXS),
  /// Blocks of the type of this name.
  IQ3_S(BlockType.IQ3_S),
  /// Blocks of the type of this name.
  IQ4_NL(BlockType.IQ4_NL),
  /// Blocks of the type of this name.
  IQ4_XS(BlockType.IQ4_XS),
  /// Blocks of the type of this name.
  MXFP4(BlockType.MXFP4),
  /// Blocks of the type of this name.
  NVFP4(BlockType.NVFP4),
  /// Blocks of the type of this name.
  TQ1_0(BlockType.TQ1_0),
  /// Blocks of the type of this name.
  TQ2_0(BlockType.TQ2_0),
  /// Blocks of the type of this name.
  Q1_0(BlockType.Q1_0);

  private final int bytes;
  private final @Nullable BlockType block;

  StoredType(int bytes) {
    this.bytes = bytes;
    this.block = null;
  }

  StoredType(BlockType block) {
    this.bytes = block.bytes();
    this.block = block;
  }

  /// Numbers in a block; 1 where they are stored one by one.
  public int elements() {
    return block == null ? 1 : block.elements();
  }

  /// Size of a block in bytes; of an element where they are stored one by one.
  public int bytes() {
    return bytes;
  }

  /// How the blocks are widened, where there are blocks.
  public Optional<BlockType> blocks() {
    return Optional.ofNullable(block);
  }

  /// Whether weights may have this type.
  public boolean isWeight() {
    return this == F32 || this == F16 || this == BF16 || this == F64 || block != null;
  }

  /// The type of a name in a safetensors file, if there is one.
  ///
  /// @param name as in a file, such as `BF16`
  public static Optional<StoredType> named(String name) {
    return Arrays.stream(values())
        .filter(type -> type.block == null && type.name().equals(name))
        .findFirst();
  }
}

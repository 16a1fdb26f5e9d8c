package io.lexiscope.model.forward;

import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.NativeRuntime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// In which element type and on which device a model computes.
///
/// In BFLOAT16 matrices and activations have that type, and the statistics of norms and softmaxes
/// are taken in float32, as in the reference implementation. Vectors of weights are rounded to it
/// and kept in float32.
///
/// @param type FLOAT32 or BFLOAT16
/// @param device where passes run
public record Compute(DType type, Device device) {
  private static final Compute STANDARD = new Compute(DType.FLOAT32, Device.CPU);

  /// Checks the type.
  ///
  /// @throws ForwardException if there is no arithmetic in it
  public Compute {
    if (type != DType.FLOAT32 && type != DType.BFLOAT16) {
      throw new ForwardException("dtype: expected one of float32 and bf16, got " + type);
    }
  }

  /// FLOAT32 on the CPU.
  public static Compute standard() {
    return STANDARD;
  }

  /// Reads the names that people give.
  ///
  /// @param type `float32` (also `f32`, `fp32`) or `bfloat16` (also `bf16`); null for float32
  /// @param device `cpu` or `cuda`; null for the CPU
  /// @throws ForwardException if there is no such type or device
  public static Compute named(@Nullable String type, @Nullable String device) {
    return new Compute(type == null ? DType.FLOAT32 : type(type), device(device));
  }

  private static DType type(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "float32", "f32", "fp32" -> DType.FLOAT32;
      case "bfloat16", "bf16" -> DType.BFLOAT16;
      default -> throw new ForwardException("dtype: expected one of float32 and bf16, got " + name);
    };
  }

  private static Device device(@Nullable String name) {
    if (name == null) {
      return Device.CPU;
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "cpu" -> Device.CPU;
      case "cuda" -> Device.CUDA;
      default -> throw new ForwardException("device: expected one of cpu and cuda, got " + name);
    };
  }

  /// Throws unless this process can compute so.
  ///
  /// @throws ForwardException saying whether the libraries or the GPU are missing
  public void requireAvailable() {
    if (device == Device.CUDA && !NativeRuntime.cudaAvailable()) {
      throw new ForwardException(
          NativeRuntime.cudaBuilt()
              ? "device: expected a GPU for cuda, got none that its driver shows; see what nvidia-smi says, or leave --device out"
              : "device: expected a build with the CUDA libraries for cuda, got one for the CPU alone; start with LEXISCOPE_CUDA=1 ./lexiscope, which builds one, or leave --device out");
    }
  }

  /// The same type on the CPU, where results are read.
  public Compute onCpu() {
    return new Compute(type, Device.CPU);
  }

  /// Name of the type, such as `float32`.
  public String typeName() {
    return type.toString();
  }

  /// Name of the device, such as `cpu`.
  public String deviceName() {
    return device.toString();
  }

  /// Whether values lose digits on the way, so that equal ones may differ in the third.
  public boolean reduced() {
    return type == DType.BFLOAT16;
  }
}

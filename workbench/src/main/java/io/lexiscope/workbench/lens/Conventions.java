package io.lexiscope.workbench.lens;

import org.jspecify.annotations.Nullable;

/// Lens conventions by the names requests give them.
public final class Conventions {
  private Conventions() {}

  /// The convention of a request.
  ///
  /// @param asked what was asked for, or null
  /// @param otherwise what is meant when nothing was
  public static LensConvention orElse(@Nullable LensConvention asked, LensConvention otherwise) {
    return asked == null ? otherwise : asked;
  }

  /// The library's convention of that name.
  public static io.lexiscope.analysis.lens.LensConvention of(LensConvention convention) {
    return switch (convention) {
      case FINAL_NORM -> io.lexiscope.analysis.lens.LensConvention.AFTER_FINAL_NORM;
      case RAW -> io.lexiscope.analysis.lens.LensConvention.RAW;
      case FROZEN_SCALE -> io.lexiscope.analysis.lens.LensConvention.FROZEN_SCALE;
    };
  }

  /// The name of a convention of the library.
  public static LensConvention named(io.lexiscope.analysis.lens.LensConvention convention) {
    return switch (convention) {
      case AFTER_FINAL_NORM -> LensConvention.FINAL_NORM;
      case RAW -> LensConvention.RAW;
      case FROZEN_SCALE -> LensConvention.FROZEN_SCALE;
    };
  }
}

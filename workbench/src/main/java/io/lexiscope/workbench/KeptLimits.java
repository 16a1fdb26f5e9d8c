package io.lexiscope.workbench;

/// How much of what was done is kept.
///
/// @param runBytes bytes of native memory for runs of prompts; 0 keeps none
/// @param jobs finished jobs kept on disk
/// @param jobBytes bytes on disk for finished jobs
public record KeptLimits(long runBytes, int jobs, long jobBytes) {
  private static final long MIB = 1 << 20;

  /// Refuses limits below nothing.
  public KeptLimits {
    if (runBytes < 0 || jobs < 1 || jobBytes < 1) {
      throw new IllegalArgumentException(
          "KeptLimits: expected runBytes of at least 0 and the others of at least 1, got runBytes=%d, jobs=%d, jobBytes=%d"
              .formatted(runBytes, jobs, jobBytes));
    }
  }

  /// 256 MiB of runs; 64 jobs, 512 MiB on disk.
  public static KeptLimits standard() {
    return new KeptLimits(/* runBytes= */ 256 * MIB, /* jobs= */ 64, /* jobBytes= */ 512 * MIB);
  }

  /// The same without any run, as timing passes needs it.
  public KeptLimits withoutRuns() {
    return new KeptLimits(/* runBytes= */ 0, jobs, jobBytes);
  }
}

package io.lexiscope.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PeakMemoryTest {
  private static final long SIZE = 64L << 20;

  @Test
  void memoryThatIsFreedAgainBeforeTheEndCounts() {
    assumeThat(Files.isWritable(Path.of("/proc/self/clear_refs"))).isTrue();

    OptionalLong added =
        PeakMemory.added(
            () -> {
              try (Arena arena = Arena.ofConfined()) {
                MemorySegment segment = arena.allocate(SIZE, 4096);
                segment.fill((byte) 1);
                assertThat(segment.get(java.lang.foreign.ValueLayout.JAVA_BYTE, SIZE - 1))
                    .isEqualTo((byte) 1);
              }
            });

    assertThat(added).isPresent();
    assertThat(added.getAsLong()).isBetween(SIZE * 3 / 4, SIZE * 2);
  }

  @Test
  void aProcessThatDoesNotExistHasNoMemory() {
    assertThat(PeakMemory.of(Long.MAX_VALUE)).isEmpty();
  }
}

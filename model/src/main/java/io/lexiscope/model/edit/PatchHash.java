package io.lexiscope.model.edit;

import io.lexiscope.base.Digest;
import io.lexiscope.base.FloatVector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The hash of what a patch does.
final class PatchHash {
  private PatchHash() {}

  static String of(WeightPatch patch) {
    Digest digest =
        Digest.sha256()
            .add(
                "%s\n%d\n%d\n%d\n"
                    .formatted(patch.target(), patch.rank(), patch.inputs(), patch.outputs()));
    for (PatchTerm term : patch.terms()) {
      digest.add(bytes(term.input())).add(bytes(term.output()));
    }
    return digest.hex();
  }

  private static ByteBuffer bytes(FloatVector vector) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.size()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector.toArray());
    return bytes;
  }
}

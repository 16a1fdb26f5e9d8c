package io.lexiscope.index;

import io.lexiscope.base.Journal;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.Tensors;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Consecutive vectors as they were read.
final class ReadVectors {
  /// How they are written down.
  static final Journal.Form<ReadVectors> FORM =
      new Journal.Form<>() {
        @Override
        public String name() {
          return "vectors";
        }

        @Override
        public void write(ReadVectors part, DataOutput out) throws IOException {
          out.writeInt(part.vectors.size());
          for (Vector vector : part.vectors) {
            out.writeFloat(vector.norm());
            out.writeFloat(vector.scale().spread());
            out.writeFloat(vector.scale().high());
            out.writeFloat(vector.scale().low());
            byte[] bytes = vector.entry().toBytes();
            out.writeInt(bytes.length);
            out.write(bytes);
          }
          out.writeBoolean(part.kept != null);
          if (part.kept != null) {
            ReadVectors.write(part.kept, out);
          }
        }

        @Override
        public ReadVectors read(DataInput in) throws IOException {
          int count = in.readInt();
          List<Vector> vectors = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            float norm = in.readFloat();
            var scale = new IndexFields.Scale(in.readFloat(), in.readFloat(), in.readFloat());
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            vectors.add(new Vector(norm, scale, VectorEntry.read(ByteBuffer.wrap(bytes))));
          }
          return new ReadVectors(vectors, in.readBoolean() ? floats(in) : null);
        }
      };

  private final List<Vector> vectors;
  private final float @Nullable [] kept;

  /// @param kept the vectors themselves, one after the other, where they are dear to find; null
  ///   where the weights hold them
  ReadVectors(List<Vector> vectors, float @Nullable [] kept) {
    this.vectors = List.copyOf(vectors);
    this.kept = kept;
  }

  /// One vector.
  ///
  /// @param norm its length
  /// @param scale what its scores are like
  /// @param entry its words
  record Vector(float norm, IndexFields.Scale scale, VectorEntry entry) {}

  VectorEntry entry(int index) {
    return vectors.get(index).entry();
  }

  float norm(int index) {
    return vectors.get(index).norm();
  }

  IndexFields.Scale scale(int index) {
    return vectors.get(index).scale();
  }

  /// The vectors that are kept here, [count, d_model].
  Tensor rows() {
    if (kept == null) {
      throw new IllegalStateException("index: expected vectors that were kept, got none");
    }
    return Tensors.of(kept).reshape(vectors.size(), kept.length / vectors.size());
  }

  private static void write(float[] numbers, DataOutput out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES);
    bytes.asFloatBuffer().put(numbers);
    out.writeInt(numbers.length);
    out.write(bytes.array());
  }

  private static float[] floats(DataInput in) throws IOException {
    float[] numbers = new float[in.readInt()];
    byte[] bytes = new byte[numbers.length * Float.BYTES];
    in.readFully(bytes);
    ByteBuffer.wrap(bytes).asFloatBuffer().get(numbers);
    return numbers;
  }
}

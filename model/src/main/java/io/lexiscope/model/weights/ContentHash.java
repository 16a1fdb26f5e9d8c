package io.lexiscope.model.weights;

import io.lexiscope.base.Digest;
import io.lexiscope.base.OneLine;
import io.lexiscope.base.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/// The hash by which results say which weights they come from.
final class ContentHash {
  private static final int CHUNK = 1 << 16;

  private ContentHash() {}

  /// Hashes tensors.
  ///
  /// @param holders the file of each tensor, in the order to hash
  static String of(Map<String, WeightFile> holders) {
    var channels = new HashMap<Path, FileChannel>();
    try {
      var digest = Digest.sha256();
      var buffer = ByteBuffer.allocate(CHUNK);
      for (var holder : holders.entrySet()) {
        var file = holder.getValue();
        var channel = channels.get(file.file());
        if (channel == null) {
          channel = FileChannel.open(RegularFile.check(file.file()), StandardOpenOption.READ);
          channels.put(file.file(), channel);
        }
        var place = file.place(holder.getKey());
        digest.add("%s\n%s\n%s\n".formatted(holder.getKey(), place.type(), place.shape()));
        update(digest, channel, place, buffer);
      }
      return digest.hex();
    } catch (IOException e) {
      throw new WeightsException(
          "hash weights: expected readable files, got %s".formatted(OneLine.of(e)), e);
    } finally {
      channels.values().forEach(ContentHash::close);
    }
  }

  private static void update(
      Digest digest, FileChannel channel, WeightFile.Place place, ByteBuffer buffer)
      throws IOException {
    long position = place.position();
    long end = position + place.bytes();
    while (position < end) {
      buffer.clear().limit((int) Math.min(CHUNK, end - position));
      int count = channel.read(buffer, position);
      if (count < 0) {
        throw new IOException("the end of a file that was longer when opened");
      }
      digest.add(buffer.flip());
      position += count;
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new WeightsException("hash weights: expected to close a file, got " + OneLine.of(e), e);
    }
  }
}

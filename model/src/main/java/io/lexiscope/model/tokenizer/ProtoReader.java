package io.lexiscope.model.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Reads the fields of a protocol buffer message one after the other.
///
/// @see <a href="https://protobuf.dev/programming-guides/encoding/">the wire format</a>
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final ByteBuffer in;
  private final String source;
  private int wireType;

  ProtoReader(byte[] message, String source) {
    this.in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    this.source = source;
  }

  /// The number of the next field, or 0 at the end.
  int nextField() {
    if (!in.hasRemaining()) {
      return 0;
    }
    long tag = varint();
    wireType = (int) (tag & 7);
    long field = tag >>> 3;
    if (field < 1 || field > 1 << 29) {
      throw damaged("a field number");
    }
    return (int) field;
  }

  int number() {
    expect(VARINT, "a number");
    return (int) varint();
  }

  boolean flag() {
    return number() != 0;
  }

  float decimal() {
    expect(FIXED32, "a float");
    require(Float.BYTES);
    return in.getFloat();
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    expect(BYTES, "bytes");
    var bytes = new byte[length()];
    in.get(bytes);
    return bytes;
  }

  void skip() {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> advance(Long.BYTES);
      case BYTES -> advance(length());
      case FIXED32 -> advance(Integer.BYTES);
      default -> throw damaged("a field of a known wire type");
    }
  }

  private void advance(int bytes) {
    require(bytes);
    in.position(in.position() + bytes);
  }

  private int length() {
    long length = varint();
    if (length < 0 || length > in.remaining()) {
      throw damaged("%d more bytes".formatted(length));
    }
    return (int) length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      require(1);
      byte b = in.get();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw damaged("a number of at most ten bytes");
  }

  private void require(int bytes) {
    if (in.remaining() < bytes) {
      throw damaged("%d more bytes".formatted(bytes));
    }
  }

  private void expect(int type, String what) {
    if (wireType != type) {
      throw damaged(what);
    }
  }

  private TokenizerException damaged(String expected) {
    return new TokenizerException(
        "tokenizer: expected a SentencePiece model with %s at byte %d of a message, got something else in %s"
            .formatted(expected, in.position(), source));
  }
}

package io.lexiscope.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path scratch;

  @Test
  void tensorsComeWithTypeShapeAndTheirOwnBytes() {
    var file =
        file(
            "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]}}   ",
            16);

    try (var arena = Arena.ofConfined()) {
      var opened = Safetensors.open(file, arena);

      assertThat(opened.metadata()).containsEntry("format", "pt");
      assertThat(opened.names()).containsExactly("a", "b");
      assertThat(opened.bytes()).isEqualTo(16);
      var b = opened.get("b").orElseThrow();
      assertThat(b.type()).isEqualTo(StoredType.I64);
      assertThat(b.shape()).isEmpty();
      assertThat(b.elements()).isEqualTo(1);
      assertThat(b.data().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 8);
      assertThat(b.data().isReadOnly()).isTrue();
      assertThat(opened.get("c")).isEmpty();
    }
  }

  @Test
  void aTensorAtAnOddAddressIsStillAligned() {
    var file =
        file(
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[3,11]}}",
            11);

    try (var arena = Arena.ofConfined()) {
      var b = Safetensors.open(file, arena).get("b").orElseThrow();

      assertThat(b.data().address() % 4).isZero();
      assertThat(b.data().toArray(ValueLayout.JAVA_BYTE)).containsExactly(3, 4, 5, 6, 7, 8, 9, 10);
    }
  }

  @Test
  void anEmptyFileOfNoTensorsOpens() {
    try (var arena = Arena.ofConfined()) {
      assertThat(Safetensors.open(file("{}", 0), arena).names()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                                              | 0  | a header that begins with {
          {"a":                                                           | 0  | a JSON header
          {"a":{"dtype":"F32","shape":[2]}}                               | 8  | dtype, shape and data_offsets for a
          {"a":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}          | 8  | as dtype of a, got "F33"
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}          | 8  | expected 12 bytes for a
          {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}         | 8  | whole numbers from 0
          {"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}        | 8  | whole numbers from 0
          {"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}            | 8  | the shape of a to be a list
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}          | 7  | within 7 bytes of data
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}          | 9  | 8 bytes of data, as the header says, got 9
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}          | 8  | [begin, end]
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}        | 8  | [begin, end]
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}         | 12 | a to begin at byte 0
          {"a":{"dtype":"U8","shape":[4294967296,4294967296,16],"data_offsets":[0,0]}} | 0 | a size of a that can be counted
          {"a":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,0]}}     | 0 | whole numbers from 0
          {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}} | 3 | b to begin at byte 2
          {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}} | 2 | a JSON header
          {"__metadata__":{"x":1}}                                        | 0  | a text for x in __metadata__
          {"__metadata__":[]}                                             | 0  | __metadata__ to be an object
          {"a":7}                                                         | 0  | dtype, shape and data_offsets for a, got 7
          """)
  void aDamagedHeaderIsRefusedWithWhatIsWrong(String header, int dataBytes, String expected) {
    var file = file(header, dataBytes);

    try (var arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> Safetensors.open(file, arena))
          .isInstanceOf(WeightsException.class)
          .hasMessageStartingWith("open weights: expected ")
          .hasMessageContaining(expected)
          .hasMessageContaining(file.toString())
          .hasMessageNotContaining("\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"-1", "9223372036854775807", "100000001", "3"})
  void aHeaderLengthThatLiesIsRefused(long length) throws IOException {
    var file = scratch.resolve("lying.safetensors");
    var bytes = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Files.write(file, bytes.put((byte) '{').put((byte) '}').array());

    try (var arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> Safetensors.open(file, arena))
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("expected a header of at most 2 bytes");
    }
  }

  @Test
  void aFileShorterThanALengthIsRefused() throws IOException {
    var file = Files.write(scratch.resolve("short.safetensors"), new byte[] {1, 2, 3});

    try (var arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> Safetensors.open(file, arena))
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("expected at least 8 bytes, got 3 bytes");
    }
  }

  @Test
  void aMissingFileIsNamed() {
    try (var arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> Safetensors.open(scratch.resolve("none.safetensors"), arena))
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("got nothing at ");
    }
  }

  @Test
  void headerBytesThatAreNoTextAreRefused() {
    var header = new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', '}'};
    var file = file(header, List.of());

    try (var arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> Safetensors.open(file, arena))
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("expected a header in UTF-8");
    }
  }

  private Path file(String header, int dataBytes) {
    var data = new Byte[dataBytes];
    for (int i = 0; i < dataBytes; i++) {
      data[i] = (byte) i;
    }
    return file(header.getBytes(StandardCharsets.UTF_8), List.of(data));
  }

  private Path file(byte[] header, List<Byte> data) {
    var bytes = ByteBuffer.allocate(8 + header.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header);
    data.forEach(bytes::put);
    try {
      return Files.write(scratch.resolve("made.safetensors"), bytes.array());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

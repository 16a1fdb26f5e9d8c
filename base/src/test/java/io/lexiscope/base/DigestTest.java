package io.lexiscope.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DigestTest {
  /// FIPS 180-4, the standard's own example.
  @Test
  void theStandardsExampleHasTheStandardsHash() {
    assertThat(Digest.sha256().add("abc").hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Digest.sha1().add("abc").hex())
        .isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
  }

  /// What `git hash-object` prints for a file that holds `hello` and a line end.
  @Test
  void gitsNameOfAFileIsTheHashOfItsHeadAndContent() {
    assertThat(Digest.sha1().add("blob 6\0").add("hello\n").hex())
        .isEqualTo("ce013625030ba8dba906f756967f9e9ca394464a");
  }

  @Test
  void piecesHashAsTheWhole() {
    ByteBuffer buffer = ByteBuffer.wrap("·abc·".getBytes(StandardCharsets.UTF_8));
    buffer.position(2).limit(5);

    String pieces = Digest.sha256().add("x").add(buffer).add(new byte[] {'y'}).hex();

    assertThat(pieces).isEqualTo(Digest.sha256().add("xabcy").hex());
    assertThat(buffer.position()).isEqualTo(2);
  }

  @Test
  void aHashThatWasTakenBeginsAnew() {
    Digest digest = Digest.sha256().add("first");
    digest.hex();

    assertThat(digest.add("abc").bytes()).isEqualTo(Digest.sha256().add("abc").bytes());
  }
}

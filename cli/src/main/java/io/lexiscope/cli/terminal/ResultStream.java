package io.lexiscope.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A stream of text that remembers why a write failed; a plain [PrintStream] only knows that one
/// did.
public final class ResultStream extends PrintStream {
  private final Remembering to;

  /// A stream to these bytes, in UTF-8.
  public ResultStream(OutputStream to) {
    this(new Remembering(to));
  }

  private ResultStream(Remembering to) {
    super(to, /* autoFlush= */ false, StandardCharsets.UTF_8);
    this.to = to;
  }

  /// The standard output of the process.
  static ResultStream ofProcess() {
    return new ResultStream(new FileOutputStream(FileDescriptor.out));
  }

  /// Why the first write failed that did; null where none has.
  @Nullable IOException failure() {
    flush();
    return to.failure;
  }

  private static final class Remembering extends FilterOutputStream {
    private @Nullable IOException failure;

    Remembering(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        out.write(bytes, from, count);
      } catch (IOException failed) {
        failure = failure == null ? failed : failure;
        throw failed;
      }
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }
  }
}

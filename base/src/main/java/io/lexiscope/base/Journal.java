package io.lexiscope.base;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The finished parts of long work, one after the other, in a file: where a process was killed, the
/// next does the same work in the same order and is given back what was finished.
///
/// ```text
/// try (Journal journal = Journal.open(file, "what the parts are parts of")) {
///   for (String form : forms) {
///     sum += journal.part(form, () -> workThatTakesLong(form));
///   }
/// }
/// ```
///
/// A step of the work that is not needed any more, because what it came to is kept elsewhere, may
/// be left out: its parts are passed over.
///
/// A part is in the file before [#part] returns. What a killed process left half-written is cut
/// off. Work goes on without a journal where its file cannot be written: then it has no second
/// life. Used by one thread at a time.
public final class Journal implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger("io.lexiscope");
  private static final int HEAD = 2 * Integer.BYTES;

  private @Nullable FileChannel channel;

  /// Where the next part is read; at the end of the file where there is none.
  private long position;

  private long end;
  private int found;

  private Journal(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /// How a part is written and read.
  ///
  /// @param <T> what a part is
  public interface Form<T> {
    /// What parts of this form are called; other forms of the same work have other names.
    String name();

    /// Writes a part.
    void write(T part, DataOutput out) throws IOException;

    /// Reads what [#write] wrote.
    T read(DataInput in) throws IOException;
  }

  /// A journal that keeps nothing.
  public static Journal none() {
    return new Journal(/* channel= */ null);
  }

  /// The journal in a file.
  ///
  /// @param file made where it is not there
  /// @param identity what the parts are parts of; the parts of anything else are thrown away
  /// @throws IOException if it can neither be read nor made
  public static Journal open(Path file, String identity) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      Journal journal = new Journal(channel);
      journal.end = channel.size();
      byte[] own = Digest.sha256().add(identity).bytes();
      if (!Arrays.equals(own, journal.next())) {
        channel.truncate(0);
        journal.position = 0;
        journal.end = 0;
        journal.append(own);
        journal.position = journal.end;
      }
      return journal;
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  /// The next part: the one that was finished before, or else the one made now.
  ///
  /// @param work makes it; not called where it was finished before
  public <T> T part(Form<T> form, Supplier<T> work) {
    T known = known(form);
    if (known != null) {
      found++;
      return known;
    }
    T made = work.get();
    keep(form, made);
    return made;
  }

  /// How many parts were finished before.
  public int found() {
    return found;
  }

  private <T> @Nullable T known(Form<T> form) {
    if (channel == null || position == end) {
      return null;
    }
    try {
      for (byte[] part = next(); part != null; part = next()) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(part));
        if (in.readUTF().equals(form.name())) {
          return form.read(in);
        }
      }
      return null;
    } catch (IOException unreadable) {
      giveUp(unreadable);
      return null;
    }
  }

  private <T> void keep(Form<T> form, T part) {
    if (channel == null) {
      return;
    }
    try {
      var bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeUTF(form.name());
      form.write(part, out);
      append(bytes.toByteArray());
      position = end;
    } catch (IOException unwritable) {
      giveUp(unwritable);
    }
  }

  /// The bytes of the next part; null, with the rest of the file cut off, where it is not whole.
  private byte @Nullable [] next() throws IOException {
    FileChannel file = channel;
    if (file == null) {
      return null;
    }
    byte[] bytes = read(file, position, HEAD);
    if (bytes == null && position == end) {
      return null;
    }
    if (bytes != null) {
      ByteBuffer head = ByteBuffer.wrap(bytes);
      int length = head.getInt();
      int sum = head.getInt();
      byte[] part =
          length < 0 || length > end - position - HEAD ? null : read(file, position + HEAD, length);
      if (part != null && sum == sum(part)) {
        position += HEAD + length;
        return part;
      }
    }
    file.truncate(position);
    end = position;
    return null;
  }

  private byte @Nullable [] read(FileChannel file, long from, int length) throws IOException {
    if (from + length > end) {
      return null;
    }
    byte[] read = new byte[length];
    ByteBuffer bytes = ByteBuffer.wrap(read);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + bytes.position()) < 0) {
        return null;
      }
    }
    return read;
  }

  private void append(byte[] part) throws IOException {
    FileChannel file = channel;
    if (file == null) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + part.length);
    bytes.putInt(part.length).putInt(sum(part)).put(part).flip();
    long from = end;
    while (bytes.hasRemaining()) {
      from += file.write(bytes, from);
    }
    end = from;
  }

  private static int sum(byte[] part) {
    CRC32 sum = new CRC32();
    sum.update(part);
    return (int) sum.getValue();
  }

  /// Goes on without the file, whose parts would not be in order any more.
  private void giveUp(IOException why) {
    LOGGER.log(
        System.Logger.Level.WARNING,
        "journal: expected to write down what is finished, got "
            + OneLine.of(why)
            + "; the work goes on, and begins anew if the process ends");
    close();
  }

  @Override
  public void close() {
    FileChannel file = channel;
    channel = null;
    if (file != null) {
      try {
        file.close();
      } catch (IOException failed) {
        LOGGER.log(
            System.Logger.Level.WARNING,
            "journal: expected to close its file, got " + OneLine.of(failed) + "; see the disk");
      }
    }
  }
}

package io.lexiscope.hub;

import io.lexiscope.base.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.regex.Pattern;

/// Fetches one file into the blobs: continues what an earlier attempt left, checks length and hash,
/// and gives the file its name only when both are right.
final class BlobFetch {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18}|\\*)");
  private static final int READ_BYTES = 1 << 20;
  private static final int MOST_WRONG_HASHES = 3;

  private final HubClient client;
  private final HubName repository;
  private final RemoteFile file;
  private final Path incomplete;
  private final Tally tally;

  private BlobHash hash;
  private long fetched;
  private long kept;

  /// A body that is not the file's; what it wrote is worthless.
  private static final class WrongBody extends IOException {
    private static final long serialVersionUID = 1L;

    WrongBody(String message) {
      super(message);
    }
  }

  /// The file of the cache cannot be read or written, which no further attempt changes.
  private static final class Unwritable extends IOException {
    private static final long serialVersionUID = 1L;

    Unwritable(IOException cause) {
      super(cause);
    }
  }

  BlobFetch(HubClient client, HubName repository, RemoteFile file, Path incomplete, Tally tally) {
    this.client = client;
    this.repository = repository;
    this.file = file;
    this.incomplete = incomplete;
    this.tally = tally;
    this.hash = newHash();
  }

  /// Fetches the file; the caller holds its lock.
  ///
  /// @param blob the name to give it
  /// @param awaited bytes that the tally expects of it
  /// @return bytes that came over the network
  /// @throws HubException when it cannot be fetched or written
  long into(Path blob, long awaited) {
    try (var channel = open()) {
      kept = Math.min(channel.size(), file.size());
      tally.expect(file.size() - kept - awaited);
      fill(channel);
      channel.force(/* metaData= */ true);
    } catch (Unwritable e) {
      throw HubRefusals.unwritable(
          incomplete, e.getCause() instanceof IOException cause ? cause : e);
    } catch (IOException e) {
      throw HubRefusals.unwritable(incomplete, e);
    }
    try {
      WholeFile.move(incomplete, blob);
    } catch (IOException e) {
      throw HubRefusals.unwritable(blob, e);
    }
    return fetched;
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(
        incomplete, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /// Attempts until the file is whole. Gives up when too many attempts in a row bring it no further
  /// than it has been.
  private void fill(FileChannel channel) throws IOException {
    var failures = 0;
    var wrong = 0;
    var furthest = channel.size();
    while (true) {
      tally.check();
      String why;
      var wait = Duration.ZERO;
      if (channel.size() > file.size()) {
        restart(channel);
      }
      if (channel.size() == file.size()) {
        catchUp(channel);
        if (hash.matches()) {
          return;
        }
        restart(channel);
        why = "another hash";
        wrong++;
      } else {
        try (var reply = client.get(file.address(), channel.size(), tally)) {
          wait = reply.retryAfter();
          why = take(reply, channel);
        } catch (WrongBody e) {
          restart(channel);
          why = HubRefusals.reason(e);
        } catch (Unwritable e) {
          throw e;
        } catch (IOException e) {
          why = HubRefusals.reason(e);
        }
        if (channel.size() == file.size()) {
          continue;
        }
      }
      if (channel.size() > furthest) {
        furthest = channel.size();
        failures = 0;
      }
      failures++;
      if (failures >= client.pace().attempts() || wrong >= MOST_WRONG_HASHES) {
        throw givenUp(why, failures, channel.size());
      }
      client.pace().pause(failures, wait, tally);
    }
  }

  /// Writes what an answer brings.
  ///
  /// @return why the file may still not be whole
  private String take(Reply reply, FileChannel channel) throws IOException {
    switch (reply.status()) {
      case 200 -> {
        if (channel.size() > 0) {
          restart(channel);
        }
        expectLength(reply, file.size());
      }
      case 206 -> expectRange(reply, channel.size());
      case 416 -> throw new WrongBody("status 416 for a part of the file");
      default -> {
        if (client.isHub(reply.from()) && !reply.mayPass()) {
          throw client.refusals().of(repository, file.address(), reply);
        }
        return "status " + reply.status();
      }
    }
    catchUp(channel);
    var silence = client.pace().silence();
    for (var more = reply.body().next(tally, silence);
        more != null;
        more = reply.body().next(tally, silence)) {
      for (var buffer : more) {
        append(channel, buffer);
      }
    }
    return "a body that ends too early";
  }

  private void expectLength(Reply reply, long expected) throws WrongBody {
    var given = reply.number("Content-Length");
    if (given.isPresent() && given.getAsLong() != expected) {
      throw new WrongBody("a body of " + given.getAsLong() + " bytes");
    }
  }

  private void expectRange(Reply reply, long from) throws WrongBody {
    var range = RANGE.matcher(reply.header("Content-Range").orElse(""));
    if (!range.matches()
        || Long.parseLong(range.group(1)) != from
        || !(range.group(2).equals("*") || Long.parseLong(range.group(2)) == file.size())) {
      throw new WrongBody(
          "the range " + reply.header("Content-Range").orElse("without a Content-Range"));
    }
  }

  private void append(FileChannel channel, ByteBuffer bytes) throws IOException {
    var at = hash.length();
    if (at + bytes.remaining() > file.size()) {
      throw new WrongBody("a body that goes on after its end");
    }
    var count = bytes.remaining();
    hash.update(bytes);
    try {
      if (channel.size() != at) {
        throw new HubException(
            HubProblem.BUSY,
            "pull: expected to be the only one who writes to "
                + incomplete
                + ", got another program that does; let it finish, and pull again");
      }
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      throw new Unwritable(e);
    }
    fetched += count;
    tally.add(count);
  }

  /// Hashes what is in the file and has not been hashed.
  private void catchUp(FileChannel channel) throws IOException {
    var buffer = ByteBuffer.allocate(READ_BYTES);
    try {
      while (hash.length() < channel.size()) {
        tally.check();
        if (channel.read(buffer.clear(), hash.length()) < 0) {
          throw new IOException("an end before the file's length");
        }
        hash.update(buffer.flip());
      }
    } catch (IOException e) {
      throw new Unwritable(e);
    }
  }

  /// Begins anew, without what is there.
  private void restart(FileChannel channel) throws IOException {
    tally.add(kept - Math.max(hash.length(), kept));
    tally.expect(kept);
    kept = 0;
    hash = newHash();
    try {
      channel.truncate(0);
    } catch (IOException e) {
      throw new Unwritable(e);
    }
  }

  private BlobHash newHash() {
    return BlobHash.of(file.etag(), file.size());
  }

  private HubException givenUp(String why, int times, long arrived) {
    return new HubException(
        HubProblem.FAILED,
        "pull: expected "
            + file.size()
            + " bytes with the identity "
            + file.etag()
            + " from "
            + HubClient.shown(file.address())
            + ", got "
            + why
            + " "
            + times
            + " times without getting further; pull again later"
            + (arrived > 0 ? ": what has arrived is kept" : ""));
  }
}

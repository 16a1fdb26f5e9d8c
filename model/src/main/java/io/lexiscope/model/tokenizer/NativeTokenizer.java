package io.lexiscope.model.tokenizer;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import io.lexiscope.base.OneLine;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// One tokenizer inside the native library; closing waits for calls in progress, and calls
/// afterwards throw.
final class NativeTokenizer implements AutoCloseable {
  private final TokenizersLibrary library = NativeLibrary.entryPoints();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final long handle;
  private boolean closed;

  /// @throws RuntimeException if the library refuses the document; its message says why
  NativeTokenizer(String json) {
    handle = library.createTokenizerFromString(json);
  }

  /// What the library made of a text. Offsets are in code points; a token that the post-processor
  /// added has none.
  static final class Raw {
    final int[] ids;
    final boolean[] added;
    final int[] starts;
    final int[] ends;

    Raw(int size) {
      ids = new int[size];
      added = new boolean[size];
      starts = new int[size];
      ends = new int[size];
    }
  }

  Raw encode(String text, boolean addSpecial) {
    lock.readLock().lock();
    try {
      checkOpen();
      long encoding = library.encode(handle, text, addSpecial);
      try {
        return raw(
            library.getTokenIds(encoding),
            library.getSpecialTokenMask(encoding),
            library.getTokenCharSpans(encoding));
      } finally {
        library.deleteEncoding(encoding);
      }
    } catch (TokenizerException e) {
      throw e;
    } catch (RuntimeException e) {
      String reason = OneLine.of(e);
      throw new TokenizerException(
          reason.contains("Missing [UNK]")
              ? "encode: expected characters of the vocabulary, got a character that is not in the vocabulary"
              : "encode: the tokenizer refused the text: " + reason,
          e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private static Raw raw(long[] ids, long[] added, @Nullable CharSpan[] spans) {
    var raw = new Raw(ids.length);
    for (int i = 0; i < ids.length; i++) {
      raw.ids[i] = (int) ids[i];
      raw.added[i] = added[i] != 0;
      @Nullable CharSpan span = spans[i];
      raw.starts[i] = span == null ? -1 : span.getStart();
      raw.ends[i] = span == null ? -1 : span.getEnd();
    }
    return raw;
  }

  String decode(long[] ids, boolean skipSpecial) {
    lock.readLock().lock();
    try {
      checkOpen();
      return library.decode(handle, ids, skipSpecial);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new TokenizerException("tokenizer: expected an open tokenizer, got a closed one");
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        library.deleteTokenizer(handle);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}

package io.simplesmtp.internal.wire;

import io.simplesmtp.MailDataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The content of the BDAT commands of one message as a stream: their chunks one behind the other,
 * every octet as it came (RFC 3030 section 2).
 *
 * <p>When the octets of a chunk are used up, the source is asked for the next one, on the thread
 * that reads. A violation of the bounds is thrown to the reader where it is met, and a chunk that
 * would pass the size of a message is refused before any octet of it is read; so only legal content
 * is ever read to its end. No further chunk is asked for behind a violation.
 *
 * <p>The content belongs to the handler until it has answered, as that of {@link DataStream} does.
 */
public final class ChunkStream extends InputStream {

  /**
   * The argument of a BDAT.
   *
   * @param size octets that follow the command, 0 or more
   * @param isLast whether the content ends with them
   */
  public record Chunk(long size, boolean isLast) {}

  /** Where chunks come from. */
  @FunctionalInterface
  public interface Source {
    /**
     * The last chunk was used up and was not the last of the message: blocks for the next one,
     * whose octets come right behind it.
     *
     * @throws IOException if there is no next one; not asked again
     */
    Chunk next() throws IOException;
  }

  private final WireReader reader;
  private final Source source;
  private final DataBounds bounds;
  private final LineCheck check;
  private final ReentrantLock reading = new ReentrantLock();
  private final Thread owner = Thread.currentThread();
  private Chunk chunk;
  private long left;
  private long octets;
  private @Nullable IOException failure;
  private boolean closed;

  /**
   * Begins where the reader stands, which must be right behind the first BDAT command. The thread
   * that makes it is the one that closes and drains it.
   */
  public ChunkStream(WireReader reader, DataBounds bounds, Chunk first, Source source) {
    this.reader = reader;
    this.source = source;
    this.bounds = bounds;
    this.check = new LineCheck(bounds);
    this.chunk = first;
    begin(first);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    reading.lock();
    try {
      int run = legalRun(length);
      if (run > 0) {
        System.arraycopy(reader.buffer(), reader.position() - run, target, offset, run);
      }
      return run;
    } finally {
      reading.unlock();
    }
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    if (Thread.currentThread() != owner || !Buffers.mayBeShownTo(out)) {
      return super.transferTo(out); // by copies
    }
    long transferred = 0;
    int run = run();
    while (run > 0) {
      out.write(reader.buffer(), reader.position() - run, run);
      transferred += run;
      run = run();
    }
    return transferred;
  }

  private int run() throws IOException {
    reading.lock();
    try {
      return legalRun(Integer.MAX_VALUE);
    } finally {
      reading.unlock();
    }
  }

  /** Ends the reading, and waits for a read that is under way; the engine can still drain. */
  @Override
  public void close() {
    reading.lock();
    try {
      closed = true;
    } finally {
      reading.unlock();
    }
  }

  /**
   * Reads and drops what is left of all chunks, or up to the end of the chunk with the first
   * violation; for the engine, after {@link #close}.
   *
   * @throws IOException if the content had no end, also if a reader has met that before
   */
  public void drain() throws IOException {
    while (violation() == Violation.NONE && nextRun(Integer.MAX_VALUE) >= 0) {
      // Dropped.
    }
    drainChunk();
  }

  /**
   * Reads and drops what is left of this chunk; for the engine, after {@link #close}.
   *
   * @throws IOException if the content had no end, also if a reader has met that before
   */
  public void drainChunk() throws IOException {
    if (failure != null) {
      throw failure;
    }
    while (left > 0) {
      pass(Integer.MAX_VALUE);
    }
    if (chunk.isLast()) {
      check.end();
    }
  }

  /** The chunk that was asked for last. */
  public Chunk chunk() {
    return chunk;
  }

  /** The octets of the content that were met so far. */
  public long octets() {
    return octets;
  }

  /** The gravest violation that was met so far. */
  public Violation violation() {
    return check.violation();
  }

  /** The next run for a reader, right before the position; no octet at or behind a violation. */
  private int legalRun(int most) throws IOException {
    if (closed) {
      throw new IOException("The mail data can only be read until the handler has answered");
    }
    int run = violation() == Violation.NONE ? nextRun(most) : 0;
    if (violation() != Violation.NONE) {
      throw new MailDataException("The mail data is refused: " + violation().text());
    }
    return run;
  }

  /** Blocks for a run of content and passes it; returns its length, or -1 at the end. */
  private int nextRun(int most) throws IOException {
    while (left == 0) {
      if (chunk.isLast()) {
        check.end();
        return -1;
      }
      begin(nextChunk());
      if (violation() != Violation.NONE) {
        return 0;
      }
    }
    return pass(most);
  }

  private Chunk nextChunk() throws IOException {
    if (failure != null) {
      throw failure;
    }
    failure = new IOException("It is not known where the next chunk begins"); // whatever is thrown
    try {
      Chunk next = source.next();
      failure = null;
      return next;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private void begin(Chunk begun) {
    chunk = begun;
    left = begun.size();
    if (left > bounds.messageSize() - octets) {
      check.violated(Violation.MESSAGE_TOO_BIG);
    }
  }

  /** Judges and passes a run of the chunk, which has more. */
  private int pass(int most) throws IOException {
    if (!reader.hasBuffered()) {
      fill();
    }
    int from = reader.position();
    int run = (int) Math.min(most, Math.min(left, reader.limit() - from));
    check.judge(reader.buffer(), from, from + run);
    reader.advance(run);
    left -= run;
    octets += run;
    return run;
  }

  private void fill() throws MailDataException {
    boolean isFilled;
    try {
      isFilled = reader.fill();
    } catch (IOException e) {
      throw new MailDataException("The connection broke before the end of the mail data", e);
    }
    if (!isFilled) {
      throw new MailDataException("The client left before the end of the mail data");
    }
  }
}

package io.simplesmtp.internal.wire;

import io.simplesmtp.MailDataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The content of DATA as a stream: everything up to CR LF . CR LF, without the stuffed dots (RFC
 * 5321 section 4.5.2).
 *
 * <p>Nothing else ends the data, whatever stands in it. A violation of the bounds is thrown to the
 * reader where it is met, so that only legal content is ever read to its end; the engine goes on to
 * the terminator with {@link #drain()} and so never loses its place.
 *
 * <p>Content is found in runs inside the reader's buffer: as many octets as lie there in one piece,
 * over line ends, up to a dot that is dropped.
 *
 * <p>The content belongs to the handler until it has answered. A thread that the handler left
 * behind in a read is waited for by {@link #close}, and reads nothing more: two threads in the
 * buffer would lose the place, and mail data would be taken for commands.
 */
public final class DataStream extends InputStream {

  private enum State {
    LINE_START,
    TEXT,
    /** Behind a dot at the start of a line: dropped, unless CR LF follows. */
    DOT,
    /** Between a CR and the LF that is known to follow it. */
    LF_DUE,
    END
  }

  private final WireReader reader;
  private final DataBounds bounds;
  private final ReentrantLock reading = new ReentrantLock();
  private final Thread owner = Thread.currentThread();
  private State state = State.LINE_START;
  private boolean inHeader = true;
  private int lineOctets;
  private long octets;
  private Violation violation = Violation.NONE;
  private boolean closed;

  /**
   * Begins where the reader stands, which must be right behind the DATA command. The thread that
   * makes it is the one that closes and drains it.
   */
  public DataStream(WireReader reader, DataBounds bounds) {
    this.reader = reader;
    this.bounds = bounds;
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
        System.arraycopy(reader.buffer(), reader.position(), target, offset, run);
        reader.advance(run);
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
      int from = reader.position() - run;
      out.write(reader.buffer(), from, run);
      transferred += run;
      run = run();
    }
    return transferred;
  }

  private int run() throws IOException {
    reading.lock();
    try {
      int run = legalRun(Integer.MAX_VALUE);
      reader.advance(Math.max(run, 0));
      return run;
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

  /** Reads and drops everything up to the terminator; for the engine, after {@link #close}. */
  public void drain() throws IOException {
    int run = nextRun(Integer.MAX_VALUE);
    while (run >= 0) {
      reader.advance(run);
      run = nextRun(Integer.MAX_VALUE);
    }
  }

  /** The octets of the content that were met so far. */
  public long octets() {
    return octets;
  }

  /** The gravest violation that was met so far. */
  public Violation violation() {
    return violation;
  }

  /** The next run for a reader, who gets no octet at or behind a violation. */
  private int legalRun(int most) throws IOException {
    if (closed) {
      throw new IOException("The mail data can only be read until the handler has answered");
    }
    int run = violation == Violation.NONE ? nextRun(most) : 0;
    if (violation != Violation.NONE) {
      reader.advance(run);
      throw new MailDataException("The mail data is refused: " + violation.text());
    }
    return run;
  }

  /** Blocks for a run of content at the reader's position; returns its length, or -1 at the end. */
  private int nextRun(int most) throws IOException {
    while (true) {
      int run = state == State.END ? -1 : findRun(most);
      if (run != 0) {
        count(run);
        return run;
      }
      fill();
    }
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

  private void count(int run) {
    if (run < 0) {
      return;
    }
    octets += run;
    if (octets > bounds.messageSize()) {
      violated(Violation.MESSAGE_TOO_BIG);
    }
  }

  private void violated(Violation found) {
    if (found.compareTo(violation) > 0) {
      violation = found;
    }
  }

  /**
   * Returns the length of the run at the reader's position, 0 if more input is needed, -1 at end.
   */
  private int findRun(int most) {
    byte[] buffer = reader.buffer();
    int from = reader.position();
    int limit = reader.limit();
    if (state == State.LINE_START && from < limit && buffer[from] == '.') {
      reader.advance(1);
      from++;
      state = State.DOT;
    }
    if (from == limit) {
      return 0;
    }
    if (state == State.DOT) {
      if (buffer[from] == '\r') {
        if (from + 1 == limit) {
          return 0;
        }
        if (buffer[from + 1] == '\n') {
          reader.advance(2);
          state = State.END;
          return -1;
        }
      }
      state = State.TEXT;
    }
    return scan(buffer, from, (int) Math.min(limit, (long) from + most), limit);
  }

  /** Finds the longest run that begins at an index and ends at or before another. */
  private int scan(byte[] buffer, int from, int end, int limit) {
    int i = from;
    boolean isStopped = false;
    while (i < end && !isStopped) {
      i = passClean(buffer, i, end, limit);
      int most = Math.min(end, i + (inHeader ? CleanText.STEP : CleanText.BLOCK));
      i = look(buffer, i, from, most, limit);
      isStopped = i < most;
    }
    checkLine(lineOctets);
    if (inHeader) {
      checkHeader(i - from);
    }
    return i - from;
  }

  /** Passes what needs no look at each octet, which is nearly all content behind the header. */
  private int passClean(byte[] buffer, int from, int end, int limit) {
    byte first = buffer[from];
    if (inHeader || state == State.LF_DUE || first == '\n' || first == '.') {
      return from;
    }
    // No line can become too long in fewer octets than that.
    int most = (int) Math.min(end, (long) from + bounds.textLine() - lineOctets);
    int to = from + CleanText.count(buffer, from, most, limit);
    if (to > from) {
      int i = to;
      while (i > from && buffer[i - 1] != '\n') {
        i--;
      }
      lineOctets = i > from ? to - i : lineOctets + to - from;
      byte last = buffer[to - 1];
      state = last == '\n' ? State.LINE_START : last == '\r' ? State.LF_DUE : State.TEXT;
    }
    return to;
  }

  /**
   * Looks at each octet between two indices; returns the index of the first that cannot be passed.
   *
   * @param begin where the run began
   */
  private int look(byte[] buffer, int from, int begin, int end, int limit) {
    int i = from;
    int line = from - lineOctets;
    while (i < end) {
      byte octet = buffer[i];
      if (octet > '\r' || octet < 0) {
        if (state == State.LINE_START && octet == '.') {
          break;
        }
        state = State.TEXT;
        i++;
      } else if (octet == '\r' && i + 1 == limit) {
        break;
      } else if (octet == '\r' && buffer[i + 1] == '\n') {
        if (inHeader && state == State.LINE_START) {
          checkHeader(i - begin);
          inHeader = false;
        }
        state = State.LF_DUE;
        i++;
      } else if (octet == '\n' && state == State.LF_DUE) {
        i++;
        checkLine(i - line);
        line = i;
        state = State.LINE_START;
      } else {
        if (bounds.isStrict() && (octet == '\n' || octet == '\r' || octet == 0)) {
          violated(octet == 0 ? Violation.NUL : Violation.BARE_LINE_BREAK);
        }
        state = State.TEXT;
        i++;
      }
    }
    lineOctets = i - line;
    return i;
  }

  /** Judges the header as far as it has come, with the first octets of a run. */
  private void checkHeader(int ofRun) {
    if (octets + ofRun > bounds.headerSize()) {
      violated(Violation.HEADER_TOO_BIG);
    }
  }

  private void checkLine(int length) {
    if (length > bounds.textLine()) {
      violated(Violation.LINE_TOO_LONG);
    }
  }
}

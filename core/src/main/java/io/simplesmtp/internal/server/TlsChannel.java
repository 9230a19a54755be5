package io.simplesmtp.internal.server;

import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.internal.wire.MemoryException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;

/**
 * TLS between two blocking streams and an engine, as a server: octets in clear to read and to
 * write, and records on the other side.
 *
 * <p>All happens on the thread that calls, the engine's own tasks too. Idle it holds a small buffer
 * alone; others are lent for as long as there is something in them. A client that ends its side is
 * the end of the stream, with a close_notify or without one; so is nothing else.
 *
 * <p>Used by one thread.
 */
public final class TlsChannel {

  private static final String TLS_1_3 = "TLSv1.3";

  /** Octets that a client can send in a handshake: two long messages, one of them twice. */
  private static final int MOST_HANDSHAKE = 1 << 17;

  /** As how many octets the shortest record of a handshake counts. */
  private static final int LEAST_HANDSHAKE = 64;

  /** How many copies an engine may have of what a client sent in a handshake. */
  private static final int COPIES = 2;

  /** Octets of the longest message of TLS itself that an engine waits for. */
  private static final int MOST_MESSAGE = 1 << 15;

  /** Records without data in a row: empty ones, new keys. */
  private static final int MOST_QUIET = 32;

  private static final byte[] NONE = {};

  private final SSLEngine engine;
  private final TlsRecords records;
  private final Buffers buffers;
  private final InputStream in = new ClearInput();
  private final TlsOutput out;
  private final Memory.Share memory;
  private byte[] clear = NONE;
  private int position;
  private int limit;
  private int quiet;
  private int unanswered;
  private boolean isEnded;

  /**
   * Takes an engine that has done nothing yet.
   *
   * @param isInterrupted whether the end of the raw stream is a wait that others have ended, which
   *     makes the read that finds it fail; the way out stays open
   */
  public TlsChannel(
      SSLEngine engine,
      InputStream rawIn,
      OutputStream rawOut,
      BooleanSupplier isInterrupted,
      Buffers buffers) {
    this.engine = engine;
    this.records = new TlsRecords(rawIn, isInterrupted, buffers);
    this.out = new TlsOutput(engine, rawOut, buffers);
    this.buffers = buffers;
    this.memory = buffers.memory().new Share();
    memory.hold(Memory.ENGINE);
  }

  /** What the client sends. What is available is what is decrypted already. */
  public InputStream in() {
    return in;
  }

  /**
   * What the client receives: each write is a group of records, and one write of the raw stream.
   */
  public OutputStream out() {
    return out;
  }

  SSLEngine engine() {
    return engine;
  }

  /**
   * Shakes hands; blocks until it is done. A client that breaks the rules is told by an alert.
   *
   * @throws IOException if it failed; the channel is of no more use
   */
  public void handshake() throws IOException {
    try {
      buffers.memory().checkRoom();
      engine.beginHandshake();
      int most = MOST_HANDSHAKE;
      HandshakeStatus status = engine.getHandshakeStatus();
      while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
        switch (status) {
          case NEED_TASK -> runTasks();
          case NEED_WRAP -> out.hold();
          default -> {
            out.sendHeld();
            int heard = hear();
            most -= Math.max(LEAST_HANDSHAKE, heard);
            count(unanswered + heard);
          }
        }
        if (most < 0) {
          throw new SSLProtocolException("The client's handshake is too long");
        }
        status = engine.getHandshakeStatus();
      }
      if (engine.isInboundDone() || engine.isOutboundDone()) {
        throw new SSLHandshakeException("The client has ended the handshake");
      }
      count(0);
      // Renegotiation, which TLS 1.2 knows, is work that a client could ask for without bound.
      engine.setEnableSessionCreation(false);
    } catch (SSLException | RuntimeException e) {
      throw failed(e);
    }
    if (!isNew()) {
      out.sendHeld(); // in TLS 1.3 it is a ticket, which has time until there is more to say
    }
  }

  /**
   * Counts so many octets as what the engine keeps of the client's.
   *
   * @throws MemoryException if that is more than before, and memory is used up
   */
  private void count(int octets) throws MemoryException {
    unanswered = octets;
    memory.grow(Memory.ENGINE + COPIES * octets);
  }

  /** Reads one record of a handshake; returns its octets. */
  private int hear() throws IOException {
    while (!records.isComplete()) {
      if (!records.receive(Buffers.PAGE)) {
        throw new EOFException("The client has left in the handshake");
      }
    }
    return engineTakes(NONE, 0, 0).bytesConsumed();
  }

  /** Says that nothing more will be said; blocks until it is written. Reading may go on. */
  public void end() throws IOException {
    try {
      engine.closeOutbound(); // after a handshake TLS 1.3 says no user_canceled, which GnuTLS minds
      out.answer();
    } catch (RuntimeException e) {
      throw new SSLException("TLS could not be ended", e);
    }
  }

  /** Gives back what was lent; nothing can be read any more. */
  void release() {
    isEnded = true;
    records.release();
    out.release();
    memory.hold(0);
    position = limit;
    giveClearBack();
  }

  /** Octets of memory that are held just now beside the engine. */
  int heldOctets() {
    return records.held() + clear.length + out.held();
  }

  private boolean isNew() {
    return engine.getSession().getProtocol().equals(TLS_1_3);
  }

  private int read(byte[] target, int offset, int length) throws IOException {
    if (position < limit || length == 0) {
      return take(target, offset, length);
    }
    int count = 0;
    while (!isEnded) {
      if (count > 0 && !(records.isDataComplete() && records.length() <= length - count)) {
        return count;
      }
      if (!records.isComplete()) {
        isEnded = !records.receive(length);
      } else if (records.length() <= length - count) {
        count += unwrap(target, offset + count, length - count);
      } else {
        int octets = records.length();
        clear = octets <= Buffers.PAGE ? buffers.page() : buffers.record();
        limit = unwrap(clear, 0, clear.length);
        if (limit > 0) {
          return take(target, offset, length);
        }
        giveClearBack();
      }
    }
    return count > 0 ? count : -1;
  }

  private int take(byte[] target, int offset, int length) {
    int count = Math.min(length, limit - position);
    System.arraycopy(clear, position, target, offset, count);
    position += count;
    giveClearBack();
    return count;
  }

  private void giveClearBack() {
    if (position == limit) {
      buffers.giveBack(clear);
      clear = NONE;
      position = 0;
      limit = 0;
    }
  }

  /**
   * Takes the next record, which is complete, and answers it if need be; returns octets of data.
   */
  private int unwrap(byte[] target, int offset, int length) throws IOException {
    try {
      boolean isAnew = records.isHandshake() && !isNew();
      SSLEngineResult result = engineTakes(target, offset, length);
      runTasks();
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        out.answer();
      }
      if (isAnew) {
        throw new SSLHandshakeException("The client wants to negotiate again");
      }
      isEnded |= result.getStatus() == Status.CLOSED;
      quiet = result.bytesProduced() > 0 ? 0 : quiet + 1;
      boolean isKept = quiet > 0 && !isEnded;
      count(isKept ? Math.min(unanswered + result.bytesConsumed(), MOST_MESSAGE) : 0);
      if (quiet > MOST_QUIET) {
        throw new SSLProtocolException("The client sends records without data");
      }
      return result.bytesProduced();
    } catch (SSLException | RuntimeException e) {
      throw failed(e);
    }
  }

  /** Has the engine take the next record; there must be room for as many octets as it has. */
  private SSLEngineResult engineTakes(byte[] target, int offset, int length) throws SSLException {
    if (records.length() < 0) {
      throw unrecognized();
    }
    SSLEngineResult result = engine.unwrap(records.next(), ByteBuffer.wrap(target, offset, length));
    records.advance(result.bytesConsumed());
    return result;
  }

  /** The engine is shown what is no record, so that it has an alert for it. */
  private SSLException unrecognized() {
    var fault = new SSLProtocolException("Unsupported or unrecognized SSL message");
    try {
      engine.unwrap(records.next(), ByteBuffer.wrap(NONE));
    } catch (SSLException e) {
      fault.addSuppressed(e);
    }
    return fault;
  }

  private void runTasks() {
    Runnable task = engine.getDelegatedTask();
    while (task != null) {
      task.run();
      task = engine.getDelegatedTask();
    }
  }

  /** Sends the alert that the engine has for what is wrong, if it has one. */
  private SSLException failed(Exception fault) {
    try {
      out.answer();
    } catch (IOException | RuntimeException e) {
      fault.addSuppressed(e);
    }
    return fault instanceof SSLException told ? told : new SSLException("TLS failed", fault);
  }

  private final class ClearInput extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return TlsChannel.this.read(target, offset, length);
    }

    @Override
    public int available() {
      return limit - position;
    }
  }
}

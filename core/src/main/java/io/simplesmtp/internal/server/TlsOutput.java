package io.simplesmtp.internal.server;

import io.simplesmtp.internal.wire.Buffers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * What a client receives under TLS: what the engine itself has to say, and data. A buffer is lent
 * for the time of a write alone. Used by one thread.
 */
final class TlsOutput extends OutputStream {

  /** How often in one write an engine may just turn from one state to another. */
  private static final int MOST_IDLE = 4;

  private static final byte[] NONE = {};

  private final SSLEngine engine;
  private final OutputStream raw;
  private final Buffers buffers;
  private byte[] held = NONE;

  TlsOutput(SSLEngine engine, OutputStream raw, Buffers buffers) {
    this.engine = engine;
    this.raw = raw;
    this.buffers = buffers;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    try {
      wrap(ByteBuffer.wrap(source, offset, length), false);
    } catch (RuntimeException e) {
      throw new SSLException("TLS failed", e);
    }
  }

  /** Says what the engine has to say. */
  void answer() throws IOException {
    wrap(ByteBuffer.wrap(NONE), false);
  }

  /** Keeps what the engine has to say, to go out before whatever is said next. */
  void hold() throws IOException {
    wrap(ByteBuffer.wrap(NONE), true);
  }

  /** Says what is kept. */
  void sendHeld() throws IOException {
    if (held.length > 0) {
      raw.write(taken());
    }
  }

  /** Octets that are kept. */
  int held() {
    return held.length;
  }

  /**
   * Has the engine say what it has to, and then these octets, in one write if they are not many.
   *
   * @param isHeld whether it is kept, to go out before whatever is said next
   */
  private void wrap(ByteBuffer octets, boolean isHeld) throws IOException {
    byte[] lent = buffers.record();
    try {
      ByteBuffer said = ByteBuffer.wrap(lent);
      said.put(taken());
      boolean isOpen = true;
      int idle = 0;
      while (isOpen
          && (octets.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP)) {
        int before = octets.remaining() - said.position();
        Status status = engine.wrap(octets, said).getStatus();
        isOpen = status != Status.CLOSED;
        if (status == Status.BUFFER_OVERFLOW && said.position() > 0) {
          write(lent, said);
        } else if (before == octets.remaining() - said.position() && idle++ == MOST_IDLE) {
          throw new SSLException("The TLS engine is stuck: " + status);
        }
      }
      if (isHeld) {
        held = Arrays.copyOf(lent, said.position());
      } else {
        write(lent, said);
      }
    } finally {
      buffers.giveBack(lent);
    }
    if (octets.hasRemaining()) {
      throw new SSLException("TLS is closed: nothing can be written any more");
    }
  }

  private byte[] taken() {
    byte[] taken = held;
    held = NONE;
    return taken;
  }

  private void write(byte[] octets, ByteBuffer said) throws IOException {
    if (said.position() > 0) {
      raw.write(octets, 0, said.position());
      said.clear();
    }
  }
}

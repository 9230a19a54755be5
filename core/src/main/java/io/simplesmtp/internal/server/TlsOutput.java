package io.simplesmtp.internal.server;

import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.Memory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * What a client receives under TLS: what the engine itself has to say, and data. There is memory
 * for it also when it is used up, because who had a message accepted must hear of it. Used by one
 * thread.
 */
final class TlsOutput extends OutputStream {

  /** How often in one write an engine may just turn from one state to another. */
  private static final int MOST_IDLE = 4;

  private static final byte[] NONE = {};

  private final SSLEngine engine;
  private final OutputStream raw;
  private final Buffers buffers;
  private final Memory.Share memory;
  private byte[] held = NONE;

  TlsOutput(SSLEngine engine, OutputStream raw, Buffers buffers) {
    this.engine = engine;
    this.raw = raw;
    this.buffers = buffers;
    this.memory = buffers.memory().new Share();
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
      byte[] said = held;
      held = NONE;
      try {
        raw.write(said);
      } finally {
        memory.hold(0);
      }
    }
  }

  /** Drops what is kept. */
  void release() {
    held = NONE;
    memory.hold(0);
  }

  /** Octets that are kept. */
  int held() {
    return held.length;
  }

  /**
   * Has the engine say what it has to, and then these octets, in one write.
   *
   * @param isHeld whether it is kept, to go out before whatever is said next
   */
  private void wrap(ByteBuffer octets, boolean isHeld) throws IOException {
    byte[] lent = buffers.scratch();
    try {
      ByteBuffer said = ByteBuffer.wrap(lent);
      boolean isOpen = true;
      int idle = 0;
      while (isOpen
          && (octets.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP)) {
        int before = octets.remaining() - said.position();
        Status status = engine.wrap(octets, said).getStatus();
        isOpen = status != Status.CLOSED;
        if (status == Status.BUFFER_OVERFLOW && said.position() > 0) {
          keep(said);
        } else if (before == octets.remaining() - said.position() && idle++ == MOST_IDLE) {
          throw new SSLException("The TLS engine is stuck: " + status);
        }
      }
      keep(said);
    } finally {
      buffers.giveBack(lent);
    }
    if (!isHeld) {
      sendHeld();
    }
    if (octets.hasRemaining()) {
      throw new SSLException("TLS is closed: nothing can be written any more");
    }
  }

  /** Puts what was said behind what is kept. */
  private void keep(ByteBuffer said) {
    said.flip();
    int before = held.length;
    held = Arrays.copyOf(held, before + said.limit());
    said.get(held, before, said.limit());
    said.clear();
    memory.hold(held.length);
  }
}

package io.simplesmtp.bench;

import io.simplesmtp.internal.session.Transport;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.TlsInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A client of octets in memory, which sends a script whatever it hears. Serves one session. */
final class Client implements Transport {

  private static final ConnectionInfo INFO =
      new ConnectionInfo(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 2525),
          Sessions.LISTENER);

  private final Sent in;
  private final Received out = new Received();

  Client(Script script) {
    this.in = new Sent(script.segments());
  }

  /** How often the server wrote to it. */
  int writes() {
    return out.writes;
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public boolean isEarly() {
    return false;
  }

  @Override
  public ConnectionInfo info() {
    return INFO;
  }

  @Override
  public TlsInfo startTls() throws IOException {
    throw new IOException("No TLS in memory");
  }

  /** No read goes past the end of a segment. */
  private static final class Sent extends InputStream {
    private final List<byte[]> segments;
    private int segment;
    private int next;

    Sent(List<byte[]> segments) {
      this.segments = segments;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("The core reads in bulk");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (segment == segments.size()) {
        return -1;
      }
      byte[] octets = segments.get(segment);
      int count = Math.min(length, octets.length - next);
      System.arraycopy(octets, next, target, offset, count);
      next += count;
      if (next == octets.length) {
        segment++;
        next = 0;
      }
      return count;
    }
  }

  /** Forgets what it gets. */
  private static final class Received extends OutputStream {
    private int writes;

    @Override
    public void write(int octet) {
      throw new UnsupportedOperationException("The core writes in bulk");
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      writes++;
    }
  }
}

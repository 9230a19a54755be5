package io.simplesmtp.internal.server;

import io.simplesmtp.internal.session.Deadline;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;

/**
 * What TLS is layered on: the raw socket, except that a read which was woken by a deadline ends in
 * a timeout and not at the end of the stream.
 *
 * <p>The difference is what TLS makes of it. After the end of the stream TLS 1.2 closes both ways,
 * and the client would never hear why; after a timeout the way out is still open.
 */
final class LayeredSocket extends Socket {

  private final Socket raw;
  private final Deadline deadline;

  LayeredSocket(Socket raw, Deadline deadline) throws SocketException {
    super((SocketImpl) null);
    this.raw = raw;
    this.deadline = deadline;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(raw.getInputStream()) {
      @Override
      public int read() throws IOException {
        return judged(in.read());
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return judged(in.read(target, offset, length));
      }
    };
  }

  private int judged(int count) throws SocketTimeoutException {
    if (count < 0 && deadline.interruption().isPresent()) {
      throw new SocketTimeoutException("Past the deadline");
    }
    return count;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return raw.getOutputStream();
  }

  @Override
  public boolean isConnected() {
    return raw.isConnected();
  }

  @Override
  public boolean isClosed() {
    return raw.isClosed();
  }

  @Override
  public boolean isInputShutdown() {
    return raw.isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return raw.isOutputShutdown();
  }

  @Override
  public void shutdownInput() throws IOException {
    raw.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    raw.shutdownOutput();
  }

  @Override
  public int getSoLinger() throws SocketException {
    return raw.getSoLinger();
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return raw.getSoTimeout();
  }

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    raw.setSoTimeout(millis);
  }

  @Override
  public InetAddress getInetAddress() {
    return raw.getInetAddress();
  }

  @Override
  public int getPort() {
    return raw.getPort();
  }

  @Override
  public InetAddress getLocalAddress() {
    return raw.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return raw.getLocalPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return raw.getRemoteSocketAddress();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return raw.getLocalSocketAddress();
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}

package io.simplesmtp.internal.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connected channel as a socket, for channels that have none of their own, as those of
 * Unix-domain sockets. Reading and writing park a virtual thread, and are woken and ended by what
 * happens to the channel.
 */
final class ChannelSocket extends Socket {

  private final SocketChannel channel;

  ChannelSocket(SocketChannel channel) throws SocketException {
    super((SocketImpl) null);
    this.channel = channel;
  }

  @Override
  public InputStream getInputStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(target, offset, length));
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(source, offset, length);
        while (octets.hasRemaining()) {
          int unused = channel.write(octets);
        }
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  @Override
  public boolean isConnected() {
    return channel.isConnected();
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  /** Only for keys and texts: this machine. */
  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public int getPort() {
    return 0;
  }

  /** It does not linger. */
  @Override
  public int getSoLinger() {
    return -1;
  }

  /** Deadlines are kept by others. */
  @Override
  public int getSoTimeout() {
    return 0;
  }

  @Override
  public void setSoTimeout(int millis) {}

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

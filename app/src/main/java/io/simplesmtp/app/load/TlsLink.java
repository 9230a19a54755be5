package io.simplesmtp.app.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;

/** Octets under TLS. */
final class TlsLink implements Link {

  private final SocketChannel channel;
  private final InputStream in;
  private final OutputStream out;

  /**
   * Makes one of a socket that has shaken hands.
   *
   * @param channel what the socket is over
   */
  TlsLink(SocketChannel channel, SSLSocket socket) throws IOException {
    this.channel = channel;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return in.read(target, offset, length);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    out.write(source, offset, length);
  }

  /** Closes what is below, as a close_notify may block. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package io.simplesmtp.app.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Octets as they are, over a connected channel. */
record ChannelLink(SocketChannel channel) implements Link {

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return channel.read(ByteBuffer.wrap(target, offset, length));
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
}

package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client that says what it is told and checks what it hears, over a Unix-domain socket. */
final class UnixClient implements AutoCloseable {

  private final SocketChannel channel;
  private final BufferedReader in;

  private UnixClient(SocketChannel channel) {
    this.channel = channel;
    this.in =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.ISO_8859_1));
  }

  static UnixClient connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      boolean isConnected = channel.connect(UnixDomainSocketAddress.of(socket));
      assertThat(isConnected).isTrue();
      return new UnixClient(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  UnixClient says(String line) throws IOException {
    return sends(line + "\r\n");
  }

  UnixClient sends(String octets) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1));
    while (buffer.hasRemaining()) {
      int unused = channel.write(buffer);
    }
    return this;
  }

  /** Reads a reply, all its lines, and checks how the last one begins. */
  UnixClient hears(String begin) throws IOException {
    String line = in.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = in.readLine();
    }
    assertThat(line).startsWith(begin);
    return this;
  }

  /** Checks that the server closes and says nothing more. */
  UnixClient hearsTheEnd() throws IOException {
    assertThat(in.readLine()).isNull();
    return this;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

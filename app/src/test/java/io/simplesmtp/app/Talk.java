package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A client that says what it is told and checks what it hears. */
final class Talk implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket raw;
  private final Socket socket;
  private final InputStream in;

  private Talk(Socket raw, Socket socket) throws IOException {
    this.raw = raw;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
  }

  /** Connects and is silent. */
  static Talk connected(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    return new Talk(socket, socket);
  }

  /** Connects from another address of this machine, and is silent. */
  static Talk connected(int port, InetAddress from) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0);
    return new Talk(socket, socket);
  }

  /** Connects with little room for replies, to take none. */
  static Talk deaf(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4 << 10);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new Talk(socket, socket);
  }

  /** The same client under TLS, whatever certificate the server has. */
  Talk encrypted() throws IOException {
    SSLSocketFactory factory = Trusting.context().getSocketFactory();
    SSLSocket tls = (SSLSocket) factory.createSocket(raw, "127.0.0.1", raw.getPort(), true);
    tls.startHandshake();
    return new Talk(raw, tls);
  }

  /** Connects, hears the greeting and says EHLO. */
  static Talk greeted(int port) throws IOException {
    return connected(port).hears("220 ").says("EHLO client.test").hears("250 ");
  }

  /** Goes on to the 354 of a message. */
  Talk begun(String from, String to) throws IOException {
    return says("MAIL FROM:<" + from + ">")
        .hears("250 ")
        .says("RCPT TO:<" + to + ">")
        .hears("250 ")
        .says("DATA")
        .hears("354 ");
  }

  Talk says(String line) throws IOException {
    return sends(line + "\r\n");
  }

  Talk sends(String text) throws IOException {
    return sends(text.getBytes(StandardCharsets.UTF_8));
  }

  Talk sends(byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads a reply, all its lines, and checks how the last one begins. */
  Talk hears(String begin) throws IOException {
    assertThat(reply()).startsWith(begin);
    return this;
  }

  /** Reads a reply and returns its last line. */
  String reply() throws IOException {
    String line = line();
    while (line.length() > 3 && line.charAt(3) == '-') {
      line = line();
    }
    return line;
  }

  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("The server closed after: " + line);
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  /** What the server says up to its end. */
  List<String> rest() {
    List<String> lines = new ArrayList<>();
    try {
      while (true) {
        lines.add(line());
      }
    } catch (IOException e) {
      return lines;
    }
  }

  /** Closes in order. */
  void leaves() throws IOException {
    socket.close();
  }

  /** Ends its own octets, and goes on reading. */
  Talk halfCloses() throws IOException {
    raw.shutdownOutput();
    return this;
  }

  /** Closes so that the server gets a reset. */
  void resets() throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
  }

  boolean isClosed() {
    return raw.isClosed();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

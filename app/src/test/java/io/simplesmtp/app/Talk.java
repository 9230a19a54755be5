package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that says what it is told and checks what it hears. */
final class Talk implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  private Talk(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
  }

  /** Connects and is silent. */
  static Talk connected(int port) throws IOException {
    return new Talk(new Socket(InetAddress.getLoopbackAddress(), port));
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

  /** Closes in order. */
  void leaves() throws IOException {
    socket.close();
  }

  /** Closes so that the server gets a reset. */
  void resets() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

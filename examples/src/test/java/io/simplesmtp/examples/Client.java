package io.simplesmtp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Says lines to a server on the loopback and checks how it answers; never waits for ever. */
final class Client implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private Socket socket;

  private Client(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  static Client connect(int port) throws IOException {
    return new Client(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Connects, hears the greeting and says EHLO. */
  static Client greeted(int port) throws IOException {
    return connect(port).hears("220 ").says("EHLO client.test").hears("250 ");
  }

  /** Shakes hands, trusting every certificate. */
  Client secures() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustEveryone()}, null);
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(socket, "mx.example.org", 0, true);
    secure.startHandshake();
    socket = secure;
    return this;
  }

  /** Upgrades by STARTTLS and says EHLO again. */
  Client startsTls() throws Exception {
    return says("STARTTLS").hears("220 ").secures().says("EHLO client.test").hears("250 ");
  }

  /** Says AUTH PLAIN. */
  Client authenticates(String user, String password) throws IOException {
    return says("AUTH PLAIN " + base64("\0" + user + "\0" + password));
  }

  /** Goes on to the 354 of a message. */
  Client begins(String from, String... recipients) throws IOException {
    says("MAIL FROM:<" + from + ">").hears("250 ");
    for (String recipient : recipients) {
      says("RCPT TO:<" + recipient + ">").hears("250 ");
    }
    return says("DATA").hears("354 ");
  }

  Client says(String line) throws IOException {
    return sends(line + "\r\n");
  }

  Client sends(String octets) throws IOException {
    socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Checks how the last line of the next reply begins. */
  Client hears(String begin) throws IOException {
    String reply = reply();
    assertThat(reply.substring(reply.lastIndexOf('\n') + 1)).startsWith(begin);
    return this;
  }

  /** Checks that the server closes and says nothing more. */
  void hearsTheEnd() throws IOException {
    try {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  /** Reads a reply, its lines parted by LF. */
  String reply() throws IOException {
    StringBuilder reply = new StringBuilder(line());
    String last = reply.toString();
    while (last.length() > 3 && last.charAt(3) == '-') {
      last = line();
      reply.append('\n').append(last);
    }
    return reply.toString();
  }

  /** Closes although the dialogue may go on. */
  void leaves() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = read(line); octet != '\n'; octet = read(line)) {
      line.write(octet);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private int read(ByteArrayOutputStream line) throws IOException {
    int octet = socket.getInputStream().read();
    if (octet < 0) {
      throw new EOFException("The server closed after: " + line);
    }
    return octet;
  }

  private static final class TrustEveryone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

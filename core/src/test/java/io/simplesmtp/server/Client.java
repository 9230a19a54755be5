package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that says what it is told and checks what it hears, over a real socket. */
final class Client implements AutoCloseable {

  private static final int TLS_ALERT = 21;
  private static final int PATIENCE_MILLIS = 20_000;

  private final HalfOpen raw;
  private Socket socket;

  private Client(HalfOpen socket) throws IOException {
    this.raw = socket;
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
  }

  static Client connect(int port) throws IOException {
    return new Client(new HalfOpen(InetAddress.getLoopbackAddress(), port));
  }

  /** Connects, hears the greeting and says EHLO. */
  static Client greeted(int port) throws IOException {
    return connect(port).hears("220 ").says("EHLO client.test").hears("250 ");
  }

  /** Goes on to the 354 of a message. */
  Client begun() throws IOException {
    return says("MAIL FROM:<a@b.org>")
        .hears("250 ")
        .says("RCPT TO:<c@d.org>")
        .hears("250 ")
        .says("DATA")
        .hears("354 ");
  }

  Client says(String line) throws IOException {
    return sends(line + "\r\n");
  }

  Client sends(String octets) throws IOException {
    socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads a reply, all its lines, and checks how the last one begins. */
  Client hears(String begin) throws IOException {
    String line = line();
    while (line.length() > 3 && line.charAt(3) == '-') {
      line = line();
    }
    assertThat(line).startsWith(begin);
    return this;
  }

  /** Says a line and returns the reply to it, its lines with a line feed between them. */
  String ask(String line) throws IOException {
    says(line);
    return reply();
  }

  /** Reads a reply, all its lines, with a line feed between them. */
  String reply() throws IOException {
    String line = line();
    StringBuilder reply = new StringBuilder(line);
    while (line.length() > 3 && line.charAt(3) == '-') {
      line = line();
      reply.append('\n').append(line);
    }
    return reply.toString();
  }

  /** Reads one line and checks all of it. */
  Client hearsLine(String whole) throws IOException {
    assertThat(line()).isEqualTo(whole);
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

  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("The server closed after: " + line);
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  /** Shakes hands and trusts every certificate. */
  Client secures(String protocol) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustEveryone()}, null);
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(socket, "mx.test", 0, true);
    secure.setEnabledProtocols(new String[] {protocol});
    secure.startHandshake();
    socket = secure;
    return this;
  }

  /** Checks that the server closes, after a TLS alert at the most. */
  void hearsOnlyAnAlert() throws IOException {
    byte[] rest = socket.getInputStream().readAllBytes();
    assertThat(rest.length == 0 || rest[0] == TLS_ALERT).isTrue();
  }

  /** Sends octets past TLS, as they are. */
  Client sendsRaw(String octets) throws IOException {
    raw.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** What comes before TLS is taken from it, each octet waited for no longer than this. */
  InputStream rawInput(int millis) throws IOException {
    raw.setSoTimeout(millis);
    return raw.getInputStream();
  }

  /** Ends TLS by a close_notify, and goes on over the raw socket. */
  Client endsTls() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Closes the way out, with no word of TLS, and listens on. */
  Client ends() throws IOException {
    raw.end();
    return this;
  }

  /** Closes in order. */
  void leaves() throws IOException {
    socket.close();
  }

  /** Closes so that the server gets a reset. */
  void resets() throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** A socket whose way out stays open when TLS over it has ended. */
  private static final class HalfOpen extends Socket {

    HalfOpen(InetAddress address, int port) throws IOException {
      super(address, port);
    }

    @Override
    public void shutdownOutput() {}

    void end() throws IOException {
      super.shutdownOutput();
    }
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

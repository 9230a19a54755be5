package io.simplesmtp.transcripts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The client's part of a dialogue over a loopback socket. */
final class SocketClient implements Heard, AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private Socket socket;

  SocketClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
  }

  /** Plays all steps, leaves, and checks that the server says nothing more. */
  void play(List<Step> steps) throws Exception {
    ByteArrayOutputStream turn = new ByteArrayOutputStream();
    for (Step step : steps) {
      if (!(step instanceof Step.Send)) {
        send(turn);
      }
      switch (step) {
        case Step.Send send -> turn.writeBytes(send.octets().bytes());
        case Step.Expectation expectation -> judge(expectation);
        case Step.Handshake handshake -> shakeHands();
        case Step.ServerCloses end -> hearTheEnd(end);
        case Step.ClientCloses end -> {} // which is the last step
      }
    }
    send(turn);
    if (!(steps.get(steps.size() - 1) instanceof Step.ServerCloses)) {
      socket.shutdownOutput();
      hearTheEnd(steps.get(steps.size() - 1));
    }
  }

  private void send(ByteArrayOutputStream turn) throws IOException {
    if (turn.size() > 0) {
      socket.getOutputStream().write(turn.toByteArray());
      socket.getOutputStream().flush();
      turn.reset();
    }
  }

  /** Shakes hands and trusts every certificate. */
  void shakeHands() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustEveryone()}, null);
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(socket, Settings.HOSTNAME, 0, true);
    secure.startHandshake();
    socket = secure;
  }

  @Override
  public String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new AssertionError("The server closed" + (line.size() == 0 ? "" : " after " + line));
      }
      line.write(octet);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new AssertionError("A line without CR LF: " + text);
    }
    return text.substring(0, text.length() - 1);
  }

  /** A socket does not tell its writes apart. */
  @Override
  public boolean isOneWrite() {
    return true;
  }

  private void hearTheEnd(Step step) throws IOException {
    try {
      int octet = socket.getInputStream().read();
      if (octet >= 0) {
        throw new AssertionError(
            "Line %d: the server says more: %c%s".formatted(step.line(), octet, line()));
      }
    } catch (SocketException e) {
      if (!String.valueOf(e.getMessage()).contains("reset")) {
        throw e;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
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

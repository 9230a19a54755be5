package io.simplesmtp.internal.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A TLS client in memory, played on the server's own thread: whenever the server waits for more,
 * the client takes what it was sent and goes on. Once it has nothing to say it has left.
 */
final class TlsPeer {

  private static final int ROOM = 1 << 15;

  private final SSLEngine engine;
  private final IntUnaryOperator cut;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private byte[] toServer = {};
  private byte[] toClient = {};
  private byte[] later = {};
  private int sent;
  private int reads;
  private int writes;

  /** What the server reads from. */
  final InputStream in =
      new InputStream() {
        @Override
        public int read() {
          throw new UnsupportedOperationException("The server reads in bulk");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          return send(target, offset, length);
        }
      };

  /** What the server writes to. */
  final OutputStream out =
      new OutputStream() {
        @Override
        public void write(int octet) {
          throw new UnsupportedOperationException("The server writes in bulk");
        }

        @Override
        public void write(byte[] source, int offset, int length) {
          writes++;
          toClient = joined(toClient, Arrays.copyOfRange(source, offset, offset + length));
        }
      };

  /**
   * A client.
   *
   * @param cut how many octets the server receives at once, for as many as were sent before
   */
  TlsPeer(String protocol, IntUnaryOperator cut) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, null);
    engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {protocol});
    this.cut = cut;
  }

  SSLEngine engine() {
    return engine;
  }

  /** Sends data, or keeps it until the handshake is done. */
  TlsPeer says(byte[] data) throws IOException {
    later = joined(later, data);
    go();
    return this;
  }

  /** Sends octets as they are. */
  TlsPeer sends(byte... octets) {
    toServer = joined(toServer, octets);
    return this;
  }

  /** Ends its side with a close_notify. */
  void ends() throws IOException {
    engine.closeOutbound();
    go();
  }

  /** Takes what the server has said, and returns all data of it so far. */
  String heard() throws IOException {
    go();
    return heard.toString(StandardCharsets.ISO_8859_1);
  }

  /** What the server has written and the client has not looked at. */
  byte[] unread() {
    return toClient;
  }

  /** Octets that the server has received. */
  int sent() {
    return sent;
  }

  int reads() {
    return reads;
  }

  int writes() {
    return writes;
  }

  private int send(byte[] target, int offset, int length) throws IOException {
    if (toServer.length == 0) {
      go();
    }
    if (toServer.length == 0) {
      return -1;
    }
    reads++;
    int count = Math.min(Math.min(length, toServer.length), cut.applyAsInt(sent));
    System.arraycopy(toServer, 0, target, offset, count);
    toServer = Arrays.copyOfRange(toServer, count, toServer.length);
    sent += count;
    return count;
  }

  /** Goes on until it would have to wait. */
  void go() throws IOException {
    boolean isGoing = true;
    while (isGoing) {
      HandshakeStatus status = engine.getHandshakeStatus();
      switch (status) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
        default -> isGoing = unwrap() || sendLater(status);
      }
    }
  }

  private void runTasks() {
    Runnable task = engine.getDelegatedTask();
    while (task != null) {
      task.run();
      task = engine.getDelegatedTask();
    }
  }

  private boolean sendLater(HandshakeStatus status) throws SSLException {
    if (status == HandshakeStatus.NEED_UNWRAP) {
      return false;
    }
    if (engine.getSession().getProtocol().equals("NONE")) {
      engine.beginHandshake();
      return true;
    }
    ByteBuffer data = ByteBuffer.wrap(later);
    later = new byte[0];
    while (data.hasRemaining()) {
      wrap(data);
    }
    return false;
  }

  private void wrap(ByteBuffer data) throws SSLException {
    ByteBuffer records = ByteBuffer.allocate(ROOM);
    engine.wrap(data, records);
    toServer = joined(toServer, Arrays.copyOf(records.array(), records.position()));
  }

  private boolean unwrap() throws SSLException {
    if (toClient.length < 5
        || toClient.length < 5 + ((toClient[3] & 0xff) << 8) + (toClient[4] & 0xff)) {
      return false;
    }
    ByteBuffer data = ByteBuffer.allocate(ROOM);
    int used = engine.unwrap(ByteBuffer.wrap(toClient), data).bytesConsumed();
    toClient = Arrays.copyOfRange(toClient, used, toClient.length);
    heard.write(data.array(), 0, data.position());
    return used > 0;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static final class Trusting implements X509TrustManager {
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

package io.simplesmtp.app;

import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.SmtpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server's handler that keeps all messages. Safe for use by any thread. */
final class Collector implements SmtpHandler {

  private final Queue<Received> all = new ConcurrentLinkedQueue<>();

  /** A message, and who it is from and for. */
  record Received(Envelope envelope, String content) {}

  @Override
  public Reply data(Session session, Envelope envelope, InputStream content) throws IOException {
    all.add(
        new Received(envelope, new String(content.readAllBytes(), StandardCharsets.ISO_8859_1)));
    return Reply.OK;
  }

  List<Received> all() {
    return List.copyOf(all);
  }

  /** A free port of the loopback address. */
  static SocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** A server without TLS that asks a handler. */
  static SmtpServer serve(SmtpHandler handler) throws IOException {
    return SmtpServer.builder()
        .hostname("mx.test")
        .listen(Listener.smtp(anyPort()))
        .handler(handler)
        .start();
  }
}

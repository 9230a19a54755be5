package io.simplesmtp.app.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/**
 * Opens connections and takes each to where mail can be sent: greeting, EHLO, STARTTLS, AUTH. Safe
 * for use by any thread.
 */
final class Opener {

  private final Plan plan;
  private final Watch watch;
  private final ReplyCounts counts;
  private final int room;

  /**
   * Makes one.
   *
   * @param room the octets that a connection sends in one write
   */
  Opener(Plan plan, Watch watch, ReplyCounts counts, int room) {
    this.plan = plan;
    this.watch = watch;
    this.counts = counts;
    this.room = room;
  }

  /** A connection that is ready for mail, and what was offered on it. */
  record Opened(Connection connection, Offer offer) {}

  /**
   * Opens one; blocks.
   *
   * @throws UnfitException if the server lacks what was asked for, and always will
   * @throws IOException if it cannot be reached, or says no
   */
  Opened open() throws IOException {
    boolean isInet = plan.target().address() instanceof InetSocketAddress;
    SocketChannel channel =
        isInet ? SocketChannel.open() : SocketChannel.open(StandardProtocolFamily.UNIX);
    Connection connection = Connection.over(channel, watch.guard(channel), counts, room);
    try {
      connection.change((raw, link) -> connect(raw, link, isInet));
      return new Opened(connection, prepare(connection));
    } catch (Throwable e) {
      connection.close();
      throw e;
    }
  }

  private Link connect(SocketChannel channel, Link link, boolean isInet) throws IOException {
    if (isInet) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    channel.connect(plan.target().address());
    return link;
  }

  private Offer prepare(Connection connection) throws IOException {
    TlsMode mode = plan.access().mode();
    if (mode == TlsMode.IMPLICIT) {
      shakeHands(connection);
    }
    expect("the greeting", connection, 220);
    Offer offer = hello(connection);
    if (mode == TlsMode.STARTTLS) {
      offer = startTls(connection, offer);
    }
    if (plan.access().login().isPresent()) {
      authenticate(connection, plan.access().login().get(), offer);
    }
    Optional<String> lack = offer.lack(plan.mail());
    if (lack.isPresent()) {
      throw new UnfitException(lack.get());
    }
    return offer;
  }

  private Offer hello(Connection connection) throws IOException {
    String verb = plan.access().isLmtp() ? "LHLO" : "EHLO";
    connection.say(verb + " " + plan.access().hostname());
    List<String> lines = new ArrayList<>();
    if (connection.reply(lines::add) != 250) {
      throw new RefusedException(verb, connection.text());
    }
    return Offer.of(lines);
  }

  /** RFC 3207: what was offered before does not count, and what came before is not TLS. */
  private Offer startTls(Connection connection, Offer offer) throws IOException {
    if (!offer.has("STARTTLS")) {
      throw new UnfitException("it does not offer STARTTLS");
    }
    connection.say("STARTTLS");
    expect("STARTTLS", connection, 220);
    if (connection.hasMore()) {
      throw new IOException("the server sent octets in clear after STARTTLS");
    }
    shakeHands(connection);
    return hello(connection);
  }

  private void shakeHands(Connection connection) throws IOException {
    ClientTls tls = plan.access().tls().orElseThrow();
    try {
      connection.change((channel, link) -> tls.handshake(channel));
    } catch (SSLHandshakeException e) {
      throw ClientTls.isDistrust(e)
          ? new UnfitException("its certificate does not pass: " + e.getMessage())
          : e;
    }
  }

  private static void authenticate(Connection connection, Login login, Offer offer)
      throws IOException {
    Optional<String> mechanism = login.chosen(offer.mechanisms());
    if (mechanism.isEmpty()) {
      throw new UnfitException(
          offer.mechanisms().isEmpty()
              ? "it does not offer AUTH"
              : "of AUTH it offers only " + String.join(" ", offer.mechanisms()));
    }
    if (mechanism.get().equals("PLAIN")) {
      connection.say("AUTH PLAIN " + login.plain());
    } else {
      connection.say("AUTH LOGIN");
      expect("AUTH LOGIN", connection, 334);
      connection.say(login.encodedUser());
      expect("AUTH LOGIN", connection, 334);
      connection.say(login.encodedPassword());
    }
    int code = connection.reply();
    if (code >= 500) {
      throw new UnfitException("AUTH " + mechanism.get() + ": " + connection.text());
    } else if (code != 235) {
      throw new RefusedException("AUTH " + mechanism.get(), connection.text());
    }
  }

  private static void expect(String step, Connection connection, int code) throws IOException {
    if (connection.reply() != code) {
      throw new RefusedException(step, connection.text());
    }
  }
}

package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that resets its connection ends its own session, and harms nobody else. */
class ResetTest {

  private static final int TIMES = 5;
  private static final String CHUNK = "BDAT 100 LAST\r\nHi";

  /** The begin of a record of 256 octets. */
  private static final String PART = "\u0017\u0003\u0003\u0001\u0000xyz";

  private final Semaphore readings = new Semaphore(0);

  static Stream<Phase> phases() {
    return Stream.of(
        in("greeting", client -> {}),
        in("half a command", client -> client.sends("EH")),
        in("EHLO", ResetTest::ehlo),
        in("MAIL", client -> ehlo(client).says("MAIL FROM:<a@b.org>").hears("250 ")),
        in("RCPT", client -> rcpt(client)),
        in("DATA", client -> ehlo(client).begun()),
        in("accepted message", client -> ehlo(client).begun().sends("Hi\r\n.\r\n").hears("250 ")),
        in("unread replies", client -> ehlo(client).sends("HELP\r\n".repeat(50))),
        in("BDAT", client -> rcpt(client).sends("BDAT 100 LAST\r\nHi")),
        in("between chunks", client -> rcpt(client).sends("BDAT 1\r\nx").hears("250 ")),
        in("AUTH", client -> ehlo(client).says("AUTH LOGIN").hears("334 ")),
        in(
            "password",
            client -> ehlo(client).says("AUTH LOGIN").hears("334 ").says("YQ==").hears("334 ")),
        in("QUIT", client -> client.says("QUIT").hears("221 "), CloseCause.QUIT),
        in("STARTTLS", ResetTest::startTls, CloseCause.TLS_FAILURE),
        in(
            "half a handshake",
            client -> startTls(client).sends("\u0016\u0003\u0001\u0002\u0000\u0001"),
            CloseCause.TLS_FAILURE),
        in("TLS 1.2", client -> startTls(client).secures("TLSv1.2")),
        in("TLS 1.3", client -> ehlo(startTls(client).secures("TLSv1.3"))),
        in(
            "half a record of TLS 1.2",
            client -> startTls(client).secures("TLSv1.2").sendsRaw(PART)),
        in(
            "half a record of TLS 1.3",
            client -> startTls(client).secures("TLSv1.3").sendsRaw(PART)),
        in("half a record of data", client -> ehlo(inTls(client)).begun().sendsRaw(PART)),
        in("half a record of a chunk", client -> rcpt(inTls(client)).sends(CHUNK).sendsRaw(PART)),
        in("DATA under TLS 1.2", client -> ehlo(startTls(client).secures("TLSv1.2")).begun()),
        in("DATA under TLS 1.3", client -> ehlo(startTls(client).secures("TLSv1.3")).begun()));
  }

  @ParameterizedTest
  @MethodSource("phases")
  void endsItsOwnSessionAlone(Phase phase) throws Exception {
    try (TestServer server = new TestServer(settings())) {
      for (int i = 0; i < TIMES; i++) {
        Client hostile = Client.connect(server.port()).hears("220 ");
        phase.conduct().accept(hostile);
        hostile.resets();
      }
      assertThat(server.awaitEnded(TIMES).values()).isSubsetOf(phase.causes());
      isServedWell(server);
    }
  }

  @Test
  void withinMailDataReachesTheHandler() throws Exception {
    try (TestServer server = new TestServer(settings())) {
      for (int i = 0; i < TIMES; i++) {
        Client hostile = Client.greeted(server.port()).begun().sends("half a mess");
        assertThat(readings.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        hostile.resets();
      }
      assertThat(server.awaitEnded(TIMES).values()).containsOnly(CloseCause.CLIENT_GONE);
      assertThat(server.messages()).hasSize(TIMES).containsOnly("refused");
      isServedWell(server);
    }
  }

  @Test
  void beforeTheGreetingIsNothingToTheServer() throws Exception {
    try (TestServer server = new TestServer(settings())) {
      for (int i = 0; i < 100; i++) {
        Client.connect(server.port()).resets();
      }
      isServedWell(server);
    }
  }

  @Test
  void underImplicitTlsIsTheSame() throws Exception {
    SmtpServer.Builder settings = settings().listen(TestServer.loopback().withTls(Tls.IMPLICIT));
    try (TestServer server = new TestServer(settings)) {
      int implicit = server.server().port(1);
      Client.connect(implicit).resets();
      Client.connect(implicit).sends("\u0016\u0003\u0001\u0002\u0000\u0001").resets();
      Client.connect(implicit).sends("EHLO client.test\r\n").resets();
      Client.connect(implicit).secures("TLSv1.3").hears("220 ").resets();
      Client.connect(implicit).secures("TLSv1.2").hears("220 ").resets();
      assertThat(server.awaitEnded(2).values()).containsOnly(CloseCause.CLIENT_GONE);
      isServedWell(server);
    }
  }

  private static void isServedWell(TestServer server) throws Exception {
    try (Client good = Client.greeted(server.port())) {
      good.begun().sends("Hi\r\n.\r\n").hears("250 ").says("QUIT").hears("221 ").hearsTheEnd();
    }
  }

  private SmtpServer.Builder settings() {
    return SmtpServer.builder()
        .listen(TestServer.loopback().withAuthWithoutTls(true))
        .tls(TlsConfig.selfSigned("mx.test"))
        .passwords((session, user, password) -> Optional.empty())
        .handler((session, envelope, content) -> {
          content.read();
          readings.release();
          return TestServer.discard().data(session, envelope, content);
        });
  }

  private static Client ehlo(Client client) throws Exception {
    return client.says("EHLO client.test").hears("250 ");
  }

  private static Client rcpt(Client client) throws Exception {
    return ehlo(client)
        .says("MAIL FROM:<a@b.org>")
        .hears("250 ")
        .says("RCPT TO:<c@d.org>")
        .hears("250 ");
  }

  private static Client startTls(Client client) throws Exception {
    return ehlo(client).says("STARTTLS").hears("220 ");
  }

  private static Client inTls(Client client) throws Exception {
    return startTls(client).secures("TLSv1.3");
  }

  private static Phase in(String name, Conduct conduct) {
    return in(name, conduct, CloseCause.CLIENT_GONE);
  }

  private static Phase in(String name, Conduct conduct, CloseCause cause) {
    return new Phase(name, conduct, EnumSet.of(cause, CloseCause.CLIENT_GONE));
  }

  @FunctionalInterface
  interface Conduct {
    void accept(Client client) throws Exception;
  }

  /** How far a client goes, and how its session can end. */
  record Phase(String name, Conduct conduct, Set<CloseCause> causes) {
    @Override
    public String toString() {
      return name;
    }
  }
}

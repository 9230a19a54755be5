package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.AddressLiteral;
import io.simplesmtp.Arbitrary;
import io.simplesmtp.Domain;
import io.simplesmtp.Envelope;
import io.simplesmtp.Hello;
import io.simplesmtp.Hello.Keyword;
import io.simplesmtp.Host;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Mailbox;
import io.simplesmtp.Parameter;
import io.simplesmtp.Parameters;
import io.simplesmtp.RcptTo;
import io.simplesmtp.auth.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A plain reader finds in a Received field what was put into it, each in its own clause. */
class ReadReceivedTest {

  private static final int ROUNDS = 10_000;

  /** RFC 5322 section 2.1.1. */
  private static final int LONGEST = 998;

  /** What the parser lets through as a name in HELO and EHLO. */
  private static final int LONGEST_HELLO = 255;

  private final Arbitrary arbitrary = new Arbitrary(5322);

  @Test
  void eachValueIsFoundInItsClause() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Received received = received();
      String text = received.field();
      for (String line : text.split("\r\n", -1)) {
        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(LONGEST);
      }
      check(received, ReceivedReader.read(text));
    }
  }

  private static void check(Received received, ReceivedReader.Field field) {
    Session session = received.session();
    String address = AddressLiteral.of(session.connection().clientAddress().get()).toString();
    Optional<String> hello = session.hello().map(Hello::name);
    Optional<Host> host = session.hello().flatMap(Hello::host).filter(h -> isTakenOver(h));
    List<String> comments = new ArrayList<>(List.of(address));
    if (host.isEmpty()) {
      hello.ifPresent(name -> comments.add(name.replaceAll("[^ -~]", "?")));
    }
    session.tls().ifPresent(tls -> comments.add(tls.protocol()));
    assertThat(field.comments()).isEqualTo(comments);
    assertThat(field.clauses().get("from")).isEqualTo(host.map(Host::toString).orElse(address));
    assertThat(Host.parse(field.clauses().getOrDefault("by", ""))).isEqualTo(received.by());
    assertThat(field.clauses().get("with")).isEqualTo(received.protocol());
    assertThat(field.clauses().get("id")).isEqualTo(received.envelope().id());
    assertThat(Optional.ofNullable(field.clauses().get("for"))).isEqualTo(recipient(received));
    assertThat(Optional.ofNullable(field.clauses().get("tls")))
        .isEqualTo(session.tls().map(TlsInfo::cipherSuite));
    assertThat(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(field.date())))
        .isEqualTo(received.at().truncatedTo(ChronoUnit.SECONDS));
  }

  private static boolean isTakenOver(Host host) {
    return switch (host) {
      case Domain domain -> domain.isAscii();
      case AddressLiteral literal -> literal.address().isPresent();
    };
  }

  /** Of several none is named, nor one that the client's message could not carry. */
  private static Optional<String> recipient(Received received) {
    List<RcptTo> all = received.envelope().recipients();
    return all.size() == 1
            && (all.get(0).mailbox().isAscii() || received.envelope().mailFrom().isSmtpUtf8())
        ? Optional.of(all.get(0).mailbox().path())
        : Optional.empty();
  }

  private Received received() throws UnknownHostException {
    Parameters parameters =
        arbitrary.below(2) == 0 ? Parameters.NONE : Parameters.NONE.with(Parameter.SMTPUTF8, true);
    List<RcptTo> recipients = new ArrayList<>();
    for (int left = arbitrary.any(0, 1, 1, 1, 2); left > 0; left--) {
      recipients.add(RcptTo.of(arbitrary.mailbox()));
    }
    Mailbox from = arbitrary.mailbox();
    Envelope envelope =
        new Envelope("4711-" + arbitrary.below(99), new MailFrom(from, parameters), recipients);
    int second = arbitrary.below(Integer.MAX_VALUE);
    Instant at = Instant.ofEpochSecond(second, arbitrary.below(1_000_000_000));
    return new Received(session(), envelope, arbitrary.host(), at);
  }

  private Session session() throws UnknownHostException {
    InetAddress client =
        InetAddress.getByName(arbitrary.any("192.0.2.7", "2001:db8::5", "::1", "127.0.0.1"));
    InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
    Listener listener = arbitrary.below(5) == 0 ? Listener.lmtp(local) : Listener.smtp(local);
    TlsInfo tls =
        new TlsInfo(
            "TLSv1.3", "TLS_AES_256_GCM_SHA384", Optional.empty(), Optional.empty(), List.of());
    return new Session(
        "4711",
        new ConnectionInfo(new InetSocketAddress(client, 40_000), local, listener),
        arbitrary.below(5) == 0 ? Optional.empty() : Optional.of(hello()),
        arbitrary.below(2) == 0 ? Optional.empty() : Optional.of(tls),
        arbitrary.below(2) == 0 ? Optional.empty() : Optional.of(new Identity("ann", "PLAIN")));
  }

  private Hello hello() {
    String name =
        switch (arbitrary.below(4)) {
          case 0 -> arbitrary.host().toString();
          case 1 -> arbitrary.text(LONGEST_HELLO, 0x1100);
          case 2 ->
              arbitrary
                  .any(")", "\\", "(", "\"", "a;", "x\r\nSubject: y\0")
                  .repeat(1 + arbitrary.below(15));
          default -> arbitrary.printable(LONGEST_HELLO);
        };
    return new Hello(arbitrary.any(Keyword.values()), name);
  }
}

package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.AddressLiteral;
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
import io.simplesmtp.ReversePath;
import io.simplesmtp.auth.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivedTest {

  private static final Instant AT = Instant.parse("2026-03-05T07:08:09.987Z");
  private static final Host MX = new Domain("mx.example.org");

  @Test
  void theFieldNamesClientServerProtocolRecipientAndTime() throws Exception {
    Session session = session("192.0.2.7", hello("EHLO client.example.org"), true, false);
    assertThat(new Received(session, envelope("bob@example.org"), MX, AT).field())
        .isEqualTo(
            """
            Received: from client.example.org ([192.0.2.7])
            \tby mx.example.org with ESMTPS (TLSv1.3)
            \tid 4711-a
            \tfor <bob@example.org>
            \ttls TLS_AES_256_GCM_SHA384;
            \tThu, 5 Mar 2026 07:08:09 +0000
            """
                .replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "HELO, false, false, false, SMTP",
    "HELO, true, false, false, SMTP",
    "EHLO, false, false, false, ESMTP",
    "EHLO, true, false, false, ESMTPS",
    "EHLO, false, true, false, ESMTPA",
    "EHLO, true, true, false, ESMTPSA",
    "EHLO, false, false, true, UTF8SMTP",
    "EHLO, true, false, true, UTF8SMTPS",
    "EHLO, false, true, true, UTF8SMTPA",
    "EHLO, true, true, true, UTF8SMTPSA",
    "LHLO, false, false, false, LMTP",
    "LHLO, true, false, false, LMTPS",
    "LHLO, false, true, false, LMTPA",
    "LHLO, true, true, false, LMTPSA",
    "LHLO, false, false, true, UTF8LMTP",
    "LHLO, true, true, true, UTF8LMTPSA",
  })
  void protocolsHaveTheirRegisteredNames(
      String keyword, boolean isSecure, boolean isAuthenticated, boolean isUtf8, String name)
      throws Exception {
    Session session =
        session("192.0.2.7", hello(keyword + " client.test"), isSecure, isAuthenticated);
    Envelope envelope = isUtf8 ? utf8(envelope("bob@x.org")) : envelope("bob@x.org");
    assertThat(new Received(session, envelope, MX, AT).protocol()).isEqualTo(name);
    assertThat(new Received(session, envelope, MX, AT).field()).contains(" with " + name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "client.example.org|client.example.org ([192.0.2.7])",
        "my_pc|my_pc ([192.0.2.7])",
        "[198.51.100.9]|[198.51.100.9] ([192.0.2.7])",
        "[IPv6:2001:db8::1]|[IPv6:2001:db8::1] ([192.0.2.7])",
        "[tag:a)by(b]|[192.0.2.7] ([192.0.2.7])~([tag:a\\)by\\(b])",
        "x)by|[192.0.2.7] ([192.0.2.7])~(x\\)by)",
        "a(b\\c|[192.0.2.7] ([192.0.2.7])~(a\\(b\\\\c)",
        "<a@b.org>;|[192.0.2.7] ([192.0.2.7])~(<a@b.org>;)",
        "\"quoted\"|[192.0.2.7] ([192.0.2.7])~(\"quoted\")",
      })
  void whatAClientCallsItselfCannotLeaveItsPlace(String name, String written) throws Exception {
    Session session = session("192.0.2.7", hello("EHLO " + name), false, false);
    String field = new Received(session, envelope("bob@x.org"), MX, AT).field();
    assertThat(field)
        .startsWith("Received: from " + written.replace("~", "\r\n\t") + "\r\n\tby mx.example.org");
  }

  @Test
  void lineBreaksThatGotIntoAHelloDoNotGetIntoTheField() throws Exception {
    Hello forged = new Hello(Keyword.EHLO, "x\r\nSubject: forged\u0000");
    Session session = session("192.0.2.7", Optional.of(forged), false, false);
    String field = new Received(session, envelope("bob@x.org"), MX, AT).field();
    assertThat(field).contains("\t(x??Subject: forged?)\r\n\tby");
  }

  @Test
  void aClientBehindIpv6IsNamedByItsLiteral() throws Exception {
    Session session = session("2001:db8::5", Optional.empty(), false, false);
    assertThat(new Received(session, envelope("bob@x.org"), MX, AT).field())
        .startsWith(
            "Received: from [IPv6:2001:db8:0:0:0:0:0:5] ([IPv6:2001:db8:0:0:0:0:0:5])\r\n\tby ");
  }

  @Test
  void severalRecipientsAreNotNamed() throws Exception {
    Session session = session("192.0.2.7", hello("EHLO c.test"), false, false);
    Received received = new Received(session, envelope("a@x.org", "b@x.org"), MX, AT);
    assertThat(received.field()).doesNotContain("for").contains("\tid 4711-a;\r\n\tThu, ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"a; b)\"@x.org|true|\tfor <\"a; b)\"@x.org>;",
        "jörg@bücher.example|true|\tfor <jörg@bücher.example>;",
        "jörg@bücher.example|false|",
      })
  void aRecipientIsWrittenAsInItsPathAndInUtf8OnlyIfAskedFor(
      String recipient, boolean isUtf8, String written) throws Exception {
    Session session = session("192.0.2.7", hello("EHLO c.test"), false, false);
    Envelope envelope = isUtf8 ? utf8(envelope(recipient)) : envelope(recipient);
    String field = new Received(session, envelope, MX, AT).field();
    if (written == null) {
      assertThat(field).doesNotContain("for");
    } else {
      assertThat(field).contains(written);
    }
  }

  @Test
  void theServersNameIsWrittenInAscii() throws Exception {
    Session session = session("192.0.2.7", hello("EHLO c.test"), false, false);
    Host name = new Domain("bücher.example");
    assertThat(new Received(session, envelope("a@x.org"), name, AT).field())
        .contains("\tby xn--bcher-kva.example with");
    Host literal = AddressLiteral.parse("[192.0.2.1]");
    assertThat(new Received(session, envelope("a@x.org"), literal, AT).field())
        .contains("\tby [192.0.2.1] with");
  }

  @Test
  void aReturnPathIsTheReversePath() {
    assertThat(Received.returnPath(Mailbox.parse("ann@example.org")))
        .isEqualTo("Return-Path: <ann@example.org>\r\n");
    assertThat(Received.returnPath(ReversePath.NULL)).isEqualTo("Return-Path: <>\r\n");
  }

  @Test
  void aClientWhoseAddressWasNotToldIsUnknown() throws Exception {
    Session told = session("192.0.2.7", hello("EHLO c.test"), false, false);
    ConnectionInfo nowhere =
        new ConnectionInfo(
            InetSocketAddress.createUnresolved("unknown", 0),
            told.connection().server(),
            told.connection().listener());
    Session session = new Session("4711", nowhere, told.hello(), told.tls(), told.identity());
    Envelope envelope = new Envelope("4711-1", MailFrom.of(ReversePath.NULL), List.of());
    assertThat(new Received(session, envelope, MX, AT).field())
        .startsWith("Received: from c.test (unknown)");
  }

  @Test
  void anIdThatIsNoAtomIsRefused() throws Exception {
    Session session = session("192.0.2.7", hello("EHLO c.test"), false, false);
    for (String id : List.of("", "a b", "x;y", "x\r\nSubject: y")) {
      Envelope envelope = new Envelope(id, MailFrom.of(ReversePath.NULL), List.of());
      assertThatThrownBy(() -> new Received(session, envelope, MX, AT))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_RSA_WITH_AES_128_CBC_SHA, tls TLS_RSA_WITH_AES_128_CBC_SHA;",
    "SSL_RSA_WITH_3DES_EDE_CBC_SHA, tls TLS_RSA_WITH_3DES_EDE_CBC_SHA;",
    "odd) name, (odd\\) name);",
  })
  void aCipherHasItsRegisteredNameOrStandsInAComment(String suite, String written)
      throws Exception {
    Session clear = session("192.0.2.7", hello("EHLO c.test"), false, false);
    TlsInfo tls = new TlsInfo("TLSv1.2", suite, Optional.empty(), Optional.empty(), List.of());
    Session session =
        new Session("4711", clear.connection(), clear.hello(), Optional.of(tls), Optional.empty());
    String field = new Received(session, envelope("a@x.org"), MX, AT).field();
    assertThat(field).contains("with ESMTPS (TLSv1.2)\r\n").contains(written);
  }

  private static Session session(
      String client, Optional<Hello> hello, boolean isSecure, boolean isAuthenticated)
      throws UnknownHostException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(client), 40_000);
    InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
    TlsInfo tls =
        new TlsInfo(
            "TLSv1.3", "TLS_AES_256_GCM_SHA384", Optional.empty(), Optional.empty(), List.of());
    return new Session(
        "4711",
        new ConnectionInfo(
            address, local, isLmtp(hello) ? Listener.lmtp(local) : Listener.smtp(local)),
        hello,
        isSecure ? Optional.of(tls) : Optional.empty(),
        isAuthenticated ? Optional.of(new Identity("ann", "PLAIN")) : Optional.empty());
  }

  private static boolean isLmtp(Optional<Hello> hello) {
    return hello.isPresent() && hello.get().keyword() == Keyword.LHLO;
  }

  private static Optional<Hello> hello(String line) {
    return Optional.of(new Hello(Keyword.valueOf(line.substring(0, 4)), line.substring(5)));
  }

  private static Envelope envelope(String... recipients) {
    List<RcptTo> to = Arrays.stream(recipients).map(r -> RcptTo.of(Mailbox.parse(r))).toList();
    return new Envelope("4711-a", MailFrom.of(Mailbox.parse("ann@example.org")), to);
  }

  private static Envelope utf8(Envelope envelope) {
    Parameters parameters = Parameters.NONE.with(Parameter.SMTPUTF8, true);
    MailFrom from = new MailFrom(envelope.reversePath(), parameters);
    return new Envelope(envelope.id(), from, envelope.recipients());
  }
}

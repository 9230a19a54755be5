package io.simplesmtp.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Mailbox;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.ReversePath;
import io.simplesmtp.SmtpRejectException;
import io.simplesmtp.auth.Identity;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.SmtpPolicy;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each policy, judged by what it lets pass and what it refuses. */
class PoliciesTest {

  private static final String NOBODY = "";

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void forgedResultsAreReadOnceHoweverTheyAreWritten() throws Exception {
    String field = "Authentication-Results: " + "1".repeat(64_000) + "\u0085\r\n";
    List<String> kept = new ArrayList<>();
    SmtpHandler handler =
        (session, envelope, content) -> {
          kept.add(new String(content.readAllBytes(), StandardCharsets.ISO_8859_1));
          return Reply.OK;
        };
    answer(new NoForgedResults("mx.test"), field.repeat(100) + "A: b\r\n", handler);
    assertThat(kept).containsExactly("A: b\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "ann@example.org, true",
    "ann@EXAMPLE.org, true",
    "ann@xn--bcher-kva.example, true",
    "postmaster@[192.0.2.1], true",
    "ann@sub.example.org, false",
    "postmaster@elsewhere.org, false",
    "ann@[192.0.2.2], false",
  })
  void acceptedDomainsAreForEverybody(String recipient, boolean isTaken) throws Exception {
    SmtpPolicy policy = AcceptedDomains.of("example.org", "bücher.example", "[192.0.2.1]");
    for (String user : new String[] {NOBODY, "ann"}) {
      assertThat(rcpt(policy, session("192.0.2.7", user), recipient))
          .isEqualTo(isTaken ? "" : "550 5.7.1 Mail for this domain is not taken here");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, '', ann@example.org, true",
    "192.0.2.7, '', ann@elsewhere.org, false",
    "192.0.2.7, '', ann%elsewhere.org@example.org, false",
    "192.0.2.7, '', elsewhere.org!ann@example.org, false",
    "192.0.2.7, ann, ann%elsewhere.org@example.org, true",
    "192.0.2.7, ann, ann@elsewhere.org, true",
    "192.0.2.7, anonymous, ann@elsewhere.org, false",
    "10.1.2.3, '', ann@elsewhere.org, true",
    "11.1.2.3, '', ann@elsewhere.org, false",
    "2001:db8::5, '', ann@elsewhere.org, true",
    "2001:db9::5, '', ann@elsewhere.org, false",
    "unix, '', ann@elsewhere.org, false",
    "unix, '', ann@example.org, true",
  })
  void relayIsForUsersAndTrustedClients(
      String client, String user, String recipient, boolean isTaken) throws Exception {
    SmtpPolicy policy = NoOpenRelay.of("example.org").trusting("10.0.0.0/8", "2001:db8::/32");
    assertThat(rcpt(policy, session(client, user), recipient))
        .isEqualTo(isTaken ? "" : "550 5.7.1 Relaying denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "-x.org"})
  void domainsAreChecked(String domain) {
    assertThatThrownBy(() -> AcceptedDomains.of(domain))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NoOpenRelay.of(domain)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NoOpenRelay.of().trusting(domain))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "ann, ann@example.org, true",
    "ann, sales@example.org, true",
    "ann, bob@example.org, false",
    "bob, ann@example.org, false",
    "eve, ann@example.org, false",
    "ann, <>, true",
    "'', ann@example.org, true",
  })
  void aSenderMatchesItsLogin(String user, String sender, boolean isTaken) throws Exception {
    Set<Mailbox> own = Set.of(Mailbox.parse("ann@example.org"), Mailbox.parse("sales@example.org"));
    SmtpPolicy policy =
        new SenderMatchesLogin((who, mailbox) -> who.name().equals("ann") && own.contains(mailbox));
    ReversePath path = sender.equals("<>") ? ReversePath.NULL : Mailbox.parse(sender);
    Optional<Reply> refusal = policy.mail(session("192.0.2.7", user), MailFrom.of(path));
    assertThat(refusal.map(Reply::toString))
        .isEqualTo(
            isTaken
                ? Optional.empty()
                : Optional.of("550 5.7.1 You may not send from this address"));
  }

  @Test
  void aRateIsForEachClientOrSite() throws Exception {
    SmtpPolicy policy = MessageRate.ofClients(2, Duration.ofHours(1));
    assertThat(mails(policy, session("192.0.2.7", NOBODY), 3)).isEqualTo(2);
    assertThat(mails(policy, session("192.0.2.8", NOBODY), 3)).isEqualTo(2);
    assertThat(mails(policy, session("2001:db8:0:1::5", NOBODY), 3)).isEqualTo(2);
    assertThat(mails(policy, session("2001:db8:0:1:ffff::6", NOBODY), 3)).isZero();
    assertThat(mails(policy, session("2001:db8:0:2::5", NOBODY), 3)).isEqualTo(2);
    assertThat(mails(policy, session("unix", NOBODY), 3)).isEqualTo(2);
    assertThat(mails(policy, session("192.0.2.7", "ann"), 30)).isEqualTo(30);
  }

  @Test
  void aRateIsForEachUserWhereverItIs() throws Exception {
    SmtpPolicy policy = MessageRate.ofUsers(2, Duration.ofHours(1));
    assertThat(mails(policy, session("192.0.2.7", "ann"), 3)).isEqualTo(2);
    assertThat(mails(policy, session("192.0.2.8", "ann"), 3)).isZero();
    assertThat(mails(policy, session("192.0.2.7", "bob"), 3)).isEqualTo(2);
    assertThat(mails(policy, session("192.0.2.7", NOBODY), 30)).isEqualTo(30);
  }

  @Test
  void aRateRefusesForATimeOnly() throws Exception {
    AtomicLong now = new AtomicLong();
    SmtpPolicy policy =
        new MessageRate(
            session -> Optional.of("all"), new Buckets(1, Duration.ofMinutes(1), 10, now::get));
    Session session = session("192.0.2.7", NOBODY);
    MailFrom from = MailFrom.of(ReversePath.NULL);
    assertThat(policy.mail(session, from)).isEmpty();
    assertThat(policy.mail(session, from))
        .contains(Reply.of(451, "4.7.1", "Too many messages, try again later"));
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(policy.mail(session, from)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "From: a@b.org|Date: today||body, 250 2.0.0 OK",
    "from: a@b.org|DATE : today||From: x, 250 2.0.0 OK",
    "From: a@b.org|Date: today, 250 2.0.0 OK",
    "Date: today||body, 554 5.6.0 Message without its field From",
    "From: a@b.org||Date: today, 554 5.6.0 Message without its field Date",
    "'', 554 5.6.0 Message without its field From",
    "From: a@b.org|Date: today|from: c@d.org||, 554 5.6.0 Message with more than one of its field From",
    "From: a|Date: b|Subject: c|X: d|subject: e||, 554 5.6.0 Message with more than one of its field Subject",
    "From: a|Date: b|X: d|X: e||, 250 2.0.0 OK",
  })
  void aSubmissionHasItsFields(String message, String reply) throws Exception {
    assertThat(data(HeaderRules.SUBMISSION, message.replace("|", "\r\n"), true)).isEqualTo(reply);
    assertThat(data(HeaderRules.SUBMISSION, message.replace("|", "\r\n"), false)).isEqualTo(reply);
    assertThat(data(HeaderRules.NO_LOOPS, message.replace("|", "\r\n"), true))
        .isEqualTo("250 2.0.0 OK");
  }

  @Test
  void aMessageInCirclesIsRefused() throws Exception {
    String hops = "Received: from a\r\n\tby b;\r\n\tnow\r\n";
    assertThat(data(HeaderRules.NO_LOOPS, hops.repeat(100) + "\r\n", true))
        .isEqualTo("250 2.0.0 OK");
    for (boolean isRead : new boolean[] {true, false}) {
      assertThat(data(HeaderRules.NO_LOOPS, hops.repeat(101) + "\r\n", isRead))
          .isEqualTo("554 5.4.6 Too many hops, mail loop suspected");
    }
    assertThat(data(HeaderRules.NO_LOOPS, "\r\n" + hops.repeat(101), true))
        .isEqualTo("250 2.0.0 OK");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "mx.example.org; spf=pass ! true",
        "MX.example.ORG;spf=pass ! true",
        "mx.example.org 1; none ! true",
        "(a comment) mx.example.org; none ! true",
        "mx.example.org (why not); none ! true",
        "~ mx.example.org; none ! true",
        "mx.example.org ! true",
        "'; none' ! true",
        "\"mx.example.org\"; none ! true",
        "mx.ex@mple; none ! true",
        "((nested)) other.org; none ! true",
        "other.example.org; spf=pass ! false",
        "(mx.example.org) other.org; none ! false",
        "other.org (mx.example.org); none ! false",
      })
  void resultsInThisServersNameAreTakenOut(String value, boolean isForged) throws Exception {
    String field = "authentication-Results: " + value.replace("~", "\r\n\t") + "\r\n";
    StringBuilder seen = new StringBuilder();
    SmtpHandler handler =
        (session, envelope, content) -> {
          seen.append(new String(content.readAllBytes(), StandardCharsets.ISO_8859_1));
          return Reply.OK;
        };
    answer(new NoForgedResults("mx.example.org"), "A: b\r\n" + field + "C: d\r\n\r\nbody", handler);
    assertThat(seen).hasToString("A: b\r\n" + (isForged ? "" : field) + "C: d\r\n\r\nbody");
  }

  private static String rcpt(SmtpPolicy policy, Session session, String recipient)
      throws Exception {
    return policy
        .rcpt(session, envelope(), RcptTo.of(Mailbox.parse(recipient)))
        .map(Reply::toString)
        .orElse("");
  }

  private static int mails(SmtpPolicy policy, Session session, int times) throws Exception {
    int taken = 0;
    for (int i = 0; i < times; i++) {
      taken += policy.mail(session, MailFrom.of(ReversePath.NULL)).isEmpty() ? 1 : 0;
    }
    return taken;
  }

  private static String data(SmtpPolicy policy, String message, boolean isRead) throws Exception {
    return answer(
        policy,
        message,
        (session, envelope, content) -> {
          if (isRead) {
            content.readAllBytes();
          }
          return Reply.OK;
        });
  }

  private static String answer(SmtpPolicy policy, String message, SmtpHandler handler)
      throws Exception {
    ByteArrayInputStream content =
        new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1));
    try {
      DataReply reply =
          policy.before(handler).data(session("192.0.2.7", NOBODY), envelope(), content);
      return reply.toString();
    } catch (SmtpRejectException e) {
      return e.reply().toString();
    }
  }

  private static Envelope envelope() {
    return new Envelope("4711-1", MailFrom.of(ReversePath.NULL), List.of());
  }

  private static Session session(String client, String user) throws UnknownHostException {
    SocketAddress address =
        client.equals("unix")
            ? UnixDomainSocketAddress.of("")
            : new InetSocketAddress(InetAddress.getByName(client), 40_000);
    InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
    return new Session(
        "4711",
        new ConnectionInfo(address, local, Listener.smtp(local)),
        Optional.empty(),
        Optional.empty(),
        user.isEmpty() ? Optional.empty() : Optional.of(identity(user)));
  }

  private static Identity identity(String user) {
    return new Identity(user, user.equals("anonymous") ? "ANONYMOUS" : "PLAIN");
  }
}

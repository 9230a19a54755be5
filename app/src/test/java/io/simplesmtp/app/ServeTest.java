package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {

  private static final String MAIL = "Subject: Hi\r\n\r\nHello\r\n";

  @TempDir Path folder;

  @Test
  void aMessageIsStoredByteForByteBehindItsTraceFields() throws Exception {
    try (Served served = Served.with(folder, "--no-tls");
        Talk client = Talk.greeted(served.port())) {
      client
          .begun("ann@example.org", "bob@example.org")
          .sends("Subject: dots\r\n\r\n..\r\n...x\r\ntab\there \r\n\r\nü\r\n.\r\n");
      String reply = client.reply();
      assertThat(reply).startsWith("250 2.0.0 Stored as ");
      Path message = served.mails().only();
      assertThat(Mails.content(message))
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("Subject: dots\r\n\r\n.\r\n..x\r\ntab\there \r\n\r\nü\r\n");
      assertThat(Mails.trace(message))
          .startsWith(
              "Return-Path: <ann@example.org>\r\n"
                  + "Received: from client.test ([127.0.0.1])\r\n\tby mx.test with ESMTP\r\n\tid ")
          .contains("id " + reply.substring("250 2.0.0 Stored as ".length()) + "\r\n")
          .contains("\tfor <bob@example.org>;\r\n");
      assertThat(message.getFileName().toString())
          .contains(reply.substring("250 2.0.0 Stored as ".length()));
    }
  }

  @Test
  void contentThatBeginsWithASpaceDoesNotGoOnInTheTraceFields() throws Exception {
    try (Served served = Served.with(folder, "--no-tls");
        Talk client = Talk.greeted(served.port())) {
      client.begun("a@b.org", "c@d.org").sends(" (by me);\r\n\tMon, 1 Jan 2001\r\n.\r\n");
      client.hears("250 ");
      assertThat(Files.readString(served.mails().only()))
          .contains(" +0000\r\n\r\n (by me);\r\n\tMon, 1 Jan 2001\r\n");
    }
  }

  @Test
  void aBigMessageIsStoredByteForByte() throws Exception {
    StringBuilder lines = new StringBuilder("Subject: big\r\n\r\n");
    Random random = new Random(1);
    while (lines.length() < 5_000_000) {
      lines.append("x".repeat(random.nextInt(900))).append("\r\n");
    }
    try (Served served = Served.with(folder, "--no-tls");
        Talk client = Talk.greeted(served.port())) {
      client.begun("a@b.org", "c@d.org").sends(lines + ".\r\n").hears("250 ");
      assertThat(Mails.content(served.mails().only()))
          .isEqualTo(lines.toString().getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void noClientNamesAFile() throws Exception {
    try (Served served = Served.with(folder, "--no-tls");
        Talk client = Talk.connected(served.port())) {
      client.hears("220 ").says("EHLO [IPv6:::1]/../../x").reply();
      client.says("EHLO ../../etc/passwd").reply();
      client.says("EHLO client.test").hears("250 ");
      client.says("MAIL FROM:<../../x@b.org>").reply();
      client.says("MAIL FROM:<\"../../../x\"@b.org>").reply();
      client.says("RCPT TO:</etc/passwd@d.org>").hears("250 ");
      client.says("RCPT TO:<\"../../cur/x\"@d.org>").hears("250 ");
      client.says("RCPT TO:<|touch${IFS}x@d.org>").hears("250 ");
      client.says("DATA").hears("354 ");
      client
          .sends("Message-ID: <../../../../x>\r\n")
          .sends("Content-Disposition: attachment; filename=\"../../../x\"\r\n\r\nHi\r\n.\r\n")
          .hears("250 ");
      assertThat(served.mails().only().getFileName().toString())
          .matches("\\d{10}\\.[a-z0-9]+(-[a-z0-9]+)+\\.mx\\.test");
    }
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile)).hasSize(1);
    }
  }

  @Test
  void anAbortedTransferLeavesNothing() throws Exception {
    try (Served served = Served.with(folder, "--no-tls")) {
      Talk client = Talk.greeted(served.port());
      client.begun("a@b.org", "c@d.org").sends("Subject: Hi\r\n" + "x\r\n".repeat(50_000));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !served.mails().drafts().isEmpty());
      client.resets();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> served.mails().drafts().isEmpty());
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> served.out().matches("(?s).* refused .* reply=\"451 .*"));
      assertThat(served.mails().stored()).isEmpty();
    }
  }

  @Test
  void aMessageThatCannotBeWrittenIs451AndLeavesNothing() throws Exception {
    try (Served served = Served.with(folder, "--no-tls");
        Talk client = Talk.greeted(served.port())) {
      Files.delete(served.mails().folder().resolve("tmp"));
      client.begun("a@b.org", "c@d.org").sends(MAIL + ".\r\n").hears("451 4.3.0 ");
      assertThat(served.mails().stored()).isEmpty();
      Files.createDirectory(served.mails().folder().resolve("tmp"));
      client.begun("a@b.org", "c@d.org").sends(MAIL + ".\r\n").hears("250 ");
    }
  }

  @Test
  void clientsThatThereIsNoMemoryForHear421() throws Exception {
    try (Served served = Served.with(folder, "--no-tls", "--memory", "6K");
        Talk first = Talk.greeted(served.port());
        Talk second = Talk.connected(served.port())) {
      second.hears("421 ");
      first.says("MAIL FROM:<a@b.org>").hears("452 4.3.1 ");
    }
  }

  @Test
  void recipientsElsewhereAreRefusedAndPostmasterIsNot() throws Exception {
    try (Served served =
            Served.with(
                folder, "--no-tls", "--accept-domain", "a.org", "--accept-domain", "b.org");
        Talk client = Talk.greeted(served.port())) {
      client.says("MAIL FROM:<x@y.org>").hears("250 ");
      client.says("RCPT TO:<u@A.org>").hears("250 ").says("RCPT TO:<u@b.org>").hears("250 ");
      client.says("RCPT TO:<u@c.org>").hears("550 5.7.1 ");
      client.says("RCPT TO:<u@sub.a.org>").hears("550 5.7.1 ");
      client.says("RCPT TO:<u@mx.test>").hears("550 5.7.1 ");
      client.says("RCPT TO:<postmaster@c.org>").hears("550 5.7.1 ");
      client.says("RCPT TO:<Postmaster>").hears("250 ");
    }
  }

  @Test
  void recipientsAreRefusedAsTheRulesSay() throws Exception {
    try (Served served =
            Served.with(
                folder,
                "--no-tls",
                "--reject-recipient",
                "^later@=450 4.2.1 Mailbox busy",
                "--reject-recipient",
                "^plain@=554",
                "--reject-recipient",
                "^a=b@=550 Not you",
                "--reject-recipient",
                "@spam\\.org$");
        Talk client = Talk.greeted(served.port())) {
      client.says("MAIL FROM:<x@y.org>").hears("250 ");
      client.says("RCPT TO:<Later@x.org>").hears("450 4.2.1 Mailbox busy");
      client.says("RCPT TO:<plain@x.org>").hears("554 5.0.0 Recipient refused");
      client.says("RCPT TO:<a=b@x.org>").hears("550 5.0.0 Not you");
      client.says("RCPT TO:<u@SPAM.org>").hears("550 5.1.1 ");
      client.says("RCPT TO:<u@spam.org.uk>").hears("250 ");
    }
  }

  @Test
  void authIsOfferedWithCredentialsAlone() throws Exception {
    try (Served served = Served.with(folder, "--no-tls");
        Talk client = Talk.greeted(served.port())) {
      client.says("AUTH PLAIN AGFubgBzZWNyZXQ=").hears("502 ");
    }
    String[] flags = {"--no-tls", "--auth", "ann:secret", "--auth-without-tls"};
    try (Served served = Served.with(folder, flags);
        Talk client = Talk.greeted(served.port())) {
      client.says("AUTH PLAIN AGFubgB3cm9uZw==").hears("535 5.7.8 ");
      client.says("AUTH PLAIN AGFubgBzZWNyZXQ=").hears("235 ");
    }
    try (Served served = Served.with(folder, flags);
        Talk client = Talk.greeted(served.port())) {
      client.begun("a@b.org", "c@d.org").sends(MAIL + ".\r\n").hears("250 ");
    }
  }

  @Test
  void submissionRequiresAuth() throws Exception {
    try (Served served =
            Served.with(
                folder,
                "--no-tls",
                "--submission",
                "127.0.0.1:0",
                "--auth",
                "ann:secret",
                "--auth-without-tls");
        Talk client = Talk.greeted(served.port())) {
      client.says("MAIL FROM:<a@b.org>").hears("530 5.7.0 ");
      client.says("AUTH PLAIN AGFubgBzZWNyZXQ=").hears("235 ");
      client.begun("a@b.org", "c@d.org").sends(MAIL + ".\r\n").hears("250 ");
      assertThat(Mails.trace(served.mails().only())).contains(" with ESMTPA\r\n");
    }
  }

  @Test
  void eachMessageIsALineWithoutAnythingThatMovesTheCursor() throws Exception {
    Served served = Served.with(folder, "--no-tls");
    try (served;
        Talk client = Talk.greeted(served.port())) {
      client.says("MAIL FROM:<a@b.org> SMTPUTF8").hears("250 ");
      client.says("RCPT TO:<\"evil\u202e\u200b name\"@x.org>").hears("250 ");
      client.says("DATA").hears("354 ").sends(MAIL + ".\r\n").hears("250 ");
    }
    List<String> lines = served.out().lines().filter(line -> line.contains(" session=")).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .matches("\\d\\d:\\d\\d:\\d\\d accepted session=\\S+ client=127.0.0.1 .* octets=22")
        .contains(
            " from=<a@b.org>",
            " to=\"<\\u{22}evil\\u{202e}\\u{200b} name\\u{22}@x.org>\" recipients=1 ");
    assertThat(lines.get(1))
        .matches("\\d\\d:\\d\\d:\\d\\d session session=\\S+ .* end=CLIENT_GONE");
  }

  @Test
  void debugShowsTheDialogueWithoutItsSecrets() throws Exception {
    Served served =
        Served.with(folder, "--no-tls", "--auth", "ann:secret", "--auth-without-tls", "--debug");
    try (served;
        Talk client = Talk.greeted(served.port())) {
      client.says("AUTH PLAIN AGFubgBzZWNyZXQ=").hears("235 ");
      client.says("NO\u001b[2JOP").hears("500 ");
      client.says("QUIT").hears("221 ");
    }
    assertThat(served.err())
        .contains(" S: 220 mx.test ESMTP", " C: EHLO client.test", " S: 250-PIPELINING")
        .contains(" C: AUTH PLAIN ***", " S: 235 2.7.0 ", " closed: quit")
        .doesNotContain("AGFubgBzZWNyZXQ=", "secret", "\u001b");
  }

  @Test
  void theStartNamesTheAddressAndAFirstMessage() throws Exception {
    try (Served served = Served.with(folder, "--no-tls")) {
      assertThat(served.out())
          .contains("Storing mail in " + folder.resolve("mail"))
          .contains("Listening on 127.0.0.1:" + served.port() + " (SMTP)")
          .contains("curl -sS -T - smtp://127.0.0.1:" + served.port() + " --mail-from ");
    }
  }
}

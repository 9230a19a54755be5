package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} refuses as its flags say. */
class PoliciesTest {

  @TempDir Path folder;

  @Test
  void whoSpeaksBeforeTheDelayedGreetingIsCut() throws Exception {
    try (Served served = Served.with(folder, "--no-tls", "--greet-delay", "1s");
        Talk early = Talk.connected(served.port()).says("EHLO early.test");
        Talk patient = Talk.connected(served.port())) {
      early.hears("421 ");
      patient.hears("220 ").says("EHLO patient.test").hears("250 ");
      patient.begun("a@b.org", "c@d.org").sends("Subject: Hi\r\n\r\n.\r\n").hears("250 ");
    }
  }

  @Test
  void eachClientAndEachUserHasItsRate() throws Exception {
    String[] flags = {"--no-tls", "--rate", "2/1h", "--auth", "ann:secret", "--auth-without-tls"};
    try (Served served = Served.with(folder, flags);
        Talk client = Talk.greeted(served.port());
        Talk another = Talk.greeted(served.port())) {
      client.says("MAIL FROM:<a@b.org>").hears("250 ").says("RSET").hears("250 ");
      another.says("MAIL FROM:<a@b.org>").hears("250 ").says("RSET").hears("250 ");
      client.says("MAIL FROM:<a@b.org>").hears("451 4.7.1 ");
      client.says("AUTH PLAIN AGFubgBzZWNyZXQ=").hears("235 ");
      client.says("MAIL FROM:<a@b.org>").hears("250 ").says("RSET").hears("250 ");
      client.says("MAIL FROM:<a@b.org>").hears("250 ").says("RSET").hears("250 ");
      client.says("MAIL FROM:<a@b.org>").hears("451 4.7.1 ");
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void usersMaySendToOtherDomainsAndStrangersMayNot() throws Exception {
    String[] flags = {
      "--no-tls",
      "--accept-domain",
      "a.org",
      "--auth",
      "ann:secret",
      "--auth-without-tls",
      "--reject-recipient",
      "^nobody@"
    };
    try (Served served = Served.with(folder, flags);
        Talk client = Talk.greeted(served.port())) {
      client.says("MAIL FROM:<x@y.org>").hears("250 ");
      client.says("RCPT TO:<u@a.org>").hears("250 ").says("RCPT TO:<u@b.org>").hears("550 5.7.1 ");
      client.says("RCPT TO:<Postmaster>").hears("250 ").says("RSET").hears("250 ");
      client.says("AUTH PLAIN AGFubgBzZWNyZXQ=").hears("235 ");
      client.says("MAIL FROM:<x@y.org>").hears("250 ").says("RCPT TO:<u@b.org>").hears("250 ");
      client.says("RCPT TO:<nobody@b.org>").hears("550 5.1.1 ");
    }
  }

  private List<Path> stored() throws Exception {
    return new Mails(folder.resolve("mail")).stored();
  }
}

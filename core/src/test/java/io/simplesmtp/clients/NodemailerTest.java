package io.simplesmtp.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.simplesmtp.server.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Node's nodemailer, in small programs; found where node finds it. */
class NodemailerTest {

  private static final String FROM = "ann@example.org";
  private static final String TO = "bob@example.net";

  /** Reads its arguments: port, certificate, user, password, message. */
  private static final String BEGIN =
      """
      const nodemailer = require('nodemailer');
      const fs = require('fs');
      const [port, ca, user, pass, file] = process.argv.slice(2);
      const raw = fs.readFileSync(file);
      const auth = method => ({user, pass, method});
      const transport = more => nodemailer.createTransport(
          {host: '127.0.0.1', port, name: 'client.test', tls: {ca: fs.readFileSync(ca)}, ...more});
      const say = what => console.log(JSON.stringify(what));
      (async () => {
        CODE
      })().catch(e => { console.log(e.responseCode + ' ' + e.response); process.exit(1); });
      """;

  @TempDir private Path folder;
  private Tool node;
  @AutoClose private Mailroom mailroom;

  @BeforeEach
  void open() throws Exception {
    mailroom = new Mailroom(folder);
    node = Tool.find("node", folder);
    assumeTrue(
        node.run("-e", "require('nodemailer')").status() == 0,
        "skipped: node does not find nodemailer; install it and name its folder in NODE_PATH");
  }

  @Test
  void sendsInClearAndTellsTheRecipientsThatAreRefused() throws Exception {
    String code =
        """
        const to = ['bob@example.net', 'nobody@x.org'];
        const done = await transport({ignoreTLS: true})
            .sendMail({envelope: {from: 'ann@example.org', to}, raw});
        say(done.accepted); say(done.rejected); say(done.response);
        """;
    run(code, mailroom.port(), Messages.DOTS)
        .succeeds()
        .says("[\"bob@example.net\"]", "[\"nobody@x.org\"]", "250 2.0.0 Queued as ");
    mailroom.take().isFor(FROM, TO).contains(Messages.DOTS).isSecure(false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN"})
  void authenticatesAfterStartTls(String mechanism) throws Exception {
    String code =
        """
        await transport({requireTLS: true, auth: auth('METHOD')})
            .sendMail({envelope: {from: 'ann@example.org', to: 'bob@example.net'}, raw});
        """
            .replace("METHOD", mechanism);
    run(code, mailroom.submission(), Messages.DOTS).succeeds();
    mailroom.take().isFor(FROM, TO).contains(Messages.DOTS).isSecure(true).isFromUser(mechanism);
  }

  @Test
  void sendsManyMessagesFromAPoolUnderImplicitTls() throws Exception {
    String code =
        """
        const pool = transport({pool: true, maxConnections: 4, secure: true, auth: auth('PLAIN')});
        const sent = [];
        for (let i = 0; i < 200; i++) {
          sent.push(pool.sendMail(
              {envelope: {from: 'ann@example.org', to: 'bob' + i + '@example.net'}, raw}));
        }
        say((await Promise.all(sent)).length);
        pool.close();
        """;
    run(code, mailroom.submissions(), Messages.DOTS).succeeds().says("200");
    Set<String> recipients = new HashSet<>();
    Set<String> sessions = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Mailroom.Mail mail = mailroom.take().contains(Messages.DOTS).isSecure(true);
      recipients.add(mail.envelope().recipients().get(0).mailbox().localPart());
      sessions.add(mail.session().id());
    }
    assertThat(recipients).hasSize(200);
    assertThat(sessions).hasSizeLessThan(20);
    mailroom.isEmpty();
  }

  @Test
  void sendsInternationalMail() throws Exception {
    String code =
        """
        await transport({}).sendMail(
            {from: 'jörg@example.org', to: '用户@example.net', subject: 'Müsli', text: '中午?'});
        """;
    run(code, mailroom.port(), Messages.PLAIN).succeeds();
    mailroom.take().isFor("j\u00f6rg@example.org", "\u7528\u6237@example.net").isUtf8();
  }

  @Test
  void saysThatAMessageIsTooBig() throws Exception {
    String code =
        """
        const big = Buffer.alloc(17 << 20, 'x'.repeat(62) + '\\r\\n');
        await transport({})
            .sendMail({envelope: {from: 'ann@example.org', to: 'bob@example.net'}, raw: big});
        """;
    run(code, mailroom.port(), Messages.PLAIN).fails("552 5.3.4 ");
    mailroom.isEmpty();
  }

  @Test
  void saysThatThePasswordIsWrong() throws Exception {
    String code =
        """
        await transport({secure: true, auth: {user, pass: 'wrong'}}).verify();
        """;
    run(code, mailroom.submissions(), Messages.PLAIN).fails("535 5.7.8 ");
  }

  private Tool.Output run(String code, int port, String message) throws Exception {
    return node.run(
        Files.writeString(folder.resolve("program.js"), BEGIN.replace("CODE", code)).toString(),
        String.valueOf(port),
        mailroom.certificate().toString(),
        Mailroom.USER,
        Mailroom.PASSWORD,
        Messages.file(folder, message));
  }
}

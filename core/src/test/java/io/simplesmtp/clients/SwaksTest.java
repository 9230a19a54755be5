package io.simplesmtp.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.simplesmtp.server.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwaksTest {

  private static final String FROM = "ann@example.org";
  private static final String TO = "bob@example.net";

  /** It takes a dot in the last line for the end of the data, and leaves it out. */
  private static final String DOTS = Messages.DOTS + "end\r\n";

  @TempDir private Path folder;
  private Tool swaks;
  @AutoClose private Mailroom mailroom;

  @BeforeEach
  void open() throws Exception {
    mailroom = new Mailroom(folder);
    swaks = Tool.find("swaks", folder);
  }

  @Test
  void sendsInClear() throws Exception {
    send(DOTS, mailroom.port(), TO).succeeds().says("Queued as");
    mailroom.take().isFor(FROM, TO).contains(DOTS).isSecure(false);
  }

  @Test
  void sendsAfterStartTls() throws Exception {
    needsTls();
    send(DOTS, mailroom.port(), TO, "-tls").succeeds();
    mailroom.take().isFor(FROM, TO).contains(DOTS).isSecure(true);
  }

  @Test
  void sendsCommandsInAGroup() throws Exception {
    send(DOTS, mailroom.port(), TO + ",carl@example.net", "--pipeline").succeeds();
    mailroom.take().isFor(FROM, TO, "carl@example.net").contains(DOTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN"})
  void authenticatesUnderImplicitTls(String mechanism) throws Exception {
    needsTls();
    send(Messages.PLAIN, mailroom.submissions(), TO, login("-tlsc", mechanism)).succeeds();
    mailroom.take().isFor(FROM, TO).contains(Messages.PLAIN).isFromUser(mechanism);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN"})
  void authenticatesAfterStartTls(String mechanism) throws Exception {
    needsTls();
    send(Messages.PLAIN, mailroom.submission(), TO, login("-tls", mechanism)).succeeds();
    mailroom.take().isFor(FROM, TO).contains(Messages.PLAIN).isFromUser(mechanism);
  }

  @Test
  void findsNoAuthenticationInClear() throws Exception {
    send(Messages.PLAIN, mailroom.port(), TO, "-a", "-au", Mailroom.USER, "-ap", "x")
        .fails("Host did not advertise authentication");
    mailroom.isEmpty();
  }

  @Test
  void saysThatARecipientIsRefused() throws Exception {
    send(Messages.PLAIN, mailroom.port(), "nobody@example.net").fails("550 5.1.1");
    mailroom.isEmpty();
  }

  @Test
  void goesOnWithTheRecipientsThatAreAccepted() throws Exception {
    send(Messages.PLAIN, mailroom.port(), "nobody@example.net," + TO, "--pipeline")
        .succeeds()
        .says("550 5.1.1");
    mailroom.take().isFor(FROM, TO).contains(Messages.PLAIN);
  }

  private static String[] login(String tls, String mechanism) {
    return new String[] {tls, "-a", mechanism, "-au", Mailroom.USER, "-ap", Mailroom.PASSWORD};
  }

  private void needsTls() throws Exception {
    boolean hasTls = swaks.run("--support").text().contains("TLS supported");
    assumeTrue(hasTls, "skipped: swaks has no TLS without Perl's Net::SSLeay");
  }

  private Tool.Output send(String message, int port, String to, String... options)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of("-s", Mailroom.HOST + ":" + port, "-f", FROM, "-t", to));
    // It adds a line break of its own behind the message.
    String unended = message.substring(0, message.length() - 2);
    command.addAll(List.of("-d", "@" + Messages.file(folder, unended), "-h", "client.test"));
    command.addAll(List.of(options));
    return swaks.run(command.toArray(String[]::new));
  }
}

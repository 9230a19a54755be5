package io.simplesmtp.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.simplesmtp.auth.Identity;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.Tool;
import java.net.InetSocketAddress;
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

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void speaksAsAProxy(String version) throws Exception {
    boolean isText = version.equals("1");
    send(
            Messages.PLAIN,
            mailroom.proxied(),
            TO,
            "--proxy-version",
            version,
            "--proxy-family",
            isText ? "TCP4" : "AF_INET",
            "--proxy-source",
            "192.0.2.1",
            "--proxy-source-port",
            "4711",
            "--proxy-dest",
            "198.51.100.7",
            "--proxy-dest-port",
            "25")
        .succeeds();
    ConnectionInfo connection = mailroom.take().isFor(FROM, TO).session().connection();
    assertThat(connection.client()).isEqualTo(new InetSocketAddress("192.0.2.1", 4711));
    assertThat(connection.server()).isEqualTo(new InetSocketAddress("198.51.100.7", 25));
  }

  @Test
  void isCutOffAsAProxyThatIsNotTrusted() throws Exception {
    send(Messages.PLAIN, mailroom.port(), TO, "--proxy", "TCP4 192.0.2.1 198.51.100.7 4711 25")
        .fails("421");
    mailroom.isEmpty();
  }

  @Test
  void tellsAnotherClientWithXclient() throws Exception {
    send(
            Messages.PLAIN,
            mailroom.trusting(),
            TO,
            "--xclient-name",
            "spike.example",
            "--xclient-helo",
            "spike.example",
            "--xclient-login",
            "carl@example.org",
            "--xclient-addr",
            "IPV6:2001:db8::1",
            "--xclient-port",
            "4711",
            "--xclient-proto",
            "ESMTP")
        .succeeds();
    Session session = mailroom.take().isFor(FROM, TO).session();
    assertThat(session.connection().client()).isEqualTo(new InetSocketAddress("2001:db8::1", 4711));
    assertThat(session.connection().xclient().orElseThrow().name()).contains("spike.example");
    assertThat(session.identity()).contains(new Identity("carl@example.org", "XCLIENT"));
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

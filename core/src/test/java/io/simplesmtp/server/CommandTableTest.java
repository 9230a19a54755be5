package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Parameter;
import io.simplesmtp.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every command in every phase, with every extension on, over a socket: the codes of the replies
 * are compared with the ones that were agreed on.
 */
class CommandTableTest {

  private static final String LOGIN = "AUTH PLAIN AGFubgBzZWNyZXQ=";
  private static final Network LOOPBACK = Network.parse("127.0.0.0/8");
  private static final String EHLO = "EHLO client.test";

  private static final List<String> COMMANDS =
      List.of(
          EHLO,
          "HELO client.test",
          "LHLO client.test",
          "MAIL FROM:<a@b.org>",
          "MAIL FROM:<\u00c3\u00bc@b.org>",
          "MAIL FROM:<\u00c3\u00bc@b.org> SMTPUTF8",
          "MAIL FROM:<a@b.org> SIZE=10",
          "MAIL FROM:<a@b.org> SIZE=99999999999",
          "MAIL FROM:<a@b.org> BODY=8BITMIME",
          "MAIL FROM:<a@b.org> BODY=BINARYMIME",
          "MAIL FROM:<a@b.org> AUTH=<>",
          "MAIL FROM:<a@b.org> RET=HDRS ENVID=e",
          "MAIL FROM:<a@b.org> PRDR",
          "MAIL FROM:<a@b.org> REQUIRETLS",
          "MAIL FROM:<a@b.org> MT-PRIORITY=-3",
          "MAIL FROM:<a@b.org> HOLDFOR=60",
          "MAIL FROM:<a@b.org> HOLDFOR=60 HOLDUNTIL=2001-01-01T00:00:00Z",
          "MAIL FROM:<a@b.org> BY=120;R",
          "MAIL FROM:<a@b.org> BY=1;R",
          "MAIL FROM:<a@b.org> XLEVEL",
          "MAIL FROM:<a@b.org> NOTIFY=NEVER",
          "MAIL FROM:<a@b.org> XNONE",
          "MAIL TO:<a@b.org>",
          "RCPT TO:<a@b.org>",
          "RCPT TO:<\u00c3\u00bc@b.org>",
          "RCPT TO:<a@b.org> NOTIFY=NEVER",
          "RCPT TO:<a@b.org> ORCPT=rfc822;a@b.org",
          "RCPT TO:<a@b.org> ORCPT=utf-8;\u00c3\u00bc@b.org",
          "RCPT TO:<a@b.org> RET=HDRS",
          "RCPT FROM:<a@b.org>",
          "DATA",
          "BDAT 0",
          "BDAT 0 LAST",
          "RSET",
          "NOOP",
          "QUIT",
          "VRFY ann",
          "EXPN staff",
          "HELP",
          "STARTTLS",
          LOGIN,
          "XCLIENT",
          "XCLIENT PORT=25",
          "XCLIENT NAME=[UNAVAILABLE] PROTO=ESMTP",
          "XFORWARD",
          "XFORWARD ADDR=192.0.2.1",
          "XLEVEL",
          "XNONE");

  /** Where a session can stand, and the commands that lead there. */
  private enum Place {
    GREETED(),
    STRANGER(EHLO),
    HELO("HELO client.test", LOGIN),
    READY(EHLO, LOGIN),
    MAIL(EHLO, LOGIN, "MAIL FROM:<a@b.org>"),
    RCPT(EHLO, LOGIN, "MAIL FROM:<a@b.org>", "RCPT TO:<a@b.org>"),
    CHUNKS(EHLO, LOGIN, "MAIL FROM:<a@b.org>", "RCPT TO:<a@b.org>", "BDAT 0"),
    SECURE(EHLO, "STARTTLS", EHLO, LOGIN),
    SECURE_MAIL(EHLO, "STARTTLS", EHLO, LOGIN, "MAIL FROM:<a@b.org>");

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes an immutable list
    private final List<String> way;

    Place(String... way) {
      this.way = List.of(way);
    }
  }

  /** An application's own. */
  private record Level() implements Extension {

    private static final Parameter<Boolean> LEVEL = Parameter.of("XLEVEL", Optional::isEmpty);

    @Override
    public String keyword() {
      return "XLEVEL";
    }

    @Override
    public List<Parameter<?>> mailParameters() {
      return List.of(LEVEL);
    }

    @Override
    public Set<String> verbs() {
      return Set.of("XLEVEL");
    }

    @Override
    public Reply command(Session session, String verb, String argument) {
      return Reply.OK;
    }
  }

  @Test
  void everyCommandInEveryPlaceIsAnsweredAsAgreed() throws Exception {
    try (TestServer server = everythingOn()) {
      assertThat(table(server.port())).isEqualTo(golden());
    }
  }

  @Test
  void everyExtensionHasItsRowInTheMap() throws Exception {
    Path map = Path.of(System.getProperty("simplesmtp.root", "..")).resolve("docs/rfc-map.md");
    List<String> named =
        Files.readAllLines(map).stream()
            .filter(line -> line.startsWith("| "))
            .map(line -> line.split("\\|", -1)[1].strip())
            .toList();
    try (TestServer server = everythingOn();
        Client client = at(Place.SECURE, server.port())) {
      List<String> announced = new ArrayList<>(client.ask(EHLO).lines().skip(1).toList());
      announced.add("250 STARTTLS");
      assertThat(announced)
          .extracting(line -> line.substring(4).split(" ", -1)[0])
          .contains("DSN", "LIMITS", "CHUNKING", "REQUIRETLS", "FUTURERELEASE", "XCLIENT")
          .allMatch(keyword -> keyword.equals("XLEVEL") || named.contains("`" + keyword + "`"));
    }
  }

  private static TestServer everythingOn() throws IOException {
    return new TestServer(
        SmtpServer.builder()
            .listen(
                TestServer.loopback()
                    .withTls(Tls.OFFERED)
                    .withAuth(Auth.REQUIRED)
                    .withAuthWithoutTls(true)
                    .withTrust(Trust.NOBODY.withXclients(LOOPBACK).withXforwards(LOOPBACK)))
            .tls(TlsConfig.selfSigned("mx.test"))
            .passwords((session, user, password) -> Optional.of(user))
            .extensions(
                Extension.binaryMime(),
                Extension.dsn(),
                Extension.prdr(),
                Extension.requireTls(),
                Extension.mtPriority("MIXER"),
                Extension.futureRelease(Duration.ofDays(1)),
                Extension.deliverBy(Duration.ofMinutes(1)),
                new Level())
            .handler((session, envelope, content) -> Reply.OK));
  }

  /** Each cell: the code of the reply. */
  private static String table(int port) throws Exception {
    StringBuilder table = new StringBuilder("command");
    for (Place place : Place.values()) {
      table.append(" | ").append(place);
    }
    table.append('\n');
    for (String command : COMMANDS) {
      table.append(utf8(command));
      for (String code : codes(command, port).values()) {
        table.append(" | ").append(code);
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static Map<Place, String> codes(String command, int port) throws Exception {
    Map<Place, String> codes = new EnumMap<>(Place.class);
    for (Place place : Place.values()) {
      try (Client client = at(place, port)) {
        String code = client.ask(command).substring(0, 3);
        codes.put(place, code);
        if (code.equals("354")) {
          client.says(".").hears("250 ");
        }
      }
    }
    return codes;
  }

  private static Client at(Place place, int port) throws Exception {
    Client client = Client.connect(port).hears("220 ");
    for (String command : place.way) {
      client.says(command).hears("2");
      if (command.equals("STARTTLS")) {
        client.secures("TLSv1.3");
      }
    }
    return client;
  }

  /** The client writes an octet for each character. */
  private static String utf8(String octets) {
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String golden() throws IOException {
    try (InputStream in = CommandTableTest.class.getResourceAsStream("/command-table.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

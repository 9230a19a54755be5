package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Reply;
import io.simplesmtp.server.SmtpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A load for servers that break off, are silent, talk nonsense, or lack what was asked for. */
class LoadFaultsTest {

  private static final String ALL =
      "250-mx.test\r\n250-PIPELINING\r\n250-CHUNKING\r\n250-SIZE 10000\r\n250 AUTH PLAIN LOGIN";

  @ParameterizedTest
  @ValueSource(strings = {"", "--pipelined"})
  void aConnectionThatBreaksInTheMiddleCostsItsMessage(String flags) throws Exception {
    String[] answers = {
      "220 mx.test",
      ALL,
      "250 ok",
      "250 ok",
      "354 go on",
      ScriptedServer.AFTER_DATA + "250 taken",
      "250 ok",
      "250 ok"
    };
    try (ScriptedServer server = new ScriptedServer(answers)) {
      Loaded loaded = Loaded.with(server.port(), ("--json --messages 10 " + flags).strip());
      loaded.ends(5, 5);
      assertThat(loaded.number("connections")).isEqualTo(5);
      assertThat(loaded.replies(354)).isEqualTo(5);
      assertThat(
              loaded.errors("the server closed the connection")
                  + loaded.errors("Connection reset")
                  + loaded.errors("Broken pipe"))
          .isEqualTo(5);
    }
  }

  @Test
  void aServerThatIsSilentIsLeft() throws Exception {
    String[] answers = {"220 mx.test", ALL, "250 ok", ScriptedServer.SILENCE};
    try (ScriptedServer server = new ScriptedServer(answers)) {
      Loaded loaded = Loaded.with(server.port(), "--json --messages 2 --timeout 200ms");
      loaded.ends(0, 2);
      assertThat(loaded.errors("no answer in time")).isEqualTo(2);
    }
  }

  @Test
  void aServerThatDoesNotGreetIsLeftAtOnce() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThat(Loaded.with(server.getLocalPort(), "--timeout 200ms").complaint())
          .isEqualTo("simplesmtp: 127.0.0.1:" + server.getLocalPort() + ": no answer in time");
    }
  }

  @Test
  void aPortWhereNobodyListensIsNamed() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    assertThat(Loaded.with(port, "--sessions 9 --messages 99").complaint())
        .isEqualTo("simplesmtp: 127.0.0.1:" + port + ": Connection refused");
  }

  @Test
  void connectionsThatFailLaterCostAMessageEach() throws Exception {
    String[] answers = {
      "220 mx.test", ALL, "250 ok", "250 ok", "354 go on", ScriptedServer.AFTER_DATA + "250 taken"
    };
    ScriptedServer server = new ScriptedServer(answers);
    server.closeAfter(1);
    try (server) {
      Loaded loaded = Loaded.with(server.port(), "--json --messages 3");
      loaded.ends(1, 2);
      assertThat(loaded.number("connections")).isEqualTo(1);
      assertThat(loaded.number("failedConnections")).isPositive();
    }
  }

  @Test
  void a354ForNobodyIsAnsweredWithAnEmptyMessage() throws Exception {
    String[] answers = {
      "220 mx.test", ALL, "250 ok", "550 no\u001b[2J", "354 go on", "554 no recipients", "221 bye"
    };
    try (ScriptedServer server = new ScriptedServer(answers)) {
      Loaded loaded = Loaded.with(server.port(), "--json --pipelined");
      loaded.ends(0, 1);
      assertThat(loaded.errors("RCPT: 550 no\u001b[2J")).isEqualTo(1);
      assertThat(loaded.errors("no recipient was accepted")).isEqualTo(1);
      assertThat(server.heard()).endsWith(".", "QUIT");
    }
  }

  @Test
  void whatAServerSaysCannotMoveTheCursorNorFillTheScreen() throws Exception {
    int[] number = {0};
    try (SmtpServer server =
        Collector.serve((session, envelope, content) -> {
          content.skipNBytes(1);
          return Reply.of(554, "5.7.1", "Refused as number " + number[0]++);
        })) {
      Loaded loaded = Loaded.with(server.port(), "--messages 300 --messages-per-connection 10");
      assertThat(loaded.status()).isEqualTo(1);
      assertThat(loaded.out()).contains("        1  content: 554 5.7.1 Refused as number ");
      assertThat(loaded.out()).endsWith("      290  of other kinds" + System.lineSeparator());
      assertThat(loaded.out().lines()).hasSizeLessThan(30);
      assertThat(
              Loaded.with(server.port(), "--json --messages 105 --messages-per-connection 10")
                  .number("otherErrors"))
          .isEqualTo(5);
    }
    try (ScriptedServer server = new ScriptedServer("220 mx.test", ALL, "550 \u001b[2Jbig")) {
      assertThat(Loaded.with(server.port(), "").out())
          .contains("        1  MAIL: 550 \\u{1b}[2Jbig");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--pipelined|it does not offer PIPELINING",
        "--bdat|it does not offer CHUNKING, so it takes no BDAT",
        "--starttls|it does not offer STARTTLS",
        "--size 2K|it takes messages of at most 1500 octets, and these have 2048",
      })
  void whatAServerDoesNotOfferIsOneLine(String flags, String line) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer("220 mx.test", "250-mx.test\r\n250 SIZE 1500", "221 bye")) {
      Loaded loaded = Loaded.with(server.port(), "--sessions 5 --messages 50 " + flags);
      assertThat(loaded.complaint())
          .isEqualTo("simplesmtp: 127.0.0.1:" + server.port() + ": " + line);
      assertThat(server.heard()).hasSize(1).first().asString().startsWith("EHLO ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "554 go away,the greeting: 554 go away",
    "HTTP/1.1 400,not a reply: HTTP/1.1 400",
    "99,not a reply: 99"
  })
  void aGreetingThatIsNoneIsOneLine(String greeting, String line) throws IOException {
    try (ScriptedServer server = new ScriptedServer(greeting)) {
      assertThat(Loaded.with(server.port(), "").complaint()).endsWith(": " + line);
    }
  }
}

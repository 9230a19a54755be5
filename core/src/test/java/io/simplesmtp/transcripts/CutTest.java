package io.simplesmtp.transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.internal.session.Conversation;
import io.simplesmtp.internal.session.Deadline;
import io.simplesmtp.internal.session.Transport;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Timeouts;
import io.simplesmtp.server.TlsInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a server says and does is the same however the octets of its client are cut. */
final class CutTest {

  private static final int SESSIONS = 2_000;
  private static final int LINES = 40;

  /** What gets a session somewhere, over and over. */
  private static final List<String> PROPER =
      List.of(
          "EHLO client.test",
          "MAIL FROM:<a@b.org>",
          "RCPT TO:<ann@x.org>",
          "DATA",
          "Hi",
          "..",
          ".");

  /** What comes in between. */
  private static final List<String> ODD =
      List.of(
          "HELO a",
          "MAIL FROM:<>",
          "RSET",
          "NOOP",
          "VRFY a",
          ".",
          ".x",
          "\r.",
          ".\r",
          "\n.",
          "a\nb",
          "",
          "\0",
          "AUTH PLAIN",
          "AUTH LOGIN",
          "AUTH PLAIN AGFubgBzZWNyZXQ=",
          "AGFubgBzZWNyZXQ=",
          "*",
          "\u00ff",
          "x".repeat(300),
          "y".repeat(3000),
          "MAIL FROM:<a@b.org> SIZE=9",
          "QUIT");

  private static final List<String> ENDS =
      List.of(
          "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n",
          "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r", "");

  @Test
  void aSessionDoesNotDependOnHowItsOctetsAreCut() {
    Random random = new Random(4711);
    Map<String, Integer> outcomes = new TreeMap<>();
    for (int i = 0; i < SESSIONS; i++) {
      String input = input(random);
      List<String> whole = run(input, Integer.MAX_VALUE);
      assertThat(run(input, 1)).as(input).isEqualTo(whole);
      assertThat(run(input, 1 + random.nextInt(7))).as(input).isEqualTo(whole);
      whole.forEach(outcome -> outcomes.merge(outcome, 1, Integer::sum));
    }
    assertThat(outcomes.get("accepted")).isGreaterThan(SESSIONS / 10);
    assertThat(outcomes.get("refused")).isGreaterThan(SESSIONS / 10);
  }

  private static String input(Random random) {
    StringBuilder input = new StringBuilder();
    boolean isProper = random.nextInt(3) > 0;
    int lines = 1 + random.nextInt(LINES);
    int next = 0;
    for (int i = 0; i < lines; i++) {
      boolean isOdd = random.nextInt(8) == 0;
      input.append(
          isOdd ? ODD.get(random.nextInt(ODD.size())) : PROPER.get(next++ % PROPER.size()));
      input.append(isProper ? "\r\n" : ENDS.get(random.nextInt(ENDS.size())));
    }
    return input.toString();
  }

  /** What the server said, and what its application was asked. */
  private static List<String> run(String input, int piece) {
    Transcript transcript =
        Transcript.parse(
            List.of(
                "# Any",
                "server: auth offered",
                "server: auth-without-tls",
                "server: max-size 1000",
                "server: user ann secret",
                "C-close"));
    Application application = new Application(transcript);
    Settings settings = transcript.settings();
    Pieces transport = new Pieces(input.getBytes(StandardCharsets.ISO_8859_1), piece, settings);
    new Conversation(
            "S1",
            transport,
            Optional.empty(),
            settings.forSession(application),
            new Deadline(Timeouts.DEFAULT))
        .run();
    List<String> all =
        new ArrayList<>(transport.said.toString(StandardCharsets.ISO_8859_1).lines().toList());
    all.addAll(application.calls());
    all.addAll(application.outcomes());
    return all;
  }

  /** Input in pieces of at most a length. */
  private record Pieces(InputStream rest, int most, Settings settings, ByteArrayOutputStream said)
      implements Transport {

    Pieces(byte[] octets, int most, Settings settings) {
      this(new ByteArrayInputStream(octets), most, settings, new ByteArrayOutputStream());
    }

    @Override
    public InputStream in() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          return rest.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          return rest.read(target, offset, Math.min(length, most));
        }
      };
    }

    @Override
    public OutputStream out() {
      return said;
    }

    @Override
    public ConnectionInfo info() {
      InetSocketAddress end = new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
      return new ConnectionInfo(end, end, settings.listener());
    }

    @Override
    public TlsInfo startTls() throws IOException {
      throw new IOException("No TLS here");
    }
  }
}

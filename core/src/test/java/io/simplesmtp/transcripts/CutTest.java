package io.simplesmtp.transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a server says and does is the same however the octets of its client are cut. */
final class CutTest {

  private static final int SESSIONS = 2_000;
  private static final int LINES = 40;

  private static final List<String> SERVER =
      List.of(
          "# Any",
          "server: auth offered",
          "server: auth-without-tls",
          "server: max-size 1000",
          "server: user ann secret",
          "C-close");

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
          "\u0016\u0003\u0001",
          "MAIL FROM:<a@b.org> SIZE=9",
          "BDAT 3",
          "BDAT 30",
          "BDAT 2 LAST",
          "BDAT 25 LAST",
          "BDAT 0",
          "BDAT 0 LAST",
          "BDAT x",
          "QUIT");

  private static final List<String> ENDS =
      List.of(
          "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n",
          "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r", "");

  /** What makes chunks be taken, refused or dropped. */
  private static final List<String> ANSWERS =
      List.of(
          "# none",
          "server: max-size 30",
          "server: protocol lmtp",
          "server: auth required",
          "server: extension BINARYMIME",
          "on beforeData: 550 5.7.1 No",
          "on data: unread 554 5.7.1 No",
          "on data: read 10 250 2.0.0 OK",
          "on data: throw",
          "on rcpt <bob@x.org>: 550 5.1.1 No",
          "on hello: 550 5.7.1 No",
          "on rephrase: throw");

  private static final List<String> BETWEEN =
      List.of(
          "EHLO client.test",
          "LHLO client.test",
          "MAIL FROM:<a@b.org>",
          "RCPT TO:<ann@x.org>",
          "RCPT TO:<bob@x.org>",
          "MAIL FROM:<a@b.org> BODY=BINARYMIME",
          "RSET",
          "NOOP",
          "HELP",
          "VRFY outer",
          "RSET x",
          "AUTH",
          "XCLIENT ADDR=192.0.2.1",
          "FOO",
          "y".repeat(3000));

  @Test
  void noOctetOfAChunkIsACommandAndEachCommandHasItsReply() {
    Random random = new Random(815);
    int accepted = 0;
    int asked = 0;
    for (int i = 0; i < SESSIONS; i++) {
      List<String> server = new ArrayList<>(SERVER.subList(0, 3));
      server.add("server: max-errors 1000");
      for (int n = random.nextInt(3); n > 0; n--) {
        server.add(ANSWERS.get(random.nextInt(ANSWERS.size())));
      }
      server.add("C-close");
      int units = 4 + random.nextInt(LINES);
      String input = chunks(random, units);
      List<String> heard = Dialogue.run(server, input, at -> Integer.MAX_VALUE).all();
      assertThat(heard).as("%s %s", server, input).doesNotContain("vrfy: inner");
      long replies = heard.stream().filter(line -> line.matches("[2-5][0-9]{2} .*")).count();
      if (server.contains("server: protocol lmtp")) {
        assertThat(replies).as("%s %s", server, input).isGreaterThanOrEqualTo(units + 1L);
      } else {
        assertThat(replies).as("%s %s", server, input).isEqualTo(units + 1L);
      }
      accepted += heard.contains("accepted") ? 1 : 0;
      asked += heard.contains("vrfy: outer") ? 1 : 0;
    }
    assertThat(accepted).isGreaterThan(SESSIONS / 10);
    assertThat(asked).isGreaterThan(SESSIONS / 10);
  }

  /** Commands and chunks, of which each octet is one of a command that must not be executed. */
  private static String chunks(Random random, int units) {
    StringBuilder input = new StringBuilder("EHLO client.test\r\n");
    input.append("MAIL FROM:<a@b.org>\r\nRCPT TO:<ann@x.org>\r\n");
    for (int i = 3; i < units; i++) {
      if (random.nextInt(3) == 0) {
        input.append(BETWEEN.get(random.nextInt(BETWEEN.size()))).append("\r\n");
      } else {
        String chunk = "VRFY inner\r\n".repeat(random.nextInt(4));
        String last = random.nextInt(3) == 0 ? " LAST" : "";
        input.append("BDAT ").append(chunk.length()).append(last).append("\r\n").append(chunk);
      }
    }
    return input.toString();
  }

  @Test
  void aSessionDoesNotDependOnHowItsOctetsAreCut() {
    Random random = new Random(4711);
    Map<String, Integer> outcomes = new TreeMap<>();
    for (int i = 0; i < SESSIONS; i++) {
      String input = input(random);
      List<String> whole = Dialogue.run(SERVER, input, at -> Integer.MAX_VALUE).all();
      int piece = 1 + random.nextInt(7);
      assertThat(Dialogue.run(SERVER, input, at -> 1).all()).as(input).isEqualTo(whole);
      assertThat(Dialogue.run(SERVER, input, at -> piece).all()).as(input).isEqualTo(whole);
      whole.forEach(outcome -> outcomes.merge(outcome, 1, Integer::sum));
    }
    assertThat(outcomes.get("accepted")).isGreaterThan(SESSIONS / 10);
    assertThat(outcomes.get("refused")).isGreaterThan(SESSIONS / 10);
  }

  @Test
  void chunksDoNotDependOnHowTheirOctetsAreCut() throws Exception {
    Path folder =
        Path.of(Objects.requireNonNull(CutTest.class.getResource("/transcripts/bdat")).toURI());
    int splits = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        List<String> lines = Files.readAllLines(file);
        String input = input(Transcript.parse(lines));
        List<String> whole = Dialogue.run(lines, input, at -> Integer.MAX_VALUE).all();
        for (int split = 1; split < input.length(); split++) {
          int end = split;
          assertThat(Dialogue.run(lines, input, at -> cut(at, end)).all())
              .as("%s, cut at %d", file, split)
              .isEqualTo(whole);
          splits++;
        }
      }
    }
    assertThat(splits).isGreaterThan(10_000);
  }

  private static int cut(int at, int end) {
    return at < end ? end - at : Integer.MAX_VALUE;
  }

  /** All that the client of a transcript sends. */
  private static String input(Transcript transcript) {
    StringBuilder input = new StringBuilder();
    for (Step step : transcript.steps()) {
      if (step instanceof Step.Send send) {
        input.append(new String(send.octets().bytes(), StandardCharsets.ISO_8859_1));
      }
    }
    return input.toString();
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
}

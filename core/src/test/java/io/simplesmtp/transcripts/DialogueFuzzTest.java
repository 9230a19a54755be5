package io.simplesmtp.transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What holds after every dialogue, however badly the client behaves. */
class DialogueFuzzTest {

  private static final List<String> SERVER =
      List.of(
          "# Any",
          "server: auth offered",
          "server: auth-without-tls",
          "server: user ann secret",
          "server: max-errors 1000");

  private static final List<String> SETTINGS =
      List.of(
          "server: max-size 100",
          "server: max-header 20",
          "server: max-text-line 1000",
          "server: max-recipients 2",
          "server: max-errors 3",
          "server: max-commands 5",
          "server: max-messages 2",
          "server: line-endings VERBATIM",
          "server: lenient",
          "server: protocol lmtp",
          "server: auth required",
          "server: extension BINARYMIME",
          "server: extension PRDR",
          "server: extension DSN",
          "server: xclients 127.0.0.0/8",
          "server: xforwards 127.0.0.0/8",
          "on connect: 554 5.7.1 No",
          "on hello: 550 5.7.1 No",
          "on rcpt <bob@x.org>: 550 5.1.1 No",
          "on rcpt <carl@x.org>: 421 4.3.2 Enough",
          "on beforeData: 550 5.7.1 No",
          "on data: unread 554 5.7.1 No",
          "on data: read 10 250 2.0.0 OK",
          "on data: throw",
          "on each <bob@x.org>: 550 5.1.1 No",
          "on reset: throw",
          "on rephrase: throw");

  /** What gets a session somewhere, over and over. */
  private static final List<String> PROPER =
      List.of(
          "EHLO client.test",
          "MAIL FROM:<a@b.org>",
          "RCPT TO:<ann@x.org>",
          "RCPT TO:<bob@x.org>",
          "DATA",
          "Subject: Hi\r\n\r\nHi\r\n..\r\n.",
          "MAIL FROM:<> SIZE=99",
          "RCPT TO:<ann@x.org>",
          "BDAT 4\r\nHi",
          "BDAT 4 LAST\r\nHo");

  /** What comes in between. */
  private static final List<String> ODD =
      List.of(
          "HELO a",
          "LHLO client.test",
          "EHLO [192.0.2.1]",
          "MAIL FROM:<a@b.org> BODY=BINARYMIME",
          "MAIL FROM:<a@b.org> PRDR",
          "MAIL FROM:<\u00c3\u00bc@b.org> SMTPUTF8",
          "RCPT TO:<carl@x.org>",
          "RCPT TO:<ann@x.org> NOTIFY=NEVER",
          "RSET",
          "NOOP",
          "VRFY a",
          "EXPN a",
          "HELP",
          "QUIT",
          "STARTTLS",
          "AUTH PLAIN",
          "AUTH LOGIN",
          "AUTH PLAIN AGFubgBzZWNyZXQ=",
          "AGFubgBzZWNyZXQ=",
          "YW5u",
          "*",
          "XCLIENT ADDR=192.0.2.1",
          "XFORWARD NAME=a",
          "BDAT 0",
          "BDAT 3",
          "BDAT 300 LAST",
          "BDAT x",
          ".",
          ".x",
          "",
          "GET / HTTP/1.1",
          "\u0016\u0003\u0001",
          "y".repeat(3000));

  private static final List<String> ENDS =
      List.of("\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r", "", "\0\r\n");

  /** One line of a reply, and no octet that could begin another. */
  private static final Pattern LINE = Pattern.compile("[2-5][0-9]{2}[ -][ -~\u0080-\u00ff]*");

  @FuzzTest(maxDuration = "10m")
  void holds(FuzzedDataProvider data) {
    List<String> server = new ArrayList<>(SERVER);
    for (int n = data.consumeInt(0, 3); n > 0; n--) {
      server.add(data.pickValue(SETTINGS));
    }
    server.add("C-close");
    int piece = data.consumeInt(1, 40);
    String input = input(data);
    Dialogue whole = Dialogue.run(server, input, at -> Integer.MAX_VALUE);
    check(whole, server, input);
    assertThat(Dialogue.run(server, input, at -> piece)).isEqualTo(whole);
  }

  private static String input(FuzzedDataProvider data) {
    StringBuilder input = new StringBuilder();
    int next = 0;
    while (data.remainingBytes() > 0 && input.length() < 20_000) {
      input.append(
          switch (data.consumeInt(0, 9)) {
            case 0 -> latin(data.consumeBytes(data.consumeInt(0, 60)));
            case 1, 2 -> data.pickValue(ODD);
            default -> PROPER.get(next++ % PROPER.size());
          });
      input.append(data.pickValue(ENDS));
    }
    return input.toString();
  }

  private static void check(Dialogue dialogue, List<String> server, String input) {
    assertThat(dialogue.said()).endsWith("\r\n");
    String[] lines = dialogue.said().split("\r\n", 0);
    int replies = 0;
    for (String line : lines) {
      assertThat(line).matches(LINE);
      replies += line.charAt(3) == ' ' ? 1 : 0;
    }
    // A greeting, a last word, and for a message one to each of its recipients at the most.
    boolean isForEach =
        server.contains("server: protocol lmtp") || server.contains("server: extension PRDR");
    int asked = input.split("\r\n", -1).length - 1;
    assertThat(replies).isLessThanOrEqualTo(2 + asked * (isForEach ? 2 : 1));
    checkCalls(dialogue.calls());
    assertThat(dialogue.outcomes()).hasSize(count(dialogue.calls(), "beforeData"));
  }

  /** Recipients and content belong to a sender, and each sender has one end. */
  private static void checkCalls(List<String> calls) {
    boolean isOpen = false;
    for (String call : calls) {
      switch (Application.kind(call)) {
        case "mail" -> {
          assertThat(isOpen).as("open before %s in %s", call, calls).isFalse();
          isOpen = true;
        }
        case "rcpt", "beforeData", "data" ->
            assertThat(isOpen).as("open at %s in %s", call, calls).isTrue();
        case "completed", "reset" -> {
          assertThat(isOpen).as("open at %s in %s", call, calls).isTrue();
          isOpen = false;
        }
        default -> {}
      }
    }
    assertThat(isOpen).as("open at the end of %s", calls).isFalse();
    assertThat(count(calls, "closed")).isEqualTo(1);
    assertThat(calls.getLast()).startsWith("closed");
  }

  private static int count(List<String> calls, String kind) {
    return (int) calls.stream().filter(c -> Application.kind(c).equals(kind)).count();
  }

  private static String latin(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}

package io.simplesmtp.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.simplesmtp.Domain;
import io.simplesmtp.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** No line whatever makes the parser throw, and what it takes prints what it reads as the same. */
class CommandParserFuzzTest {

  private static final CommandParser STRICT =
      new CommandParser(PrintedCommandTest.GRAMMAR, false, new Domain("mx.test"));
  private static final CommandParser LENIENT =
      new CommandParser(PrintedCommandTest.GRAMMAR, true, new Domain("mx.test"));

  @FuzzTest(maxDuration = "10m")
  void readsWhatItPrints(byte[] line) {
    for (CommandParser parser : List.of(STRICT, LENIENT)) {
      Command command = parser.parse(line, 0, line.length);
      switch (command) {
        case Command.Mail mail ->
            assertThat(parse(parser, "MAIL FROM:" + mail.from()))
                .isInstanceOfSatisfying(
                    Command.Mail.class, again -> assertThat(again.from()).isEqualTo(mail.from()));
        case Command.Rcpt rcpt ->
            assertThat(parse(parser, "RCPT TO:" + rcpt.to()))
                .isInstanceOfSatisfying(
                    Command.Rcpt.class, again -> assertThat(again.to()).isEqualTo(rcpt.to()));
        case Command.Greet greet ->
            assertThat(parse(parser, greet.hello().toString())).isEqualTo(greet);
        case Command.Malformed malformed -> assertThat(isRefusal(malformed.reply())).isTrue();
        default -> assertThat(command.toString()).doesNotContain("\r", "\n", "\0");
      }
    }
  }

  private static boolean isRefusal(Reply reply) {
    return reply.isTransient() || reply.isPermanent();
  }

  private static Command parse(CommandParser parser, String line) {
    byte[] octets = line.getBytes(StandardCharsets.UTF_8);
    return parser.parse(octets, 0, octets.length);
  }
}

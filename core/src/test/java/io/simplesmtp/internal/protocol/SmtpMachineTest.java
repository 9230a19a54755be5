package io.simplesmtp.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Hello;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Mailbox;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.ReversePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The phase table, generated from the machine and compared with the one that was agreed on. */
class SmtpMachineTest {

  private static final Command EHLO =
      new Command.Greet(new Hello(Hello.Keyword.EHLO, "client.test"));
  private static final Command MAIL = new Command.Mail(MailFrom.of(ReversePath.NULL), true);
  private static final Command RCPT = new Command.Rcpt(RcptTo.of(Mailbox.parse("a@b.org")), true);

  private static final Command BDAT = new Command.Bdat(1, false);

  @Test
  void thePhaseTableIsTheOneThatWasAgreedOn() throws IOException {
    Map<String, Command> commands = new LinkedHashMap<>();
    commands.put("EHLO", EHLO);
    commands.put("HELO", new Command.Greet(new Hello(Hello.Keyword.HELO, "client.test")));
    commands.putAll(commands());
    assertThat(table(commands, false)).isEqualTo(golden());
  }

  @Test
  void lmtpHasTheSamePhases() throws IOException {
    Map<String, Command> commands = new LinkedHashMap<>();
    commands.put("LHLO", new Command.Greet(new Hello(Hello.Keyword.LHLO, "client.test")));
    commands.putAll(commands());
    assertThat(table(commands, true))
        .isEqualTo(golden().replaceAll("(?m)^HELO.*\n", "").replaceAll("(?m)^EHLO", "LHLO"));
  }

  private static Map<String, Command> commands() {
    Map<String, Command> commands = new LinkedHashMap<>();
    commands.put("MAIL", MAIL);
    commands.put("RCPT", RCPT);
    commands.put("DATA", new Command.Data());
    commands.put("BDAT", BDAT);
    commands.put("BDAT LAST", new Command.Bdat(1, true));
    commands.put("STARTTLS", new Command.StartTls());
    commands.put("AUTH", new Command.Auth("PLAIN", Optional.empty()));
    commands.put("RSET", new Command.Rset());
    commands.put("NOOP", new Command.Noop());
    commands.put("VRFY", new Command.Vrfy("ann"));
    commands.put("EXPN", new Command.Expn("staff"));
    commands.put("HELP", new Command.Help(""));
    commands.put("QUIT", new Command.Quit());
    Attributes attributes = new Attributes(Map.of(Attribute.NAME, Optional.empty()));
    commands.put("XCLIENT", new Command.XClient(attributes));
    commands.put("XFORWARD", new Command.XForward(attributes));
    commands.put("foreign", new Command.Foreign());
    commands.put("extended", new Command.Extended("XFOO", ""));
    commands.put("unknown", new Command.Unknown());
    commands.put("no BDAT", new Command.Malformed(Verb.BDAT, Replies.UNKNOWN_CHUNK_SIZE));
    commands.put("malformed", new Command.Malformed(Verb.MAIL, Replies.MAIL_ARGUMENT));
    return commands;
  }

  /** Each cell: the code of the reply, or the step that is taken, and the phase that follows. */
  private static String table(Map<String, Command> commands, boolean isLmtp) {
    StringBuilder table = new StringBuilder("command");
    for (Phase phase : Phase.values()) {
      table.append(" | ").append(phase);
    }
    table.append('\n');
    commands.forEach((name, command) -> {
      table.append(name);
      for (Phase phase : Phase.values()) {
        SmtpMachine machine = in(phase, isLmtp);
        Step step = machine.on(command);
        Reply reply = machine.settle(command.verb(), step, outcome(step));
        table.append(" | ").append(cell(step, reply)).append(' ').append(machine.phase());
      }
      table.append('\n');
    });
    return table.toString();
  }

  private static String cell(Step step, Reply reply) {
    return step instanceof Step.Answer
        ? String.valueOf(reply.code())
        : step.getClass().getSimpleName() + " " + reply.code();
  }

  private static Reply outcome(Step step) {
    return switch (step) {
      case Step.Answer answer -> answer.reply();
      case Step.Swallow swallow -> swallow.reply();
      case Step.Auth auth -> Replies.AUTHENTICATED;
      case Step.StartTls startTls -> Replies.READY_FOR_TLS;
      case Step.Help help -> Reply.of(214, "2.0.0", "Help");
      default -> Reply.OK;
    };
  }

  private static SmtpMachine in(Phase phase, boolean isLmtp) {
    Rules rules =
        new Rules(
            "mx.test",
            isLmtp,
            new Rules.Bounds(1000, 10, 10, 10, 10, 3, 10),
            true,
            false,
            List.of("PLAIN"),
            false,
            true);
    SmtpMachine machine = new SmtpMachine("s", rules, false);
    machine.offer(new Offer(List.of("CHUNKING"), Set.of(), List.of("PLAIN")));
    List<Command> way =
        switch (phase) {
          case GREETED, REJECTED -> List.of();
          case READY -> List.of(EHLO);
          case MAIL -> List.of(EHLO, MAIL);
          case RCPT, DROPPING -> List.of(EHLO, MAIL, RCPT);
          case BDAT -> List.of(EHLO, MAIL, RCPT, BDAT);
        };
    if (phase == Phase.REJECTED) {
      machine.rejected();
    }
    way.forEach(command -> machine.settle(command.verb(), machine.on(command), Reply.OK));
    if (phase == Phase.DROPPING) {
      machine.settle(Verb.BDAT, machine.on(BDAT), Replies.MESSAGE_TOO_BIG);
    }
    assertThat(machine.phase()).isEqualTo(phase);
    assertThat(machine.isInTransaction())
        .isEqualTo(EnumSet.of(Phase.MAIL, Phase.RCPT, Phase.BDAT).contains(phase));
    return machine;
  }

  private static String golden() throws IOException {
    try (InputStream in = SmtpMachineTest.class.getResourceAsStream("/phase-table.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

package io.simplesmtp.app;

import io.simplesmtp.Mailbox;
import io.simplesmtp.ReversePath;
import io.simplesmtp.app.load.Mail;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which messages a load sends. */
final class MailFlags {

  private static final long SIZE = 1024;

  /** More replies than to these in one group might wait for each other with the commands. */
  private static final int MOST_RECIPIENTS = 1000;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "The size of a message with its header, in octets or as 10K, 1M. Default: 1K.")
  @Nullable Long size;

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "The sender, or <> for none. Default: sender@example.org.")
  ReversePath from = Mailbox.parse("sender@example.org");

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      description = "The recipient. Default: recipient@example.org.")
  Mailbox to = Mailbox.parse("recipient@example.org");

  @Option(
      names = "--recipients",
      paramLabel = "N",
      description =
          "Recipients of each message; if there are several, +1, +2 and so on is put behind the"
              + " local-part of --to. Default: 1.")
  @Nullable Integer recipients;

  @Option(
      names = "--pipelined",
      description =
          "Send commands in groups (PIPELINING); without it, each waits for the reply to the last"
              + " one.")
  boolean isPipelined;

  @Option(names = "--bdat", description = "Send messages by BDAT (CHUNKING), not by DATA.")
  boolean isBdat;

  Mail mail() {
    if (!from.isAscii() || !to.isAscii()) {
      throw ProgramException.usage("--from and --to take addresses of ASCII only");
    }
    return new Mail(from, to(), size == null ? SIZE : size, isPipelined, isBdat);
  }

  private List<Mailbox> to() {
    int count = recipients == null ? 1 : recipients;
    if (count > MOST_RECIPIENTS) {
      throw ProgramException.usage("--recipients is at most " + MOST_RECIPIENTS);
    }
    try {
      return count == 1
          ? List.of(to)
          : IntStream.rangeClosed(1, count)
              .mapToObj(i -> new Mailbox(to.localPart() + "+" + i, to.host()))
              .toList();
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage("--to: " + e.getMessage());
    }
  }
}

package io.simplesmtp.internal.session;

import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Command;
import io.simplesmtp.internal.protocol.CommandParser;
import io.simplesmtp.internal.protocol.Phase;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.internal.protocol.SmtpMachine;
import io.simplesmtp.internal.protocol.Step;
import io.simplesmtp.internal.protocol.Verb;
import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.internal.wire.ReplyWriter;
import io.simplesmtp.internal.wire.WireReader;
import io.simplesmtp.server.Outcome;
import io.simplesmtp.server.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The commands of one client, each read and judged when it is asked for, and the replies to them.
 * What a command leads to is carried out by others. Used by one thread at a time, and blocks.
 */
record Turns(
    WireReader reader,
    ReplyWriter writer,
    ClientInput input,
    SessionSettings settings,
    Observation observation,
    Deadline deadline,
    SmtpMachine machine,
    FinalReplies finalReplies,
    Respondent respondent,
    Memory.Share memory) {

  private static final int CRLF = 2;

  /**
   * Waits for the next command.
   *
   * @throws IOException if there is none: the client is gone or too slow, or the server shuts down
   */
  Turn next(Session session) throws IOException {
    if (deadline.interruption().isPresent()) {
      throw new IOException("Past the deadline"); // also with commands that are here already
    }
    input.expectLine(reader.hasBuffered());
    return switch (reader.readLine(isAuthServed() ? longest() : bound())) {
      case END -> throw new IOException("The client left");
      case TOO_LONG -> {
        byte[] begin = reader.begin();
        yield tooLong(session, begin, 0, begin.length);
      }
      case FOREIGN -> {
        observation.foreign(session);
        yield refused(Verb.UNKNOWN, Replies.NOT_SMTP);
      }
      case READ -> {
        int from = reader.lineStart();
        int to = reader.lineEnd();
        if (to + CRLF - from > bound() && !AuthExchange.isBegunBy(reader.buffer(), from, to)) {
          yield tooLong(session, reader.buffer(), from, to);
        }
        // No client begins with an empty line, but a PROXY header of version 2 does.
        Command command =
            from == to && machine.phase() == Phase.GREETED
                ? new Command.Foreign()
                : parsed(session, from, to);
        observation.command(session, command, reader.buffer(), from, to);
        yield new Turn(command, machine.on(command));
      }
    };
  }

  /** The parser throws nothing of its own, but those of an application's parameters may. */
  private Command parsed(Session session, int from, int to) {
    try {
      return settings.parser().parse(reader.buffer(), from, to);
    } catch (Throwable e) { // whatever it is, only this client's command may suffer from it
      Observation.fault(session, "a parameter", e);
      return new Command.Malformed(Verb.UNKNOWN, Replies.FAULT);
    }
  }

  private int bound() {
    return settings.limits().commandLine();
  }

  /** AUTH may be as long as a SASL response, because tokens are long. */
  private int longest() {
    return Math.max(bound(), AuthExchange.MAX_LINE);
  }

  private boolean isAuthServed() {
    return !settings.authentication().mechanisms().isEmpty();
  }

  private Turn tooLong(Session session, byte[] line, int from, int to) {
    observation.tooLong(session);
    return CommandParser.isChunkLike(line, from, to)
        ? refused(Verb.BDAT, Replies.UNKNOWN_CHUNK_SIZE)
        : refused(Verb.UNKNOWN, Replies.LINE_TOO_LONG);
  }

  private static Turn refused(Verb verb, Reply reply) {
    return new Turn(new Command.Malformed(verb, reply), new Step.Answer(reply));
  }

  /**
   * Ends a step with its reply; returns whether the one that is sent closes the connection.
   *
   * @param verb of the command that led to the step
   */
  boolean answer(Session session, Verb verb, Step step, Reply reply) throws IOException {
    Reply settled = machine.settle(verb, step, reply);
    weigh();
    Envelope ended = respondent.follow(machine.envelope());
    if (ended != null && (step instanceof Step.Data || step instanceof Step.Chunk)) {
      complete(session, verb, ended, settled);
      return settled.isClosing();
    }
    if (ended != null) {
      respondent.reset(session, ended);
    }
    delay(settled);
    if (step instanceof Step.Greet && settled.isPositive()) {
      writeAsIs(session, settled); // the list of extensions is more than a text
    } else {
      write(session, step instanceof Step.Extended own ? own.verb() : verb.spelling(), settled);
    }
    if (settled.isClosing() || verb.endsGroup()) {
      writer.flush();
    }
    return settled.isClosing();
  }

  /** Tells what came of mail data. */
  void received(Session session, Envelope envelope, long octets, Reply reply) {
    respondent.received(octets);
    observation.message(session, envelope, octets, reply);
  }

  /** Counts what the client has the session keep just now. */
  private void weigh() {
    memory.hold(machine.weight());
  }

  /** Gives back all that is held; nothing can be said or heard any more. */
  void release() {
    reader.release();
    writer.release();
    memory.hold(0);
  }

  private void delay(Reply settled) throws IOException {
    if (!settled.isPositive() && !settled.isClosing()) {
      pause(settings.timeouts().errorDelay());
    }
  }

  /**
   * Lets the client wait.
   *
   * @throws IOException if the session must end before
   */
  void pause(Duration duration) throws IOException {
    if (!duration.isZero()) {
      writer.flush();
      if (!deadline.pause(duration)) {
        throw new IOException("Past the deadline");
      }
    }
  }

  /**
   * Sends a reply with its group.
   *
   * @param verb what it answers, or empty
   */
  void write(Session session, String verb, Reply reply) throws IOException {
    writeAsIs(session, respondent.phrased(session, verb, reply));
  }

  /** Sends the final replies to mail data, and tells the handler whether the client was there. */
  private void complete(Session session, Verb verb, Envelope envelope, Reply overall)
      throws IOException {
    List<Reply> phrased = phrased(session, verb, finalReplies.take(overall));
    Outcome outcome = Outcome.NOT_REPLIED;
    try {
      delay(overall);
      for (Reply reply : phrased) {
        writeAsIs(session, reply);
      }
      if (overall.isClosing() || !reader.hasBuffered() || canApplicationDelayGroup()) {
        writer.flush();
      }
      outcome = Outcome.REPLIED;
    } finally {
      respondent.completed(session, envelope, FinalReplies.told(envelope, phrased), outcome);
    }
  }

  /**
   * Whether the application can be asked or told anything before the next group of replies, and so
   * take its time. The final reply goes out with that group only if it cannot: a client that hears
   * it late may be gone, and sends the message again (RFC 1047).
   */
  private boolean canApplicationDelayGroup() {
    return respondent.hasSayBetweenMessages()
        || observation.isRead()
        || isAuthServed()
        || !settings.extensions().areOurs();
  }

  /** Sends a final reply that waits for its group, which ends here: a chunk has no 354. */
  void beginChunks() throws IOException {
    if (!canApplicationDelayGroup()) {
      writer.flush();
    }
  }

  private List<Reply> phrased(Session session, Verb verb, List<Reply> replies) {
    return replies.size() == 1
        ? List.of(respondent.phrased(session, verb.spelling(), replies.get(0)))
        : replies.stream()
            .map(reply -> respondent.phrased(session, verb.spelling(), reply))
            .toList();
  }

  private void writeAsIs(Session session, Reply reply) throws IOException {
    writer.write(reply);
    observation.reply(session, reply);
  }
}

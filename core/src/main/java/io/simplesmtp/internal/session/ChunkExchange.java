package io.simplesmtp.internal.session;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.MailDataException;
import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Phase;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.internal.protocol.Step;
import io.simplesmtp.internal.protocol.Verb;
import io.simplesmtp.internal.wire.ChunkStream;
import io.simplesmtp.internal.wire.ChunkStream.Chunk;
import io.simplesmtp.internal.wire.DataBounds;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The BDAT commands of one message, from the first to the one that ends it (RFC 3030 section 2).
 *
 * <p>The handler is called once and reads all chunks as one stream. When it has used up a chunk
 * that is not the last, that chunk gets its 250, and the commands behind it are read on the thread
 * that reads the stream, until the next BDAT. No other method of the handler is called meanwhile: a
 * command that needs one, or that ends the transaction, ends the stream first, and is left to be
 * carried out after the handler has returned.
 */
final class ChunkExchange {

  /** How the exchange ended. */
  sealed interface End {
    /** A chunk is to get a reply, and the message has had its last. */
    record Answer(Step.Chunk step, Reply reply) implements End {}

    /** The client gave the message up, and its command is still to be carried out. */
    record GivenUp(Turn turn) implements End {}

    /** A command between two chunks was one too many: it got a 421. */
    record Closed() implements End {}
  }

  private final Turns turns;
  private final Session session;
  private Step.Chunk step;
  private @Nullable End early;

  /** Begins with the first BDAT of a transaction. */
  ChunkExchange(Turns turns, Session session, Step.Chunk first) {
    this.turns = turns;
    this.session = session;
    this.step = first;
  }

  /**
   * Receives the message; blocks until the chunk that ends it has been read.
   *
   * @throws IOException if the client is gone or too slow: the transaction has failed and there is
   *     nobody to tell
   */
  End run(SmtpHandler handler) throws IOException {
    Envelope envelope = step.envelope();
    Reply before =
        HandlerCalls.ask(session, "beforeData", () -> handler.beforeData(session, envelope));
    turns.input().expectData();
    DataBounds bounds = turns.settings().dataBounds();
    ChunkStream content =
        new ChunkStream(
            turns.reader(),
            envelope.mailFrom().isBinary() ? bounds.ofBinary() : bounds,
            new Chunk(step.size(), step.isLast()),
            this::next);
    DataReply answer =
        before.isPositive()
            ? HandlerCalls.askData(
                session,
                () -> FinalReplies.checked(envelope, handler.data(session, envelope, content)))
            : before;
    content.close();
    try {
      if (turns.finalReplies().overall(envelope, answer).isPositive()) {
        content.drain();
      } else {
        content.drainChunk();
      }
    } catch (IOException e) {
      Reply lost = early == null ? Replies.DATA_LOST : Replies.GIVEN_UP;
      turns.received(session, envelope, content.octets(), lost);
      if (early == null) {
        throw e;
      }
      return early;
    }
    DataReply chosen =
        before.isPositive() ? DataExchange.choose(content.violation(), answer) : before;
    Reply reply = finalReply(envelope, chosen);
    turns.observation().each(session, envelope, chosen);
    turns.received(session, envelope, content.octets(), reply);
    return new End.Answer(step, reply);
  }

  /** Only to the last chunk is there a reply for each recipient (RFC 2033 section 4.2). */
  private Reply finalReply(Envelope envelope, DataReply chosen) {
    FinalReplies replies = turns.finalReplies();
    return step.isLast() ? replies.of(envelope, chosen) : replies.overall(envelope, chosen);
  }

  /** Answers the chunk that was used up, and the commands behind it up to the next chunk. */
  private Chunk next() throws MailDataException {
    try {
      boolean isClosing = turns.answer(session, Verb.BDAT, step, Replies.CHUNK_RECEIVED);
      while (!isClosing) {
        Turn turn = turns.next(session);
        if (turn.step() instanceof Step.Chunk chunk) {
          step = chunk;
          turns.input().resumeData();
          return new Chunk(chunk.size(), chunk.isLast());
        }
        boolean isOver = turns.machine().phase() != Phase.BDAT;
        if (isOver || !(turn.step() instanceof Step.Answer answer)) {
          early = new End.GivenUp(turn);
          throw new MailDataException("The client gave the message up");
        }
        isClosing = turns.answer(session, turn.command().verb(), answer, answer.reply());
      }
      early = new End.Closed();
      throw new MailDataException("The client was closed before the end of the mail data");
    } catch (MailDataException e) {
      throw e;
    } catch (IOException e) {
      throw new MailDataException("The client left before the end of the mail data", e);
    }
  }
}

package io.simplesmtp.internal.protocol;

import io.simplesmtp.Envelope;
import io.simplesmtp.Hello;
import io.simplesmtp.MailFrom;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import java.util.Optional;

/** What a command leads to: a reply at once, or something to be done that ends in a reply. */
public sealed interface Step {

  /** Answer without asking anybody. */
  record Answer(Reply reply) implements Step {}

  /** Ask the handler whether it takes this client. */
  record Greet(Hello hello) implements Step {}

  /** Ask the handler whether it takes mail from this sender. */
  record Mail(MailFrom from) implements Step {}

  /** Ask the handler whether it takes mail for this recipient. */
  record Rcpt(Envelope soFar, RcptTo to) implements Step {}

  /** Receive the mail data and give it to the handler. */
  record Data(Envelope envelope) implements Step {}

  /**
   * Receive a chunk of the mail data; the first one of a message also gives it to the handler.
   *
   * @param size octets that follow
   * @param isLast whether the message ends with them
   */
  record Chunk(Envelope envelope, long size, boolean isLast) implements Step {}

  /**
   * Read and drop a chunk that may not come now, then answer.
   *
   * @param size octets that follow
   */
  record Swallow(long size, Reply reply) implements Step {}

  /** Ask the handler about a user. */
  record Vrfy(String query) implements Step {}

  /** Ask the handler about a mailing list. */
  record Expn(String list) implements Step {}

  /** If the client is trusted, begin again as another client. */
  record XClient(Attributes attributes) implements Step {}

  /** If the client is trusted, keep where the next message came from. */
  record XForward(Attributes attributes) implements Step {}

  /** Ask the handler for help on a topic. */
  record Help(String topic) implements Step {}

  /** Ask the service extension that has the verb. */
  record Extended(String verb, String argument) implements Step {}

  /** Answer, then shake hands. */
  record StartTls() implements Step {}

  /** Exchange challenges and responses. */
  record Auth(String mechanism, Optional<String> initialResponse) implements Step {}
}

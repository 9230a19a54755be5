package io.simplesmtp.internal.protocol;

import io.simplesmtp.Envelope;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Parameter;
import io.simplesmtp.Parameters;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.ReversePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sequencing rules of SMTP (RFC 5321 section 4.1.4): command in, step out.
 *
 * <p>Everything that changes the state of a session is here, and this file knows no socket, stream,
 * clock, thread or handler. The caller carries out the step and comes back with its reply to {@link
 * #settle}, which moves the state and returns the reply that is to be sent. Used by one thread.
 */
public final class SmtpMachine {

  private final String sessionId;
  private final Rules rules;
  private Phase phase = Phase.GREETED;
  private Offer offer = Offer.NONE;
  private boolean isSecure;
  private boolean isAuthenticated;
  private boolean isAnonymous;
  private @Nullable Envelope envelope;
  private final Counts counts;
  private int transactions;

  /**
   * Begins a session that has been greeted.
   *
   * @param isSecure whether TLS is active from the first octet
   */
  public SmtpMachine(String sessionId, Rules rules, boolean isSecure) {
    this.sessionId = sessionId;
    this.rules = rules;
    this.isSecure = isSecure;
    this.counts = new Counts(rules.bounds());
  }

  /** Where the session stands. */
  public Phase phase() {
    return phase;
  }

  /** The mail transaction that is open, if one is. */
  public @Nullable Envelope envelope() {
    return envelope;
  }

  /** Octets of memory that the client has the session keep. */
  public long weight() {
    return counts.weight();
  }

  /** The greeting was 554: from now on only QUIT is served. */
  public void rejected() {
    phase = Phase.REJECTED;
  }

  /** Whether a client that becomes another one by XCLIENT has a user; before that is settled. */
  public void named(boolean value) {
    isAuthenticated = value;
    isAnonymous = false;
  }

  /** Whether a mail transaction is open. */
  public boolean isInTransaction() {
    return envelope != null;
  }

  /** What the client is offered from now on; at HELO or EHLO before their step is settled. */
  public void offer(Offer value) {
    offer = value;
  }

  /** What a command leads to. */
  public Step on(Command command) {
    if (phase == Phase.DROPPING && command.verb() != Verb.BDAT) {
      phase = Phase.READY;
    }
    Step step = judge(command);
    if (!(command instanceof Command.Bdat bdat)) {
      return step;
    }
    // RFC 3030 section 2: the octets follow whatever is thought of the command.
    return step instanceof Step.Answer answer && !answer.reply().isClosing()
        ? new Step.Swallow(bdat.size(), answer.reply())
        : step;
  }

  private Step judge(Command command) {
    Reply refusal = refusal(command);
    if (refusal != null) {
      return new Step.Answer(refusal);
    }
    return switch (command) {
      case Command.Greet greet -> givingUpChunks(new Step.Greet(greet.hello()));
      case Command.Mail mail -> onMail(mail);
      case Command.Rcpt rcpt -> onRcpt(rcpt);
      case Command.Data data -> onData();
      case Command.Bdat bdat -> onBdat(bdat);
      case Command.Rset rset -> onRset();
      case Command.Noop noop -> new Step.Answer(Reply.OK);
      case Command.Quit quit -> givingUpChunks(new Step.Answer(Replies.goodbye(rules.hostname())));
      case Command.Vrfy vrfy -> new Step.Vrfy(vrfy.query());
      case Command.Expn expn -> new Step.Expn(expn.list());
      case Command.Help help -> new Step.Help(help.topic());
      case Command.StartTls startTls -> onStartTls();
      case Command.Auth auth -> onAuth(auth);
      case Command.XClient xclient -> outside(new Step.XClient(xclient.attributes()));
      case Command.XForward xforward -> outside(new Step.XForward(xforward.attributes()));
      case Command.Foreign foreign -> new Step.Answer(Replies.NOT_SMTP);
      case Command.Extended extended -> onExtended(extended);
      case Command.Unknown unknown -> new Step.Answer(Replies.UNKNOWN_COMMAND);
      case Command.Malformed malformed -> new Step.Answer(malformed.reply());
    };
  }

  /** What stands against a command whatever its argument. */
  private @Nullable Reply refusal(Command command) {
    Verb verb = command.verb();
    boolean isMalformed = command instanceof Command.Malformed;
    if (command instanceof Command.Foreign || (isMalformed && verb == Verb.BDAT)) {
      return null; // in every phase its own reply closes, as nobody knows where its octets end
    }
    if (counts.isIdleTooOften(command, phase)) {
      return Replies.TOO_MANY_IDLE;
    }
    if (phase == Phase.REJECTED && verb != Verb.QUIT) {
      return Replies.ONLY_QUIT;
    }
    if (rules.isTlsRequired() && !isSecure && !verb.isServedBeforeTls()) {
      return Replies.TLS_FIRST;
    }
    if (rules.isAuthRequired() && !isAuthenticated && !verb.isServedBeforeAuth()) {
      return Replies.AUTH_FIRST;
    }
    return phase == Phase.BDAT && !isMalformed && !verb.isServedBetweenChunks()
        ? Replies.BETWEEN_CHUNKS
        : null;
  }

  /**
   * Ends a step.
   *
   * @param verb of the command that led to it
   * @param reply what the handler or the exchange came to
   * @return the reply to send, which may be another one
   */
  public Reply settle(Verb verb, Step step, Reply reply) {
    Reply settled = reply.isPositive() ? succeeded(step, reply) : failed(step, reply);
    if (counts.isWrongTooOften(step, settled)) {
      settled = Replies.TOO_MANY_ERRORS;
    }
    if (settled.code() == 421) {
      settled = Replies.closing(rules.hostname(), settled);
    }
    return verb.isBare() ? Replies.bare(settled) : settled;
  }

  private Reply succeeded(Step step, Reply reply) {
    return switch (step) {
      case Step.Greet greet -> greeted();
      case Step.Mail mail -> opened(mail.from(), reply);
      case Step.Rcpt rcpt -> added(rcpt, reply);
      case Step.Data data -> delivered(reply);
      case Step.Chunk chunk -> chunk.isLast() ? delivered(reply) : continued(reply);
      case Step.StartTls startTls -> secured(reply);
      case Step.Auth auth -> authenticated(auth, reply);
      case Step.Answer answer -> reply;
      case Step.Swallow swallow -> reply;
      case Step.Vrfy vrfy -> reply;
      case Step.Expn expn -> reply;
      case Step.XClient xclient -> restarted(reply);
      case Step.XForward xforward -> reply;
      case Step.Help help -> reply;
      case Step.Extended extended -> reply;
    };
  }

  private Reply failed(Step step, Reply reply) {
    if (step instanceof Step.Data) {
      closeTransaction();
    } else if (step instanceof Step.Chunk chunk) {
      closeTransaction();
      phase = chunk.isLast() ? Phase.READY : Phase.DROPPING;
    } else if (step instanceof Step.Auth && counts.isAuthFailedTooOften()) {
      return Replies.TOO_MANY_AUTH_FAILURES;
    }
    return reply;
  }

  private Step onMail(Command.Mail mail) {
    MailFrom from = mail.from();
    if (phase == Phase.GREETED) {
      return new Step.Answer(rules.helloFirst());
    }
    if (phase != Phase.READY) {
      return new Step.Answer(Replies.NESTED_MAIL);
    }
    Reply refusal = offer.refusal(mail);
    if (refusal != null) {
      return new Step.Answer(refusal);
    }
    Parameters parameters = from.parameters();
    if (parameters.get(Parameter.SIZE).orElse(0L) > rules.bounds().messageSize()) {
      return new Step.Answer(Replies.MESSAGE_TOO_BIG);
    }
    if (transactions >= rules.bounds().messages()) {
      return new Step.Answer(Replies.TOO_MANY_MESSAGES);
    }
    // RFC 4954 section 5: who has proved nothing is not trusted to name the submitter.
    boolean isTrusted = (isAuthenticated && !isAnonymous) || !parameters.has(Parameter.AUTH);
    return new Step.Mail(
        isTrusted
            ? from
            : new MailFrom(from.reversePath(), parameters.with(Parameter.AUTH, ReversePath.NULL)));
  }

  private Step onRcpt(Command.Rcpt rcpt) {
    RcptTo to = rcpt.to();
    if (envelope == null) {
      return new Step.Answer(phase == Phase.GREETED ? rules.helloFirst() : Replies.MAIL_FIRST);
    }
    Reply refusal = offer.refusal(rcpt, envelope.mailFrom().isSmtpUtf8());
    if (refusal != null) {
      return new Step.Answer(refusal);
    }
    if (envelope.recipients().size() >= rules.bounds().recipients()) {
      return new Step.Answer(Replies.TOO_MANY_RECIPIENTS);
    }
    if (counts.isDomainTooMany(to.mailbox().host())) {
      return new Step.Answer(Replies.TOO_MANY_DOMAINS);
    }
    return new Step.Rcpt(envelope, to);
  }

  private Step outside(Step step) {
    return envelope == null ? step : new Step.Answer(Replies.IN_TRANSACTION);
  }

  private Step onExtended(Command.Extended extended) {
    return phase == Phase.GREETED
        ? new Step.Answer(rules.helloFirst())
        : new Step.Extended(extended.name(), extended.argument());
  }

  private Step onData() {
    if (envelope == null) {
      return new Step.Answer(phase == Phase.GREETED ? rules.helloFirst() : Replies.MAIL_FIRST);
    }
    if (envelope.recipients().isEmpty()) {
      return new Step.Answer(Replies.RCPT_FIRST);
    }
    return envelope.mailFrom().isBinary()
        ? new Step.Answer(Replies.BINARY_NEEDS_BDAT)
        : new Step.Data(envelope);
  }

  private Step onBdat(Command.Bdat bdat) {
    if (phase != Phase.GREETED && !offer.has("CHUNKING")) {
      return new Step.Answer(Replies.NOT_IMPLEMENTED);
    }
    if (phase == Phase.DROPPING) {
      return new Step.Answer(Replies.CHUNK_OF_REFUSED);
    }
    if (envelope == null) {
      return new Step.Answer(phase == Phase.GREETED ? rules.helloFirst() : Replies.MAIL_FIRST);
    }
    return envelope.recipients().isEmpty()
        ? new Step.Answer(Replies.RCPT_FIRST)
        : new Step.Chunk(envelope, bdat.size(), bdat.isLast());
  }

  private Step onRset() {
    closeTransaction();
    return new Step.Answer(Replies.RESET);
  }

  private Step onStartTls() {
    if (isSecure) {
      return new Step.Answer(Replies.ALREADY_TLS);
    }
    if (!rules.isTlsOffered()) {
      return new Step.Answer(Replies.NOT_IMPLEMENTED);
    }
    return switch (phase) {
      case GREETED -> new Step.Answer(rules.helloFirst());
      case READY, DROPPING -> new Step.StartTls();
      case MAIL, RCPT, BDAT -> new Step.Answer(Replies.IN_TRANSACTION);
      case REJECTED -> new Step.Answer(Replies.ONLY_QUIT);
    };
  }

  private Step onAuth(Command.Auth auth) {
    if (rules.mechanisms().isEmpty()) {
      return new Step.Answer(Replies.NOT_IMPLEMENTED);
    }
    if (phase != Phase.READY) {
      return new Step.Answer(phase == Phase.GREETED ? rules.helloFirst() : Replies.IN_TRANSACTION);
    }
    if (isAuthenticated) {
      return new Step.Answer(Replies.ALREADY_AUTHENTICATED);
    }
    if (!isSecure && !rules.isAuthWithoutTls()) {
      return new Step.Answer(Replies.TLS_FOR_AUTH);
    }
    return offer.mechanisms().contains(auth.mechanism())
        ? new Step.Auth(auth.mechanism(), auth.initialResponse())
        : new Step.Answer(Replies.UNKNOWN_MECHANISM);
  }

  private Reply greeted() {
    closeTransaction();
    phase = Phase.READY;
    List<String> lines = new ArrayList<>();
    lines.add(rules.hostname());
    lines.addAll(offer.lines());
    return Replies.hello(lines);
  }

  private Reply opened(MailFrom from, Reply reply) {
    transactions++;
    envelope = new Envelope(sessionId + "-" + transactions, from, List.of());
    counts.opened(from);
    phase = Phase.MAIL;
    return reply;
  }

  private Reply added(Step.Rcpt rcpt, Reply reply) {
    envelope = rcpt.soFar().with(rcpt.to());
    counts.accepted(rcpt.to());
    phase = Phase.RCPT;
    return reply;
  }

  private Reply delivered(Reply reply) {
    closeTransaction();
    counts.delivered();
    return reply;
  }

  private Reply continued(Reply reply) {
    phase = Phase.BDAT;
    return reply;
  }

  /** RFC 3207 section 4.2: what was learnt in clear is forgotten. */
  private Reply secured(Reply reply) {
    isAuthenticated = false;
    isSecure = true;
    return restarted(reply);
  }

  /** The session begins again; what is counted goes on, and so does TLS. */
  private Reply restarted(Reply reply) {
    closeTransaction();
    phase = Phase.GREETED;
    offer = Offer.NONE;
    return reply;
  }

  private Reply authenticated(Step.Auth auth, Reply reply) {
    isAuthenticated = true;
    isAnonymous = auth.mechanism().equals("ANONYMOUS");
    return reply;
  }

  /** A message that ends between its chunks is lost, whatever comes of the command that did it. */
  private Step givingUpChunks(Step step) {
    if (phase == Phase.BDAT) {
      closeTransaction();
    }
    return step;
  }

  private void closeTransaction() {
    envelope = null;
    counts.closed();
    if (phase == Phase.MAIL || phase == Phase.RCPT || phase == Phase.BDAT) {
      phase = Phase.READY;
    }
  }
}

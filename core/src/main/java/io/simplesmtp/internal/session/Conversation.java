package io.simplesmtp.internal.session;

import io.simplesmtp.Hello;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Reply;
import io.simplesmtp.auth.Identity;
import io.simplesmtp.internal.protocol.Attributes;
import io.simplesmtp.internal.protocol.Command;
import io.simplesmtp.internal.protocol.Offer;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.internal.protocol.SmtpMachine;
import io.simplesmtp.internal.protocol.Step;
import io.simplesmtp.internal.protocol.Verb;
import io.simplesmtp.internal.wire.MemoryException;
import io.simplesmtp.internal.wire.ReplyWriter;
import io.simplesmtp.internal.wire.WireReader;
import io.simplesmtp.server.Activity;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.TlsInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One session from its greeting to its close: reads commands, lets the machine judge them, carries
 * out its steps and writes the replies.
 *
 * <p>All methods run on the connection's own thread and may block. It ends by returning, never by
 * an exception, and leaves the closing of the transport to its caller.
 */
public final class Conversation {

  private final Transport transport;
  private final SessionSettings settings;
  private final Deadline deadline;
  private final ReplyWriter writer;
  private final ClientInput input;
  private final WireReader reader;
  private final SmtpMachine machine;
  private final Observation observation;
  private final Respondent respondent;
  private final Turns turns;
  private int authFailures;
  private volatile Session session;

  /**
   * Prepares a session.
   *
   * @param tls what TLS agreed on, if it is active from the first octet
   */
  public Conversation(
      String id,
      Transport transport,
      Optional<TlsInfo> tls,
      SessionSettings settings,
      Deadline deadline) {
    this.transport = transport;
    this.settings = settings;
    this.deadline = deadline;
    this.session = new Session(id, transport.info(), Optional.empty(), tls, Optional.empty());
    ClientOutput output = new ClientOutput(transport, deadline, settings.timeouts());
    this.writer = new ReplyWriter(output, settings.buffers());
    this.input = new ClientInput(transport, writer, deadline, settings.timeouts());
    this.reader = new WireReader(input, settings.buffers());
    this.machine = new SmtpMachine(id, settings.rules(), tls.isPresent());
    this.observation = new Observation(settings.events(), new Mask(settings.rules().mechanisms()));
    this.respondent = new Respondent(settings.rules().hostname());
    this.turns =
        new Turns(
            reader,
            writer,
            input,
            settings,
            observation,
            deadline,
            machine,
            new FinalReplies(settings.rules().isLmtp()),
            respondent,
            settings.buffers().memory().new Share());
  }

  /** Talks to the client until either ends it; returns why it ended. */
  public CloseCause run() {
    try {
      observation.connected(session);
      if (session.isSecure()) {
        observation.secured(session);
      }
      return talk();
    } finally {
      turns.release();
    }
  }

  /** Tells the end of the session, whatever it comes to. */
  private CloseCause talk() {
    CloseCause cause = CloseCause.FAULT;
    try {
      cause = talkToTheEnd();
      return cause;
    } finally {
      respondent.closed(session, cause);
      observation.closed(session, cause);
    }
  }

  private CloseCause talkToTheEnd() {
    try {
      return greet() ? converse() : CloseCause.REFUSED;
    } catch (IOException e) {
      CloseCause own = MemoryException.isBehind(e) ? CloseCause.REFUSED : CloseCause.CLIENT_GONE;
      CloseCause cause = deadline.interruption().orElse(own);
      farewell(cause);
      return cause;
    } catch (RuntimeException | Error e) {
      Observation.fault(session, "the engine", e);
      farewell(CloseCause.FAULT);
      return CloseCause.FAULT;
    }
  }

  /** What is known of the session now; may be called by any thread. */
  public Session session() {
    return session;
  }

  /** The last words to a client that must go and has not been told yet. */
  private void farewell(CloseCause cause) {
    Reply reply =
        switch (cause) {
          case TIMEOUT -> Replies.TIMED_OUT;
          case SHUTDOWN -> Replies.SHUTTING_DOWN;
          case FAULT -> Replies.FAULT_CLOSING;
          case REFUSED -> Replies.LOW_ON_MEMORY;
          case QUIT, CLIENT_GONE, TLS_FAILURE -> null;
        };
    if (reply == null) {
      return;
    }
    reader.release();
    try {
      turns.write(session, "", Replies.closing(settings.rules().hostname(), reply));
      writer.flush();
    } catch (IOException | RuntimeException | Error e) {
      // It has been told as well as it could be.
    }
  }

  /** Says the first word; returns whether the conversation goes on. */
  private boolean greet() throws IOException {
    Reply answer = welcome();
    if (answer.isPositive()) {
      turns.pause(settings.timeouts().greetingDelay());
      answer = transport.isEarly() ? Replies.TOO_EARLY : answer;
    }
    if (answer.isClosing()) {
      answer = Replies.closing(settings.rules().hostname(), answer);
    }
    turns.write(session, "", Replies.bare(answer));
    if (answer.isClosing()) {
      writer.flush();
    }
    return !answer.isClosing();
  }

  private Reply welcome() {
    return new Greeting(settings, respondent, machine).to(session);
  }

  private CloseCause converse() throws IOException {
    while (true) {
      boolean wasInTransaction = machine.isInTransaction();
      Turn turn = turns.next(session);
      Optional<CloseCause> end = carryOut(turn);
      if (turn.command() instanceof Command.Rset
          || (wasInTransaction && !machine.isInTransaction())) {
        session = Attribution.withoutXforward(session);
      }
      if (end.isPresent()) {
        return end.get();
      }
    }
  }

  /** Does what a command leads to, and answers it; returns how the session ends, if it does. */
  private Optional<CloseCause> carryOut(Turn turn) throws IOException {
    return switch (turn.step()) {
      case Step.Answer answer -> answer(turn, answer.reply());
      case Step.Greet greet -> answer(turn, hello(greet.hello()));
      case Step.Mail mail -> ask(turn, "mail", () -> mail(mail.from()));
      case Step.Rcpt rcpt -> ask(turn, "rcpt", () -> rcpt(rcpt));
      case Step.Data data -> answer(turn, new DataExchange(turns).run(session, data.envelope()));
      case Step.Chunk chunk -> receive(chunk);
      case Step.Swallow swallow -> answer(turn, swallow(swallow));
      case Step.Vrfy vrfy ->
          ask(turn, "vrfy", () -> respondent.handler().vrfy(session, vrfy.query()));
      case Step.Expn expn ->
          ask(turn, "expn", () -> respondent.handler().expn(session, expn.list()));
      case Step.Help help -> answer(turn, help(help.topic()));
      case Step.Extended extended ->
          ask(
              turn,
              extended.verb(),
              () -> settings.extensions().command(session, extended.verb(), extended.argument()));
      case Step.XClient xclient -> answer(turn, xclient(xclient.attributes()));
      case Step.XForward xforward -> answer(turn, xforward(xforward.attributes()));
      case Step.StartTls startTls -> secure(turn);
      case Step.Auth auth -> answer(turn, authenticate(auth));
    };
  }

  private Optional<CloseCause> ask(Turn turn, String where, HandlerCalls.Call call)
      throws IOException {
    return answer(turn, HandlerCalls.ask(session, where, call));
  }

  private Optional<CloseCause> answer(Turn turn, Reply reply) throws IOException {
    if (!turns.answer(session, turn.command().verb(), turn.step(), reply)) {
      return Optional.empty();
    }
    return Optional.of(
        turn.command() instanceof Command.Quit ? CloseCause.QUIT : CloseCause.REFUSED);
  }

  private Optional<CloseCause> receive(Step.Chunk first) throws IOException {
    turns.beginChunks();
    return switch (new ChunkExchange(turns, session, first).run(respondent.handler())) {
      case ChunkExchange.End.Answer end ->
          turns.answer(session, Verb.BDAT, end.step(), end.reply())
              ? Optional.of(CloseCause.REFUSED)
              : Optional.empty();
      case ChunkExchange.End.GivenUp end -> carryOut(end.turn());
      case ChunkExchange.End.Closed end -> Optional.of(CloseCause.REFUSED);
    };
  }

  private Reply swallow(Step.Swallow chunk) throws IOException {
    input.expectData();
    if (!reader.skip(chunk.size())) {
      throw new IOException("The client left in a chunk");
    }
    return chunk.reply();
  }

  private Optional<CloseCause> secure(Turn turn) throws IOException {
    if (reader.hasBuffered()) {
      turns.write(session, "", Replies.closing(settings.rules().hostname(), Replies.INJECTED));
      writer.flush();
      return Optional.of(CloseCause.TLS_FAILURE);
    }
    Optional<CloseCause> end = answer(turn, Replies.READY_FOR_TLS);
    return end.isPresent() ? end : shakeHands();
  }

  private Reply hello(Hello hello) {
    return HandlerCalls.ask(
        session,
        "hello",
        () -> {
          Reply reply = respondent.handler().hello(session, hello);
          if (reply != null && reply.isPositive()) {
            Session introduced = snapshot(Optional.of(hello), session.tls(), session.identity());
            machine.offer(offer(introduced));
            session = introduced;
          }
          return reply;
        });
  }

  private Reply xclient(Attributes attributes) {
    if (!Attribution.mayUseXclient(session)) {
      return Replies.NOT_TRUSTED;
    }
    session = Attribution.xclient(session, attributes);
    machine.named(session.isAuthenticated());
    return welcome();
  }

  private Reply xforward(Attributes attributes) {
    if (!Attribution.mayUseXforward(session)) {
      return Replies.NOT_TRUSTED;
    }
    session = Attribution.xforward(session, attributes);
    return Reply.OK;
  }

  private Reply mail(MailFrom from) throws Exception {
    if (turns.memory().isShort()) {
      return Replies.NO_MEMORY;
    }
    Optional<Reply> refusal = settings.extensions().refusal(session, from);
    return refusal.isPresent() ? refusal.get() : respondent.handler().mail(session, from);
  }

  private Reply rcpt(Step.Rcpt rcpt) throws Exception {
    if (turns.memory().isShort()) {
      return Replies.NO_MEMORY;
    }
    Optional<Reply> refusal = settings.extensions().refusal(session, rcpt.soFar(), rcpt.to());
    return refusal.isPresent()
        ? refusal.get()
        : respondent.handler().rcpt(session, rcpt.soFar(), rcpt.to());
  }

  private Reply help(String topic) {
    Reply reply =
        HandlerCalls.ask(session, "help", () -> respondent.handler().help(session, topic));
    boolean isOwn = !reply.isPositive() || reply.code() == 211 || reply.code() == 214;
    return isOwn ? reply : settings.extensions().help(session);
  }

  private Reply authenticate(Step.Auth auth) throws IOException {
    Authentication checks = settings.authentication();
    AuthExchange exchange =
        new AuthExchange(reader, writer, input, checks, transport.channelBindings(), observation);
    try {
      Reply reply = prove(exchange, auth);
      observation.authentication(session, auth.mechanism(), reply);
      if (reply.code() / 100 == 5) {
        Duration delay = checks.failed(session, ++authFailures);
        exchange.end(session);
        holdBack(delay);
      }
      return reply;
    } finally {
      exchange.end(session);
    }
  }

  private Reply prove(AuthExchange exchange, Step.Auth auth) throws IOException {
    Reply reply = exchange.run(session, auth);
    Session proved = snapshot(session.hello(), session.tls(), exchange.identity());
    return proved.identity().isPresent() ? admit(proved, reply) : reply;
  }

  /** Asks the handler about a client that has proved who it is. */
  private Reply admit(Session proved, Reply reply) {
    Reply answer =
        HandlerCalls.ask(
            proved,
            "authenticated",
            Replies.AUTH_UNAVAILABLE,
            () -> respondent.handler().authenticated(proved));
    if (!answer.isPositive()) {
      return answer;
    }
    session = proved;
    offerAnew();
    return answer.code() == reply.code() ? answer : reply;
  }

  /** Makes guessing slow; costs no thread but this virtual one. */
  private void holdBack(Duration delay) throws IOException {
    writer.flush();
    if (!deadline.pause(delay)) {
      throw new IOException("Past the deadline");
    }
  }

  private Offer offer(Session session) {
    List<String> mechanisms =
        settings.authentication().offered(session, transport.channelBindings());
    return settings.extensions().offer(session, mechanisms);
  }

  private void offerAnew() {
    try {
      machine.offer(offer(session));
    } catch (Throwable e) { // the client keeps what it was offered before
      Observation.fault(session, "the service extensions", e);
    }
  }

  /** RFC 3207 section 4: then nothing is known but what TLS says. Tells how it ends, if it does. */
  private Optional<CloseCause> shakeHands() {
    long limit = Deadline.nanos(settings.timeouts().handshake());
    if (!deadline.beginWait(Activity.HANDSHAKE, System.nanoTime(), limit)) {
      return deadline.interruption();
    }
    try {
      session = snapshot(Optional.empty(), Optional.of(transport.startTls()), Optional.empty());
      session = Attribution.withoutXforward(session);
    } catch (IOException e) {
      observation.handshakeFailed(session, e);
      return Optional.of(CloseCause.TLS_FAILURE);
    } finally {
      var unused = deadline.endWait(); // whoever reads next hears of it
    }
    observation.secured(session);
    respondent.secured(session);
    return Optional.empty();
  }

  private Session snapshot(
      Optional<Hello> hello, Optional<TlsInfo> tls, Optional<Identity> identity) {
    return new Session(session.id(), session.connection(), hello, tls, identity);
  }
}

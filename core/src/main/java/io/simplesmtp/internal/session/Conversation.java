package io.simplesmtp.internal.session;

import io.simplesmtp.Hello;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Reply;
import io.simplesmtp.auth.Identity;
import io.simplesmtp.internal.protocol.Command;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.internal.protocol.SmtpMachine;
import io.simplesmtp.internal.protocol.Step;
import io.simplesmtp.internal.protocol.Verb;
import io.simplesmtp.internal.wire.ReplyWriter;
import io.simplesmtp.internal.wire.WireReader;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.TlsInfo;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One session from its greeting to its close: reads commands, lets the machine judge them, carries
 * out its steps and writes the replies.
 *
 * <p>All methods run on the connection's own thread and may block. It ends by returning, never by
 * an exception, and leaves the closing of the transport to its caller.
 */
public final class Conversation {

  /** Stands in until the application has given the session its handler. */
  private static final SmtpHandler NOBODY = (session, envelope, content) -> Replies.FAULT;

  private final Transport transport;
  private final SessionSettings settings;
  private final Deadline deadline;
  private final ReplyWriter writer;
  private final ClientInput input;
  private final WireReader reader;
  private final SmtpMachine machine;
  private final Observation observation;
  private final FinalReplies finalReplies;
  private SmtpHandler handler = NOBODY;
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
    this.writer = new ReplyWriter(new ClientOutput(transport, deadline, settings.timeouts()));
    this.input = new ClientInput(transport, writer, deadline, settings.timeouts());
    this.reader = new WireReader(input);
    this.machine = new SmtpMachine(id, settings.rules(), tls.isPresent());
    this.finalReplies = new FinalReplies(settings.rules().isLmtp());
    this.observation = new Observation(settings.events(), new Mask(settings.rules().mechanisms()));
  }

  /** Talks to the client until either ends it; returns why it ended. */
  public CloseCause run() {
    observation.connected(session);
    CloseCause cause;
    try {
      cause = greet() ? converse() : CloseCause.REFUSED;
    } catch (IOException e) {
      cause = deadline.interruption().orElse(CloseCause.CLIENT_GONE);
      farewell(cause);
    } catch (RuntimeException | Error e) {
      Observation.fault(session, "the engine", e);
      cause = CloseCause.FAULT;
      farewell(cause);
    }
    end(cause);
    return cause;
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
          case QUIT, REFUSED, CLIENT_GONE, TLS_FAILURE -> null;
        };
    if (reply == null) {
      return;
    }
    try {
      write(Replies.closing(settings.rules().hostname(), reply));
      writer.flush();
    } catch (IOException | RuntimeException e) {
      // It has been told as well as it could be.
    }
  }

  private void end(CloseCause cause) {
    try {
      handler.closed(session, cause);
    } catch (Throwable e) { // the session is over whatever its handler does
      Observation.fault(session, "closed", e);
    } finally {
      Thread.interrupted();
    }
    observation.closed(session, cause);
  }

  /** Says the first word (RFC 5321 section 3.1); returns whether the conversation goes on. */
  private boolean greet() throws IOException {
    Reply answer = HandlerCalls.ask(session, "connect", this::connect);
    if (answer.isPositive()) {
      write(answer);
    } else if (answer.isTransient()) {
      write(Replies.bare(Replies.closing(settings.rules().hostname(), recoded(answer, 421))));
      writer.flush();
      return false;
    } else {
      write(Replies.bare(answer.code() == 521 ? answer : recoded(answer, 554))); // 521: RFC 7504
      machine.rejected();
    }
    return true;
  }

  private Reply connect() throws Exception {
    handler = Objects.requireNonNull(settings.handlers().apply(session), "no handler");
    Reply answer = handler.connect(session);
    if (!answer.isPositive()) {
      return answer;
    }
    List<String> banner = answer.code() == 220 ? answer.lines() : List.of(settings.banner());
    String protocol = settings.rules().isLmtp() ? "LMTP" : "ESMTP";
    return Replies.greeting(settings.rules().hostname(), protocol, banner);
  }

  private static Reply recoded(Reply reply, int code) {
    return new Reply(code, reply.status(), reply.lines());
  }

  private CloseCause converse() throws IOException {
    while (true) {
      if (deadline.interruption().isPresent()) {
        throw new IOException("Past the deadline"); // also with commands that are here already
      }
      input.expectLine(reader.hasBuffered());
      switch (reader.readLine(settings.limits().commandLine())) {
        case END -> throw new IOException("The client left");
        case TOO_LONG -> {
          observation.tooLong(session);
          if (answer(Verb.UNKNOWN, new Step.Answer(Replies.LINE_TOO_LONG))) {
            return CloseCause.REFUSED;
          }
        }
        case READ -> {
          int from = reader.lineStart();
          int to = reader.lineEnd();
          Command command = settings.parser().parse(reader.buffer(), from, to);
          observation.command(session, command, reader.buffer(), from, to);
          Step step = machine.on(command);
          if (step instanceof Step.StartTls && reader.hasBuffered()) {
            write(Replies.closing(settings.rules().hostname(), Replies.INJECTED));
            writer.flush();
            return CloseCause.TLS_FAILURE;
          }
          if (answer(command.verb(), step)) {
            return command instanceof Command.Quit ? CloseCause.QUIT : CloseCause.REFUSED;
          }
          if (step instanceof Step.StartTls && !shakeHands()) {
            return CloseCause.TLS_FAILURE;
          }
        }
      }
    }
  }

  /** Carries out a step and writes its reply; returns whether that one closes the connection. */
  private boolean answer(Verb verb, Step step) throws IOException {
    Reply reply = machine.settle(verb, step, perform(step));
    for (Reply each : finalReplies.take(reply)) {
      write(each);
    }
    if (reply.isClosing() || verb.endsGroup()) {
      writer.flush();
    }
    return reply.isClosing();
  }

  private Reply perform(Step step) throws IOException {
    return switch (step) {
      case Step.Answer answer -> answer.reply();
      case Step.Greet greet -> hello(greet.hello());
      case Step.Mail mail -> HandlerCalls.ask(session, "mail", () -> mail(mail.from()));
      case Step.Rcpt rcpt -> HandlerCalls.ask(session, "rcpt", () -> rcpt(rcpt));
      case Step.Data data ->
          new DataExchange(reader, writer, input, settings, observation, finalReplies)
              .run(session, handler, data.envelope());
      case Step.Vrfy vrfy ->
          HandlerCalls.ask(session, "vrfy", () -> handler.vrfy(session, vrfy.query()));
      case Step.Expn expn ->
          HandlerCalls.ask(session, "expn", () -> handler.expn(session, expn.list()));
      case Step.Extended extended ->
          HandlerCalls.ask(
              session,
              extended.verb(),
              () -> settings.extensions().command(session, extended.verb(), extended.argument()));
      case Step.StartTls startTls -> Replies.READY_FOR_TLS;
      case Step.Auth auth -> authenticate(auth);
    };
  }

  private Reply hello(Hello hello) {
    return HandlerCalls.ask(
        session,
        "hello",
        () -> {
          Reply reply = handler.hello(session, hello);
          if (reply != null && reply.isPositive()) {
            Session introduced = snapshot(Optional.of(hello), session.tls(), session.identity());
            machine.offer(settings.extensions().offer(introduced));
            session = introduced;
          }
          return reply;
        });
  }

  private Reply mail(MailFrom from) throws Exception {
    Optional<Reply> refusal = settings.extensions().refusal(session, from);
    return refusal.isPresent() ? refusal.get() : handler.mail(session, from);
  }

  private Reply rcpt(Step.Rcpt rcpt) throws Exception {
    Optional<Reply> refusal = settings.extensions().refusal(session, rcpt.soFar(), rcpt.to());
    return refusal.isPresent() ? refusal.get() : handler.rcpt(session, rcpt.soFar(), rcpt.to());
  }

  private Reply authenticate(Step.Auth auth) throws IOException {
    AuthExchange exchange = new AuthExchange(reader, writer, input, settings, observation);
    Reply reply = exchange.run(session, auth);
    session = snapshot(session.hello(), session.tls(), exchange.identity());
    if (session.isAuthenticated()) {
      offerAnew();
    }
    return reply;
  }

  private void offerAnew() {
    try {
      machine.offer(settings.extensions().offer(session));
    } catch (Throwable e) { // the client keeps what it was offered before
      Observation.fault(session, "the service extensions", e);
    }
  }

  /** RFC 3207 section 4: after the handshake nothing is known of the client but what TLS says. */
  private boolean shakeHands() {
    deadline.set(System.nanoTime() + Deadline.nanos(settings.timeouts().handshake()));
    try {
      session = snapshot(Optional.empty(), Optional.of(transport.startTls()), Optional.empty());
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      deadline.clear();
    }
  }

  private Session snapshot(
      Optional<Hello> hello, Optional<TlsInfo> tls, Optional<Identity> identity) {
    return new Session(session.id(), session.connection(), hello, tls, identity);
  }

  private void write(Reply reply) throws IOException {
    writer.write(reply);
    observation.reply(session, reply);
  }
}

package io.simplesmtp.transcripts;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.Hello;
import io.simplesmtp.MailFrom;
import io.simplesmtp.PerRecipient;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.auth.Identity;
import io.simplesmtp.auth.KnownWords;
import io.simplesmtp.internal.session.CredentialChecks;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Outcome;
import io.simplesmtp.server.PasswordCheck;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The application behind a transcript's server: answers as its hooks say, and notes its calls. */
final class Application implements SmtpHandler {

  private final Map<String, Hook> hooks;
  private final Map<String, String> accounts;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<String> outcomes = new CopyOnWriteArrayList<>();
  private final List<String> ends = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger faults = new AtomicInteger();

  /** What MAIL was told of the connection. */
  private volatile Optional<ConnectionInfo> sender = Optional.empty();

  Application(Transcript transcript) {
    this.hooks = transcript.hooks();
    this.accounts = transcript.passwords();
  }

  /** The calls in their order: the name of the method, and what it was given. */
  List<String> calls() {
    return calls;
  }

  /** The calls of a kind. */
  List<String> calls(String kind) {
    return calls.stream().filter(c -> kind(c).equals(kind)).toList();
  }

  /** The first word of a call. */
  static String kind(String call) {
    int end = 0;
    while (end < call.length() && Character.isLetter(call.charAt(end))) {
      end++;
    }
    return call.substring(0, end);
  }

  /** The command lines that the events told. */
  List<String> told() {
    return told;
  }

  /** {@code accepted} or {@code refused} for each transaction that came to DATA. */
  List<String> outcomes() {
    return outcomes;
  }

  /** What the events told of the ends of sessions. */
  List<String> ends() {
    return ends;
  }

  /** How many transactions it accepted. */
  int accepted() {
    return accepted.get();
  }

  /** How often a hook threw what is no reply. */
  int faults() {
    return faults.get();
  }

  @Override
  public Reply connect(Session session) {
    calls.add("connect: " + (session.isSecure() ? "tls" : "clear"));
    String client =
        session.connection().clientAddress().map(InetAddress::getHostAddress).orElse("");
    return answer("connect", client, Reply.OK);
  }

  @Override
  public Reply hello(Session session, Hello hello) {
    calls.add("hello: " + hello);
    return answer("hello", hello.name(), Reply.OK);
  }

  @Override
  public Reply mail(Session session, MailFrom from) {
    calls.add("mail: " + from);
    calls.add(
        "session: %s, %s, %s"
            .formatted(
                session.isSecure() ? "tls" : "clear",
                session.hello().map(Hello::toString).orElse("no hello"),
                session.identity().map(i -> i.name() + " by " + i.mechanism()).orElse("nobody")));
    calls.addAll(Origin.of(session.connection()));
    sender = Optional.of(session.connection());
    Reply answer = answer("mail", from.reversePath().path(), Reply.SENDER_OK);
    if (answer.isPositive() && !answer.isClosing()) {
      accepted.incrementAndGet();
    }
    return answer;
  }

  @Override
  public Reply rcpt(Session session, Envelope soFar, RcptTo to) {
    compare("rcpt", session);
    calls.add("rcpt: " + to + (to.isPostmaster() ? " (postmaster)" : ""));
    return answer("rcpt", to.mailbox().path(), Reply.RECIPIENT_OK);
  }

  @Override
  public Reply beforeData(Session session, Envelope envelope) {
    compare("beforeData", session);
    calls.add("beforeData: " + envelope);
    return answer("beforeData", "", Reply.OK);
  }

  @Override
  public DataReply data(Session session, Envelope envelope, InputStream content)
      throws IOException {
    compare("data", session);
    Hook hook = hooks.getOrDefault("data", Hook.of(Reply.OK));
    if (hook.most() == 0 || (hook.most() == Long.MAX_VALUE && hook.kind() == Hook.Kind.THROW)) {
      calls.add("data unread");
      return answer(hook);
    }
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try {
      if (hook.most() == Long.MAX_VALUE) {
        content.transferTo(octets);
      } else {
        octets.writeBytes(content.readNBytes((int) hook.most()));
      }
    } catch (IOException e) {
      calls.add("data aborted");
      throw e;
    }
    String recipients =
        envelope.recipients().stream()
            .map(to -> to.mailbox().path())
            .collect(Collectors.joining(", "));
    calls.add("data: " + Octets.of(octets.toByteArray()).quoted() + " to " + recipients);
    Reply whole = answer(hook);
    return hooks.keySet().stream().anyMatch(name -> name.startsWith("each"))
        ? each(envelope)
        : whole;
  }

  /** Notes a call in a transaction that is told of another connection than MAIL was. */
  private void compare(String call, Session session) {
    if (!sender.equals(Optional.of(session.connection()))) {
      calls.add("elsewhere: " + call + " of " + Origin.of(session.connection()));
    }
  }

  @Override
  public Reply vrfy(Session session, String query) throws Exception {
    calls.add("vrfy: " + query);
    return hooks.containsKey("vrfy " + query) || hooks.containsKey("vrfy")
        ? answer("vrfy", query, Reply.OK)
        : SmtpHandler.super.vrfy(session, query);
  }

  @Override
  public Reply expn(Session session, String list) throws Exception {
    calls.add("expn: " + list);
    return hooks.containsKey("expn " + list) || hooks.containsKey("expn")
        ? answer("expn", list, Reply.OK)
        : SmtpHandler.super.expn(session, list);
  }

  @Override
  public Reply help(Session session, String topic) {
    calls.add("help: " + topic);
    return answer("help", topic, Reply.OK);
  }

  @Override
  public Reply authenticated(Session session) {
    String name = session.identity().map(Identity::name).orElse("nobody");
    calls.add("authenticated: " + name);
    return answer("authenticated", name, Reply.OK);
  }

  @Override
  public void secured(Session session) {
    calls.add("secured: " + session.hello().map(Hello::toString).orElse("no hello"));
    notice("secured");
  }

  @Override
  public void reset(Session session, Envelope envelope) {
    calls.add("reset: " + envelope);
    notice("reset");
  }

  @Override
  public void completed(Session session, Envelope envelope, DataReply reply, Outcome outcome) {
    String told =
        reply instanceof PerRecipient each
            ? each.replies().stream().map(Reply::toString).collect(Collectors.joining(" / "))
            : reply.toString();
    calls.add("completed: " + (outcome == Outcome.REPLIED ? "" : "not replied ") + told);
    notice("completed");
  }

  @Override
  public Reply rephrase(Session session, String verb, Reply reply) {
    return answer("rephrase", (verb + " " + reply.code()).strip(), reply);
  }

  @Override
  public void closed(Session session, CloseCause cause) {
    calls.add("closed: " + cause);
  }

  /** Checks passwords against the transcript's accounts; its {@code authorize} hooks delegate. */
  private PasswordCheck passwords() {
    return new PasswordCheck() {
      @Override
      public Optional<String> verify(Session session, String user, String password) {
        calls.add("password: " + user);
        if (hooks.containsKey("password " + user)) {
          Reply unused = answer("password", user, Reply.OK);
        }
        return password.equals(accounts.get(user)) ? Optional.of(user) : Optional.empty();
      }

      @Override
      public Optional<String> authorize(Session session, String name, String authorizationId) {
        calls.add("authorize: " + name + " as " + authorizationId);
        boolean isDelegated = hooks.containsKey("authorize " + name + " " + authorizationId);
        return isDelegated || name.equals(authorizationId)
            ? Optional.of(authorizationId)
            : Optional.empty();
      }
    };
  }

  /**
   * All checks there are, against the same accounts: a password is a SCRAM credential, a secret of
   * CRAM-MD5, and an access token, too. No certificate has an owner, and everybody is a guest.
   */
  CredentialChecks checks() {
    return new CredentialChecks(
        Optional.of(passwords()),
        Optional.of((session, user, hash) -> {
          calls.add("scram: " + user);
          return account(user).map(password -> KnownWords.credential(hash, password));
        }),
        Optional.of((session, user) -> {
          calls.add("secret: " + user);
          return account(user);
        }),
        Optional.of((session, user, token) -> {
          calls.add("token: " + user);
          return account(user).filter(token::equals).map(password -> user);
        }),
        Optional.empty(),
        Optional.of((session, trace) -> {
          calls.add("anonymous: " + trace);
          return Optional.of("anonymous");
        }));
  }

  private Optional<String> account(String user) {
    return Optional.ofNullable(accounts.get(user));
  }

  ServerEvents events() {
    return new ServerEvents() {
      @Override
      public void command(Session session, String line) {
        told.add(line);
      }

      @Override
      public void accepted(Session session, Envelope envelope, long octets, Reply reply) {
        outcomes.add("accepted");
      }

      @Override
      public void refused(Session session, Envelope envelope, Reply reply) {
        outcomes.add("refused");
      }

      @Override
      public void closed(Session session, CloseCause cause) {
        ends.add(cause.toString());
      }
    };
  }

  private DataReply each(Envelope envelope) {
    PerRecipient replies =
        PerRecipient.of(envelope, to -> answer("each", to.mailbox().path(), Reply.OK));
    return hooks.containsKey("mixed") ? replies.withMixed(PerRecipient.Mixed.ACCEPT) : replies;
  }

  private void notice(String hook) {
    Reply unused = answer(hook, "", Reply.OK);
  }

  private Reply answer(String hook, String argument, Reply otherwise) {
    Hook general = hooks.getOrDefault(hook, Hook.of(otherwise));
    return answer(hooks.getOrDefault(hook + " " + argument, general));
  }

  private Reply answer(Hook hook) {
    if (hook.kind() == Hook.Kind.THROW) {
      faults.incrementAndGet();
    }
    return hook.answer();
  }
}

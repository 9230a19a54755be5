package io.simplesmtp.server;

import io.simplesmtp.Envelope;
import io.simplesmtp.Hello;
import io.simplesmtp.Reply;
import io.simplesmtp.internal.session.LogLimit;
import io.simplesmtp.internal.session.LogLine;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Logs one line for each session and each message, as programs read it: a name, and {@code
 * key=value} for each thing known.
 *
 * <pre>{@code
 * SmtpServer server = SmtpServer.builder()
 *     .listen(Listener.smtp(25))
 *     .events(new EventLog())
 *     .handler(handler)
 *     .start();
 * }</pre>
 *
 * <p>Each accepted message has its line. Of each other kind, which clients can cause for nothing,
 * 1000 lines are logged at once and 100 a second after them; {@code left-out event=NAME lines=N}
 * stands in the place of what was not. No kind hides another. What clients send is escaped. What
 * they say to each other is logged by {@code io.simplesmtp.dialogue} at debug level.
 *
 * <p>Safe for use by any thread; one serves one server or several.
 */
public final class EventLog implements ServerEvents {

  private static final int BURST = 1000;
  private static final int PER_SECOND = 100;

  /** Recipients that are named. */
  private static final int NAMED = 3;

  /** What a session has come to so far. Used by its thread alone. */
  private static final class Count {
    private final long begin = System.nanoTime();
    private int accepted;
    private int refused;
  }

  private final Consumer<String> log;
  private final Map<String, LogLimit> limits = new ConcurrentHashMap<>();
  private final Map<String, Count> open = new ConcurrentHashMap<>();

  /** Logs by {@link System.Logger}, to {@code io.simplesmtp.events} at info level. */
  public EventLog() {
    System.Logger logger = System.getLogger("io.simplesmtp.events");
    this.log = line -> logger.log(Level.INFO, line);
  }

  /**
   * Logs somewhere else.
   *
   * @param log takes a line without its end; called by many threads, and holds up their clients
   */
  public EventLog(Consumer<String> log) {
    this.log = Objects.requireNonNull(log, "log");
  }

  @Override
  public void turnedAway(ConnectionInfo connection, Reply reply) {
    limited(line("turned-away", connection).with("reply", reply));
  }

  @Override
  public void connected(Session session) {
    open.put(session.id(), new Count());
  }

  @Override
  public void handshakeFailed(Session session, String reason) {
    limited(line("handshake-failed", session).with("reason", reason));
  }

  @Override
  public void authenticationFailed(Session session, String mechanism, Reply reply) {
    limited(line("auth-failed", session).with("mechanism", mechanism).with("reply", reply));
  }

  @Override
  public void accepted(Session session, Envelope envelope, long octets, Reply reply) {
    Count count = open.get(session.id());
    if (count != null) {
      count.accepted++;
    }
    log.accept(message("accepted", session, envelope, reply).with("octets", octets).toString());
  }

  @Override
  public void refused(Session session, Envelope envelope, Reply reply) {
    Count count = open.get(session.id());
    if (count != null) {
      count.refused++;
    }
    limited(message("refused", session, envelope, reply));
  }

  @Override
  public void closed(Session session, CloseCause cause) {
    Count count = open.remove(session.id());
    limited(closing(session, cause, count == null ? new Count() : count));
  }

  private static LogLine closing(Session session, CloseCause cause, Count count) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - count.begin);
    LogLine line = line("session", session);
    session.hello().map(Hello::name).ifPresent(name -> line.with("hello", name));
    session.tls().map(TlsInfo::protocol).ifPresent(tls -> line.with("tls", tls));
    session.identity().ifPresent(who -> line.with("user", who.name()));
    return line.with("accepted", count.accepted)
        .with("refused", count.refused)
        .with("millis", millis)
        .with("end", cause);
  }

  private static LogLine message(String what, Session session, Envelope envelope, Reply reply) {
    String named =
        envelope.recipients().stream()
            .limit(NAMED)
            .map(to -> to.mailbox().path())
            .collect(Collectors.joining(","));
    return line(what, session)
        .with("message", envelope.id())
        .with("from", envelope.reversePath().path())
        .with("to", named)
        .with("recipients", envelope.recipients().size())
        .with("reply", reply);
  }

  private static LogLine line(String event, Session session) {
    return about(new LogLine(event).with("session", session.id()), session.connection());
  }

  private static LogLine line(String event, ConnectionInfo connection) {
    return about(new LogLine(event), connection);
  }

  private static LogLine about(LogLine line, ConnectionInfo connection) {
    @Nullable Object port =
        connection.server() instanceof InetSocketAddress inet ? inet.getPort() : "local";
    return line.with(
            "client", connection.clientAddress().map(InetAddress::getHostAddress).orElse("local"))
        .with("port", port);
  }

  private void limited(LogLine line) {
    long now = System.nanoTime();
    LogLimit limit =
        limits.computeIfAbsent(line.event(), event -> new LogLimit(BURST, PER_SECOND, now));
    OptionalLong leftOut = limit.next(now);
    if (leftOut.isPresent()) {
      if (leftOut.getAsLong() > 0) {
        LogLine before = new LogLine("left-out").with("event", line.event());
        log.accept(before.with("lines", leftOut.getAsLong()).toString());
      }
      log.accept(line.toString());
    }
  }
}

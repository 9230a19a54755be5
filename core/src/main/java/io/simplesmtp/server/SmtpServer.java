package io.simplesmtp.server;

import io.simplesmtp.auth.SaslMechanism;
import io.simplesmtp.internal.server.Engine;
import io.simplesmtp.internal.server.LocalHostname;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A running SMTP server.
 *
 * <pre>{@code
 * try (var server = SmtpServer.start(2525, (session, envelope, content) -> {
 *   System.out.println(envelope + ", " + content.readAllBytes().length + " bytes");
 *   return Reply.OK;
 * })) {
 *   server.awaitClosed();
 * }
 * }</pre>
 *
 * <p>Safe for use by any thread.
 */
public final class SmtpServer implements AutoCloseable {

  private static final Duration BRIEFLY = Duration.ofSeconds(1);

  private final Engine engine;

  SmtpServer(Engine engine) {
    this.engine = engine;
  }

  /**
   * Starts a server with all defaults on all local addresses.
   *
   * @param port 0 takes a free one
   * @throws IOException if the port cannot be bound
   */
  public static SmtpServer start(int port, SmtpHandler handler) throws IOException {
    return builder().listen(Listener.smtp(port)).handler(handler).start();
  }

  /** A server to be configured. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The name of this machine as its system tells it, without a look-up; {@code localhost} if that
   * is no domain. A builder that is given no hostname takes this one.
   */
  public static String localHostname() {
    return LocalHostname.find();
  }

  /** The addresses it listens on, with their real ports, in the order of the listeners. */
  public List<SocketAddress> addresses() {
    return engine.addresses();
  }

  /**
   * The port of the first listener.
   *
   * @throws IllegalStateException if it has none
   */
  public int port() {
    return port(0);
  }

  /**
   * The port of a listener.
   *
   * @param listener its place among the listeners, the first being 0
   * @throws IndexOutOfBoundsException if there is no such listener
   * @throws IllegalStateException if it listens on something else than a port
   */
  public int port(int listener) {
    if (addresses().get(listener) instanceof InetSocketAddress inet) {
      return inet.getPort();
    }
    throw new IllegalStateException("No port: " + addresses().get(listener));
  }

  /**
   * What the sessions of all clients do just now, the oldest first. It takes some time for each,
   * and holds up none of them.
   */
  public List<SessionSnapshot> sessions() {
    return engine.sessions();
  }

  /**
   * How much memory the clients take now, in octets as {@link Builder#memory} counts them; none
   * when all have gone.
   */
  public long memory() {
    return engine.memory();
  }

  /**
   * Closes the server in order: nothing is accepted any more, a session that waits for a command
   * gets 421 4.3.2 at once, a busy one finishes its command or message first. Blocks until all are
   * over. What is not over by the end of the patience is cut, its handler interrupted; the client
   * has no final reply and sends its message again.
   *
   * <p>Of several calls the shortest patience counts, and all return when the server is closed. A
   * handler that calls this is cut itself when patience ends.
   *
   * @param patience how long to wait; zero cuts at once
   * @return the sessions that were cut; empty if there were none or another call came first
   * @throws InterruptedException if the calling thread was interrupted, which ends the patience:
   *     the server is closed all the same
   */
  public List<Session> shutdown(Duration patience) throws InterruptedException {
    return engine.shutdown(patience);
  }

  /** Closes the server as {@link #shutdown} does, with a second of patience. */
  @Override
  public void close() {
    try {
      shutdown(BRIEFLY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Blocks until the server is closed by another thread. */
  public void awaitClosed() throws InterruptedException {
    engine.awaitClosed();
  }

  /**
   * The settings of a server to be. Nothing is judged before {@link #start}, which reports all
   * faults together.
   *
   * <pre>{@code
   * SmtpServer server = SmtpServer.builder()
   *     .hostname("mx.example.org")
   *     .listen(Listener.smtp(25))
   *     .tls(TlsConfig.selfSigned("mx.example.org"))
   *     .handler(handler)
   *     .start();
   * }</pre>
   *
   * <p>For one thread; may be started more than once.
   */
  public static final class Builder {

    private final ServerPlan plan = new ServerPlan();

    private Builder() {}

    /**
     * The server's own name: a domain or an address literal. It stands in the greeting, in the
     * answer to EHLO and in 421 replies. Default: the name of this machine, without a look-up.
     */
    public Builder hostname(String value) {
      plan.hostname = value;
      return this;
    }

    /** What stands in the greeting after {@code 220 HOSTNAME ESMTP}. Default: nothing. */
    public Builder banner(String value) {
      plan.banner = value;
      return this;
    }

    /** Adds an endpoint. At least one is needed. */
    public Builder listen(Listener listener) {
      plan.listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /** Where the certificate comes from. Default: none, and no TLS. */
    public Builder tls(TlsConfig value) {
      plan.tls = value;
      return this;
    }

    /** Who checks passwords, for PLAIN and LOGIN. Default: nobody. */
    public Builder passwords(PasswordCheck value) {
      plan.auth.passwords = value;
      return this;
    }

    /** Where stored credentials are found, for SCRAM. Default: nowhere. */
    public Builder scram(ScramCheck value) {
      plan.auth.scram = value;
      return this;
    }

    /** Where passwords are found in clear, for CRAM-MD5. Default: nowhere. */
    public Builder secrets(SecretCheck value) {
      plan.auth.secrets = value;
      return this;
    }

    /** Who checks access tokens, for OAUTHBEARER and XOAUTH2. Default: nobody. */
    public Builder tokens(TokenCheck value) {
      plan.auth.tokens = value;
      return this;
    }

    /**
     * Who names the owners of client certificates, for EXTERNAL; needs {@link
     * TlsConfig#withClientCertificates}. Default: nobody.
     */
    public Builder certificates(CertificateCheck value) {
      plan.auth.certificates = value;
      return this;
    }

    /**
     * Who lets clients in without a name, for ANONYMOUS; not together with a listener that requires
     * AUTH. Default: nobody.
     */
    public Builder anonymous(AnonymousCheck value) {
      plan.auth.anonymous = value;
      return this;
    }

    /**
     * The names of the SASL mechanisms that AUTH may offer, in their order. A client is offered
     * those of them that the client's connection allows; a standard one needs its check of
     * credentials. Default: all that the server's checks allow, the strongest first.
     */
    public Builder mechanisms(String... names) {
      plan.auth.names = Optional.of(List.of(names));
      return this;
    }

    /**
     * Adds SASL mechanisms to those of the library, before them; one with the name of such a one
     * takes its place. Default: none.
     */
    public Builder mechanism(SaslMechanism... values) {
      plan.auth.own.addAll(List.of(values));
      return this;
    }

    /** Adds service extensions to those that are always on. Default: none. */
    public Builder extensions(Extension... values) {
      plan.extensions.addAll(List.of(values));
      return this;
    }

    /** The bounds. Default: {@link Limits#DEFAULT}. */
    public Builder limits(Limits value) {
      plan.bounds.limits = value;
      return this;
    }

    /** How many clients are let in. Default: {@link Admission#DEFAULT}. */
    public Builder admission(Admission value) {
      plan.bounds.admission = value;
      return this;
    }

    /**
     * How much memory the clients of this server may take together, in octets as it counts them:
     * for sessions, buffers and open mail transactions. Past it a new client gets 421 in the place
     * of the greeting, and MAIL and RCPT get 452 4.3.1 (RFC 5321 section 4.2.2), until there is
     * less; what has begun goes on. Past it by a quarter, and at least 1 MiB, a session that needs
     * another buffer is closed with 421. What a handler keeps is its own affair. At least 1.
     * Default: half of the largest heap that Java may take.
     */
    public Builder memory(long octets) {
      plan.bounds.memory = octets;
      return this;
    }

    /**
     * Takes the place of {@link Limits#messageSize} among the server's limits, in whatever order
     * they are given. A listener that has limits of its own keeps its own size.
     */
    public Builder maxMessageSize(long octets) {
      plan.bounds.maxMessageSize = OptionalLong.of(octets);
      return this;
    }

    /** The timeouts. Default: {@link Timeouts#DEFAULT}. */
    public Builder timeouts(Timeouts value) {
      plan.bounds.timeouts = value;
      return this;
    }

    /** The observer. Default: none. */
    public Builder events(ServerEvents value) {
      plan.events = value;
      return this;
    }

    /**
     * Adds policies, which are asked in their order before the handler of each session, each one
     * once. Default: none.
     */
    public Builder policies(SmtpPolicy... values) {
      plan.answers.policies.addAll(List.of(values));
      return this;
    }

    /** What answers the clients, shared by all sessions; the last one that was given counts. */
    public Builder handler(SmtpHandler value) {
      Objects.requireNonNull(value, "handler");
      plan.answers.handlers = session -> value;
      return this;
    }

    /**
     * Gives each session a handler of its own, which then is called by one thread at a time. The
     * function is called once for each session, at its begin, on the session's thread: before
     * STARTTLS, AUTH and XCLIENT, after which the session of each call tells who the client is.
     * Takes the place of a {@link #handler} that was given before, as that does of this.
     */
    public Builder handlerPerSession(Function<Session, SmtpHandler> value) {
      plan.answers.handlers = value;
      return this;
    }

    /**
     * Binds all listeners and serves.
     *
     * @throws IllegalStateException if settings are missing or contradict each other; the message
     *     names all of them
     * @throws IOException if an address cannot be bound; then none is
     */
    public SmtpServer start() throws IOException {
      return new SmtpServer(new Engine(plan.endpoints()));
    }
  }
}

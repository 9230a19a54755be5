package io.simplesmtp.server.policy;

import io.simplesmtp.MailFrom;
import io.simplesmtp.Reply;
import io.simplesmtp.auth.Identity;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpPolicy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Bounds how many messages come from each client or user in a time: 451 4.7.1 to a MAIL too many.
 *
 * <pre>{@code
 * SmtpPolicy strangers = MessageRate.ofClients(100, Duration.ofHours(1));
 * SmtpPolicy users = MessageRate.ofUsers(1000, Duration.ofDays(1));
 * }</pre>
 *
 * <p>It is a token bucket: so many messages at once, and then as many as come back with the time,
 * evenly. A MAIL counts, whatever becomes of it. Of 65,536 clients that sent within the time each
 * has a bucket of its own; while there are more, all others share one. So the memory is bounded,
 * and nobody gets a fresh bucket by using many addresses. Nothing survives a restart.
 *
 * <p>Safe for use by any thread; one server has one, or several servers share one.
 */
public final class MessageRate implements SmtpPolicy {

  private static final Reply TOO_MANY =
      Reply.of(451, "4.7.1", "Too many messages, try again later");
  private static final int IPV6_SITE = 8;

  private final Function<Session, Optional<String>> key;
  private final Buckets buckets;

  /** For tests, which bring their own time. */
  MessageRate(Function<Session, Optional<String>> key, Buckets buckets) {
    this.key = key;
    this.buckets = buckets;
  }

  /**
   * Counts by a key of your own.
   *
   * @param key what is counted together; empty is not counted. Keys should be short: they are held
   * @param messages at least 1, at most a million
   * @param per at least a millisecond, at most a year
   */
  public static MessageRate of(
      Function<Session, Optional<String>> key, int messages, Duration per) {
    LongSupplier clock = System::nanoTime;
    return new MessageRate(key, new Buckets(messages, per, Buckets.MOST, clock));
  }

  /**
   * Counts clients that have not authenticated, those of ANONYMOUS among them: each IPv4 address,
   * each IPv6 network of 64 bits, and all clients of Unix-domain sockets together.
   *
   * @param messages at least 1, at most a million
   * @param per at least a millisecond, at most a year
   */
  public static MessageRate ofClients(int messages, Duration per) {
    return of(
        session ->
            session.isAuthenticated()
                ? Optional.empty()
                : Optional.of(
                    session.connection().clientAddress().map(MessageRate::site).orElse("")),
        messages,
        per);
  }

  /**
   * Counts users that have authenticated, wherever they come from.
   *
   * @param messages at least 1, at most a million
   * @param per at least a millisecond, at most a year
   */
  public static MessageRate ofUsers(int messages, Duration per) {
    return of(session -> session.identity().map(Identity::name), messages, per);
  }

  @Override
  public Optional<Reply> mail(Session session, MailFrom from) {
    Optional<String> counted = key.apply(session);
    return counted.isEmpty() || buckets.take(counted.get())
        ? Optional.empty()
        : Optional.of(TOO_MANY);
  }

  private static String site(InetAddress address) {
    byte[] octets = address.getAddress();
    return HexFormat.of().formatHex(Arrays.copyOf(octets, Math.min(octets.length, IPV6_SITE)));
  }
}

package io.simplesmtp.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * One endpoint of a server and the rules of the sessions that come in there.
 *
 * <pre>{@code
 * Listener mx = Listener.smtp(25);
 * Listener local = Listener.smtp(new InetSocketAddress("127.0.0.1", 2525)).withTls(Tls.NONE);
 * Listener submission = Listener.submission(587).withLimits(Limits.DEFAULT.withRecipients(50));
 * Listener delivery = Listener.lmtp(UnixDomainSocketAddress.of("/run/mail/lmtp"));
 * Listener given = Listener.lmtp(Listener.INHERITED);
 * }</pre>
 *
 * <p>A Unix-domain socket is open to those who may enter its folder and are its owner or of its
 * group ({@code rw-rw----}). One that a dead server left is replaced; a file, or the socket of a
 * server that lives, is not, and the server does not start. It is removed when the server closes.
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param address where it listens: an {@link java.net.InetSocketAddress}, whose port 0 takes a free
 *     one, which {@link SmtpServer#addresses()} tells; a {@link java.net.UnixDomainSocketAddress};
 *     or {@link #INHERITED}
 * @param protocol what is spoken
 * @param tls when it encrypts
 * @param auth when it authenticates
 * @param isAuthWithoutTls whether AUTH is offered and accepted in clear, where everybody on the way
 *     can read the password
 * @param isLenient whether commands may be written as some devices do: spaces around the colon and
 *     the path, no angle brackets, underscores in domains, more words after the name in HELO
 * @param limits its own bounds, or empty for the server's
 * @param timeouts its own timeouts, or empty for the server's
 * @param admission its own bounds of connections, which hold besides the server's
 * @param trust which hosts may speak for others
 */
public record Listener(
    SocketAddress address,
    Protocol protocol,
    Tls tls,
    Auth auth,
    boolean isAuthWithoutTls,
    boolean isLenient,
    Optional<Limits> limits,
    Optional<Timeouts> timeouts,
    Optional<Admission> admission,
    Trust trust) {

  /**
   * The address of the socket that the process was given as its standard input, by systemd with
   * {@code StandardInput=socket} or by inetd ({@link System#inheritedChannel}). If that listens, it
   * is served like one of the server's own, but stays open after it, so that another server can
   * serve it. If it is connected to a client, this client is served, and when no client is left the
   * server closes. One listener of a server can have it.
   */
  public static final SocketAddress INHERITED = new Inherited();

  /** Mail exchange on all local addresses: STARTTLS and AUTH are offered. */
  public static Listener smtp(int port) {
    return smtp(new InetSocketAddress(port));
  }

  /** Mail exchange: STARTTLS and AUTH are offered where the server can. */
  public static Listener smtp(SocketAddress address) {
    return of(address, Tls.OFFERED, Auth.OFFERED);
  }

  /**
   * Local delivery by LMTP (RFC 2033): each recipient gets a reply of its own to the mail data.
   * STARTTLS and AUTH are offered where the server can.
   *
   * @param address not port 25, which is SMTP's (RFC 2033 section 5)
   */
  public static Listener lmtp(SocketAddress address) {
    return smtp(address).withProtocol(Protocol.LMTP);
  }

  /** Submission on all local addresses, usually port 587. */
  public static Listener submission(int port) {
    return submission(new InetSocketAddress(port));
  }

  /** Submission: STARTTLS and AUTH are required (RFC 6409, RFC 8314 section 3.3). */
  public static Listener submission(SocketAddress address) {
    return of(address, Tls.REQUIRED, Auth.REQUIRED);
  }

  /** Submission under TLS on all local addresses, usually port 465. */
  public static Listener submissions(int port) {
    return submissions(new InetSocketAddress(port));
  }

  /** Submission under TLS from the first octet; AUTH is required (RFC 8314 section 7.3). */
  public static Listener submissions(SocketAddress address) {
    return of(address, Tls.IMPLICIT, Auth.REQUIRED);
  }

  /** This listener with another {@code protocol}. */
  public Listener withProtocol(Protocol value) {
    return new Listener(
        address, value, tls, auth, isAuthWithoutTls, isLenient, limits, timeouts, admission, trust);
  }

  /** This listener with another {@code tls}. */
  public Listener withTls(Tls value) {
    return new Listener(
        address,
        protocol,
        value,
        auth,
        isAuthWithoutTls,
        isLenient,
        limits,
        timeouts,
        admission,
        trust);
  }

  /** This listener with another {@code auth}. */
  public Listener withAuth(Auth value) {
    return new Listener(
        address,
        protocol,
        tls,
        value,
        isAuthWithoutTls,
        isLenient,
        limits,
        timeouts,
        admission,
        trust);
  }

  /** This listener with another {@code isAuthWithoutTls}. */
  public Listener withAuthWithoutTls(boolean value) {
    return new Listener(
        address, protocol, tls, auth, value, isLenient, limits, timeouts, admission, trust);
  }

  /** This listener with another {@code isLenient}. */
  public Listener withLenient(boolean value) {
    return new Listener(
        address, protocol, tls, auth, isAuthWithoutTls, value, limits, timeouts, admission, trust);
  }

  /** This listener with its own {@code limits}. */
  public Listener withLimits(Limits value) {
    return new Listener(
        address,
        protocol,
        tls,
        auth,
        isAuthWithoutTls,
        isLenient,
        Optional.of(value),
        timeouts,
        admission,
        trust);
  }

  /** This listener with its own {@code timeouts}. */
  public Listener withTimeouts(Timeouts value) {
    return new Listener(
        address,
        protocol,
        tls,
        auth,
        isAuthWithoutTls,
        isLenient,
        limits,
        Optional.of(value),
        admission,
        trust);
  }

  /** This listener with its own {@code admission}. */
  public Listener withAdmission(Admission value) {
    return new Listener(
        address,
        protocol,
        tls,
        auth,
        isAuthWithoutTls,
        isLenient,
        limits,
        timeouts,
        Optional.of(value),
        trust);
  }

  /** This listener with another {@code trust}. */
  public Listener withTrust(Trust value) {
    return new Listener(
        address,
        protocol,
        tls,
        auth,
        isAuthWithoutTls,
        isLenient,
        limits,
        timeouts,
        admission,
        value);
  }

  /** Equal to itself alone. */
  private static final class Inherited extends SocketAddress {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      return "the inherited socket";
    }
  }

  private static Listener of(SocketAddress address, Tls tls, Auth auth) {
    return new Listener(
        address,
        Protocol.SMTP,
        tls,
        auth,
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Trust.NOBODY);
  }
}

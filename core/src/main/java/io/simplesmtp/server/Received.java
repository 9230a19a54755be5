package io.simplesmtp.server;

import io.simplesmtp.AddressLiteral;
import io.simplesmtp.Domain;
import io.simplesmtp.Envelope;
import io.simplesmtp.Hello;
import io.simplesmtp.Host;
import io.simplesmtp.Mailbox;
import io.simplesmtp.ReversePath;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The Received field that a server puts before the content of a message it takes (RFC 5321 section
 * 4.4), with the protocol names of RFC 3848 and RFC 6531 section 4.3, and the {@code tls} clause of
 * RFC 8314 section 4.3.
 *
 * <pre>{@code
 * SmtpHandler handler = (session, envelope, content) -> {
 *   Received received =
 *       new Received(session, envelope, Host.parse("mx.example.org"), Instant.now());
 *   System.out.print(Received.returnPath(envelope.reversePath()) + received.field());
 *   return Reply.OK;
 * };
 * }</pre>
 *
 * <p>A client can write what it likes into HELO and EHLO. Only a domain and the literal of an IP
 * address are taken over as they are; anything else stands as a comment, escaped, behind the
 * address that the client really has. The field is UTF-8, and other than ASCII only if the client
 * asked for SMTPUTF8.
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param session the client's session
 * @param envelope the transaction; its id becomes the field's, and a sole recipient its {@code
 *     for}: of several none is named, as each would learn of another (RFC 5321 section 7.2)
 * @param by the server's own name
 * @param at when the message came; written in UTC
 */
public record Received(Session session, Envelope envelope, Host by, Instant at) {

  private static final String FOLD = "\r\n\t";

  /** So that no line gets over 998 octets (RFC 5322 section 2.1.1). */
  private static final int LONGEST_FOR = 900;

  private static final Pattern CIPHER = Pattern.compile("TLS_[A-Z0-9_]{1,100}");

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

  /**
   * Checks the envelope's id.
   *
   * @throws IllegalArgumentException if the id has other characters than letters, digits and
   *     hyphens
   */
  public Received {
    boolean isAtom = envelope.id().chars().allMatch(c -> isLetterOrDigit(c) || c == '-');
    if (!isAtom || envelope.id().isEmpty()) {
      throw new IllegalArgumentException("An envelope's id is letters, digits and hyphens");
    }
  }

  /**
   * The Return-Path field, which the server that makes the final delivery puts before all others
   * (RFC 5321 section 4.4), with its CR LF.
   */
  public static String returnPath(ReversePath path) {
    return "Return-Path: " + path.path() + "\r\n";
  }

  /** The field on folded lines, each with its CR LF. */
  public String field() {
    Optional<AddressLiteral> client = session.connection().clientAddress().map(AddressLiteral::of);
    StringBuilder field = new StringBuilder("Received: from ");
    appendClient(field, client.map(AddressLiteral::toString).orElse(elsewhere()));
    field.append(FOLD).append("by ").append(ascii(by)).append(" with ").append(protocol());
    session.tls().ifPresent(tls -> appendComment(field, tls.protocol()));
    field.append(FOLD).append("id ").append(envelope.id());
    soleRecipient().ifPresent(to -> field.append(FOLD).append("for ").append(to.path()));
    session.tls().ifPresent(tls -> appendCipher(field, tls.cipherSuite()));
    return field.append(";").append(FOLD).append(DATE.format(at)).append("\r\n").toString();
  }

  /**
   * The name of the protocol that the message came by, such as {@code SMTP}, {@code ESMTPSA},
   * {@code UTF8SMTPS} or {@code LMTP}. HELO has one name alone, also under TLS.
   */
  public String protocol() {
    boolean isUtf8 = envelope.mailFrom().isSmtpUtf8();
    boolean isLmtp = session.connection().listener().protocol() == Protocol.LMTP;
    if (!isLmtp && !isUtf8 && !session.hello().map(Hello::isExtended).orElse(false)) {
      return "SMTP";
    }
    String name = isLmtp ? "LMTP" : isUtf8 ? "SMTP" : "ESMTP";
    return (isUtf8 ? "UTF8" : "")
        + name
        + (session.isSecure() ? "S" : "")
        + (session.isAuthenticated() ? "A" : "");
  }

  @Override
  public String toString() {
    return field();
  }

  /** A client without an address is on this machine, unless its proxy did not tell the address. */
  private String elsewhere() {
    return session.connection().client() instanceof InetSocketAddress ? "unknown" : "localhost";
  }

  /** {@code Extended-Domain}, and what the client called itself if that is none. */
  private void appendClient(StringBuilder field, String address) {
    Optional<String> name = session.hello().map(Hello::name);
    Optional<Host> host = session.hello().flatMap(Hello::host).filter(Received::isPlain);
    field.append(host.map(Host::toString).orElse(address));
    field.append(" (").append(address).append(")");
    if (host.isEmpty() && name.isPresent()) {
      appendComment(field.append(FOLD), name.get());
    }
  }

  /** Brackets of other literals may hold parentheses, which not every reader takes for text. */
  private static boolean isPlain(Host host) {
    return switch (host) {
      case Domain domain -> domain.isAscii();
      case AddressLiteral literal -> literal.address().isPresent();
    };
  }

  /** {@code comment} of RFC 5322 section 3.2.2: parentheses and backslashes are quoted in it. */
  private static void appendComment(StringBuilder field, String text) {
    field.append(field.charAt(field.length() - 1) == '\t' ? "(" : " (");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(' || c == ')' || c == '\\') {
        field.append('\\');
      }
      field.append(c >= ' ' && c <= '~' ? c : '?');
    }
    field.append(')');
  }

  /** {@code tls-received-clause} of RFC 8314 section 4.3: a registered name, or a comment. */
  private static void appendCipher(StringBuilder field, String suite) {
    String name = suite.startsWith("SSL_") ? "TLS_" + suite.substring(4) : suite; // as JSSE has it
    if (CIPHER.matcher(name).matches()) {
      field.append(FOLD).append("tls ").append(name);
    } else {
      appendComment(field, suite);
    }
  }

  private Optional<Mailbox> soleRecipient() {
    if (envelope.recipients().size() != 1) {
      return Optional.empty();
    }
    Mailbox to = envelope.recipients().get(0).mailbox();
    boolean fits = to.path().getBytes(StandardCharsets.UTF_8).length <= LONGEST_FOR;
    return fits && (to.isAscii() || envelope.mailFrom().isSmtpUtf8())
        ? Optional.of(to)
        : Optional.empty();
  }

  private static String ascii(Host host) {
    return host instanceof Domain domain ? domain.toAscii() : host.toString();
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}

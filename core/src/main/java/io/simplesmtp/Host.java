package io.simplesmtp;

/**
 * What stands after the {@code @} of a mailbox: a domain, or the literal address of a host (RFC
 * 5321 section 4.1.2).
 *
 * <pre>{@code
 * String text = switch (Host.parse("[192.0.2.1]")) {
 *   case Domain domain -> "look up " + domain;
 *   case AddressLiteral literal -> "connect to " + literal;
 * };
 * }</pre>
 *
 * <p>The order is that of {@link #canonical}, and consistent with equals. Immutable and safe for
 * use by any thread.
 */
public sealed interface Host extends Comparable<Host> permits Domain, AddressLiteral {

  /**
   * Reads a host as it is written in a path, such as {@code example.org} or {@code [192.0.2.1]}.
   *
   * @throws IllegalArgumentException if the text is neither a domain nor an address literal
   */
  static Host parse(String text) {
    return text.startsWith("[") ? AddressLiteral.parse(text) : new Domain(text);
  }

  /**
   * The form in which all equal hosts are written alike, and others are not: a domain with A-labels
   * in lower case, the address of a literal in the form of {@link java.net.InetAddress}.
   */
  String canonical();

  @Override
  default int compareTo(Host other) {
    return canonical().compareTo(other.canonical());
  }

  /** The host as it is written in a path, with the brackets of a literal. */
  @Override
  String toString();
}

package io.simplesmtp;

import java.util.Optional;

/**
 * How a client introduced itself: HELO or EHLO and a name (RFC 5321 section 4.1.1.1), or LHLO (RFC
 * 2033 section 4.1).
 *
 * <pre>{@code
 * boolean isExtended = session.hello().filter(Hello::isExtended).isPresent();
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param keyword the command that was used
 * @param name the argument: printable ASCII without spaces; clients send all sorts of things here,
 *     so it proves nothing
 */
public record Hello(Keyword keyword, String name) {

  /** The commands. */
  public enum Keyword {
    /** The original command: no service extensions. */
    HELO,
    /** The command that asks for service extensions. */
    EHLO,
    /** EHLO under the name that LMTP has for it. */
    LHLO
  }

  /** Whether the client asked for service extensions. */
  public boolean isExtended() {
    return keyword != Keyword.HELO;
  }

  /** The name as a domain or address literal, or empty if it is neither. */
  public Optional<Host> host() {
    try {
      return Optional.of(Host.parse(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Such as {@code EHLO client.example.org}. */
  @Override
  public String toString() {
    return keyword + " " + name;
  }
}

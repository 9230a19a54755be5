package io.simplesmtp.internal.server;

import io.simplesmtp.Domain;
import java.util.Locale;
import java.util.Optional;

/**
 * A certificate, and for which host name it is shown.
 *
 * @param name in lower case and A-labels, a wildcard with {@code *.} in front; empty for the
 *     default
 */
public record NamedCredential(Optional<String> name, Renewable<Credential> credential) {

  private static final String WILDCARD = "*.";

  /** The certificate of whoever asks for no name, or for an unknown one. */
  static NamedCredential byDefault(Renewable<Credential> credential) {
    return new NamedCredential(Optional.empty(), credential);
  }

  /**
   * The same certificate under a name.
   *
   * @throws IllegalArgumentException if it is neither a domain nor a wildcard of one label
   */
  public NamedCredential named(String newName) {
    String prefix = newName.startsWith(WILDCARD) ? WILDCARD : "";
    String ascii = new Domain(newName.substring(prefix.length())).toAscii();
    return new NamedCredential(Optional.of(prefix + ascii.toLowerCase(Locale.ROOT)), credential);
  }

  /** Whether a handshake could not tell which of the two to choose. */
  public boolean collidesWith(NamedCredential other) {
    return name.equals(other.name)
        && credential.value().keyType().equals(other.credential.value().keyType());
  }
}

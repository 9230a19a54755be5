package io.simplesmtp;

/**
 * The null reverse-path {@code <>}: the sender of bounces and notices, to whom nothing must be sent
 * back (RFC 5321 section 4.5.5).
 *
 * <pre>{@code
 * boolean isBounce = envelope.reversePath().equals(ReversePath.NULL);
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 */
public record NullPath() implements ReversePath {

  @Override
  public String path() {
    return "<>";
  }

  @Override
  public boolean isAscii() {
    return true;
  }

  @Override
  public String toString() {
    return "<>";
  }
}

package io.simplesmtp.server;

/**
 * When a listener authenticates its clients (RFC 4954).
 *
 * <pre>{@code
 * Listener local = Listener.smtp(2525).withAuth(Auth.NONE);
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 */
public enum Auth {
  /** Never; AUTH is not offered. */
  NONE,
  /** If the client wants; offered if the server can check any credentials. */
  OFFERED,
  /** Before mail; without it MAIL is refused with 530 5.7.0. */
  REQUIRED
}

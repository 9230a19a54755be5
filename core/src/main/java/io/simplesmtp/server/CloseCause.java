package io.simplesmtp.server;

/**
 * Why a session came to its end.
 *
 * <pre>{@code
 * ServerEvents rude = new ServerEvents() {
 *   @Override public void closed(Session session, CloseCause cause) {
 *     if (cause == CloseCause.CLIENT_GONE) {
 *       System.out.println(session.id() + " said no QUIT");
 *     }
 *   }
 * };
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 */
public enum CloseCause {
  /** The client said QUIT. */
  QUIT,
  /** The server answered 421: a bound was passed, or the handler said so. */
  REFUSED,
  /** The client closed or reset the connection. */
  CLIENT_GONE,
  /** The client was slower than {@link Timeouts} allow. */
  TIMEOUT,
  /** The TLS handshake failed, or commands were sent in clear behind STARTTLS. */
  TLS_FAILURE,
  /** The server shut down. */
  SHUTDOWN,
  /** A fault in the server, which is logged. */
  FAULT
}

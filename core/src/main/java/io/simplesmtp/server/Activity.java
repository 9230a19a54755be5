package io.simplesmtp.server;

/**
 * What a session does at a moment.
 *
 * <pre>{@code
 * long stuck = server.sessions().stream()
 *     .filter(s -> s.activity() == Activity.HANDLER && s.lasting().toSeconds() > 10)
 *     .count();
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 */
public enum Activity {
  /** It waits for a TLS handshake, or for the PROXY header of a trusted proxy. */
  HANDSHAKE,
  /** It waits for a command, or for the rest of one. */
  COMMAND,
  /** It waits for mail data. */
  DATA,
  /** It waits for the client to take replies. */
  REPLY,
  /**
   * It waits by itself: {@link Timeouts#greetingDelay}, {@link Timeouts#errorDelay}, or a delay of
   * AUTH.
   */
  DELAY,
  /** It works: in the handler, a policy, a check of credentials or an observer. */
  HANDLER,
  /** It says its last reply and closes. */
  CLOSING
}

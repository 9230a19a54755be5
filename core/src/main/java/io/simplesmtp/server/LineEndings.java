package io.simplesmtp.server;

/**
 * What a server does with a bare CR, a bare LF or a NUL in mail data (RFC 5321 sections 2.3.8 and
 * 4.1.1.4). Whatever the choice, only CR LF . CR LF ends the data.
 *
 * <pre>{@code
 * Limits lax = Limits.DEFAULT.withLineEndings(LineEndings.VERBATIM);
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 */
public enum LineEndings {
  /** The message is refused with 554 5.6.0 after its end; a handler never sees its end. */
  STRICT,
  /**
   * The octets are let through as they are. Who hands such a message on to another server may let
   * it be read as two.
   */
  VERBATIM
}

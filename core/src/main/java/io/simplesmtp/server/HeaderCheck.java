package io.simplesmtp.server;

/**
 * Judges the header of a message while it passes through a {@link HeaderStream}.
 *
 * <pre>{@code
 * HeaderCheck withoutTraces = field -> !field.isNamed("Received");
 * }</pre>
 *
 * <p>The methods are called on the thread that reads the stream, in the order of the fields. What
 * they throw comes out of the read: an {@link io.simplesmtp.SmtpRejectException} refuses the
 * message. For one message.
 */
@FunctionalInterface
public interface HeaderCheck {

  /**
   * Whether a field goes on to who reads; otherwise the message is without it. A line that is none
   * of a field has an empty name.
   */
  boolean keeps(HeaderField field);

  /** The header is over: an empty line or the end of the message was met. */
  default void end() {}
}

package io.simplesmtp;

import java.io.IOException;

/**
 * Thrown when mail data is read that cannot become a message: the client left, fell silent or gave
 * the message up between two chunks, or the data broke a rule of the server, such as its size
 * limit.
 *
 * <pre>{@code
 * SmtpHandler tidy = (session, envelope, content) -> {
 *   Path file = store.resolve(envelope.id());
 *   try {
 *     Files.copy(content, file);
 *     return Reply.OK;
 *   } catch (MailDataException e) {
 *     Files.deleteIfExists(file);
 *     throw e;
 *   }
 * };
 * }</pre>
 *
 * <p>A handler that sees it discards what it has; whatever it answers then, the client is refused.
 * The end of the content is reached only by data that is whole and legal.
 *
 * <p>Thrown on the thread that reads. Safe for use by any thread.
 */
public final class MailDataException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong with the data. */
  public MailDataException(String message) {
    super(message);
  }

  /** Says what is wrong with the data, and which fault of the connection it comes from. */
  public MailDataException(String message, IOException cause) {
    super(message, cause);
  }
}

package io.simplesmtp.internal.protocol;

import io.simplesmtp.Reply;
import java.util.List;

/**
 * What holds for all sessions of a listener.
 *
 * @param hostname the server's own name
 * @param isLmtp whether LMTP is spoken, and not SMTP
 * @param bounds what is counted
 * @param isTlsOffered whether STARTTLS can be served
 * @param isTlsRequired whether mail needs it
 * @param mechanisms the names of the SASL mechanisms; empty if AUTH is not offered
 * @param isAuthRequired whether mail needs AUTH
 * @param isAuthWithoutTls whether AUTH is served in clear
 */
public record Rules(
    String hostname,
    boolean isLmtp,
    Bounds bounds,
    boolean isTlsOffered,
    boolean isTlsRequired,
    List<String> mechanisms,
    boolean isAuthRequired,
    boolean isAuthWithoutTls) {

  /** The reply to a command that comes before HELO, EHLO or LHLO. */
  Reply helloFirst() {
    return isLmtp ? Replies.LHLO_FIRST : Replies.HELLO_FIRST;
  }

  /**
   * The numbers that sessions are held to.
   *
   * @param messageSize octets of a message
   * @param recipients of a transaction
   * @param recipientDomains of the recipients of a session
   * @param errors 4xx and 5xx replies since the last message
   * @param commandsWithoutMail since the last message
   * @param authFailures of a session
   * @param messages transactions of a session
   */
  public record Bounds(
      long messageSize,
      int recipients,
      int recipientDomains,
      int errors,
      int commandsWithoutMail,
      int authFailures,
      int messages) {}
}

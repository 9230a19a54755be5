package io.simplesmtp.server;

/**
 * What became of the final reply to a mail transaction.
 *
 * <pre>{@code
 * SmtpHandler again = new SmtpHandler() {
 *   @Override public DataReply data(Session session, Envelope envelope, java.io.InputStream content) {
 *     return Reply.OK;
 *   }
 *   @Override public void completed(
 *       Session session, Envelope envelope, DataReply reply, Outcome outcome) {
 *     if (outcome == Outcome.NOT_REPLIED) {
 *       System.out.println(envelope.id() + " will come again");
 *     }
 *   }
 * };
 * }</pre>
 */
public enum Outcome {
  /**
   * It was given to the connection. The client most likely has it; that it read it nobody can tell.
   */
  REPLIED,
  /**
   * It could not be written: the client is gone or does not read. If the reply accepted the
   * message, the client will send it again (RFC 1047).
   */
  NOT_REPLIED
}

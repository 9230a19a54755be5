package io.simplesmtp.app.load;

import io.simplesmtp.Mailbox;
import io.simplesmtp.ReversePath;
import java.util.List;

/**
 * What is sent, and in how many steps.
 *
 * @param to the recipients of each message, one at least
 * @param size the octets of a message, header and line ends included
 * @param isPipelined whether commands go out in groups (RFC 2920), or each waits for the last reply
 * @param isBdat whether BDAT (RFC 3030) takes the place of DATA
 */
public record Mail(
    ReversePath from, List<Mailbox> to, long size, boolean isPipelined, boolean isBdat) {

  /** Takes a copy. */
  public Mail {
    to = List.copyOf(to);
  }
}

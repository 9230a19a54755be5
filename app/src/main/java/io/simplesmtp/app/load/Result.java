package io.simplesmtp.app.load;

import java.util.List;
import java.util.SortedMap;

/**
 * What became of a load.
 *
 * @param nanos from the first message to the last reply; the first connection was open before
 * @param messages what became of the messages
 * @param connections how many were opened
 * @param failedConnections how many could not be opened
 * @param latency of accepted messages: from when they were due, or when a session turned to them,
 *     to their last reply, with the time of a connection that was opened for them
 * @param connecting of connections: from the first packet to where mail can be sent
 * @param replies how often each reply code was heard
 * @param faults what went wrong and how often, the most frequent first; not all kinds of them
 * @param otherFaults how many more there were, of kinds that are not among those
 * @param isStopped whether it was told to end early
 */
public record Result(
    long nanos,
    Messages messages,
    long connections,
    long failedConnections,
    Latency latency,
    Latency connecting,
    SortedMap<Integer, Long> replies,
    List<Fault> faults,
    long otherFaults,
    boolean isStopped) {

  /**
   * What became of the messages.
   *
   * @param octets of those that were accepted
   * @param unsent those that were due and never begun, because all sessions were busy
   * @param refusedRecipients of all messages
   */
  public record Messages(
      long accepted, long failed, long octets, long unsent, long refusedRecipients) {}

  /** Something that went wrong, and how often it was met. */
  public record Fault(String text, long count) {}

  /** Whether all that was sent was accepted, for everybody. */
  public boolean isGood() {
    return messages.failed == 0
        && messages.refusedRecipients == 0
        && failedConnections == 0
        && messages.unsent == 0;
  }

  /** Messages that were accepted in a second. */
  public double messagesPerSecond() {
    return nanos == 0 ? 0 : messages.accepted * 1e9 / nanos;
  }
}

package io.simplesmtp.app.load;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages over one connection, a command at a time or in the groups of RFC 2920. For one
 * thread.
 *
 * <p>A message is an envelope and its content. Each is asked for by putting its octets behind those
 * that wait, sent, and heard; in a group the content of a message goes out with the envelope of the
 * next (RFC 2920 section 3.1).
 */
final class Mailing implements Closeable {

  private static final int START_MAIL_INPUT = 354;
  private static final int CLOSING = 421;

  private final Connection connection;
  private final Script script;
  private final Mail mail;
  private final boolean isLmtp;
  private final byte[] mailCommand;
  private final byte[] header;
  private final RefusedRecipients refused;
  private int accepted; // recipients of this transaction
  private boolean isOpen; // a transaction, which the next one must reset
  private boolean isResetting;
  private boolean hasQuit;
  private @Nullable String failure;

  /** Who is told of recipients that the server does not want. */
  interface RefusedRecipients {
    void add(String reply);
  }

  Mailing(Opener.Opened opened, Script script, Plan plan, RefusedRecipients refused) {
    this.connection = opened.connection();
    this.script = script;
    this.mail = plan.mail();
    this.isLmtp = plan.access().isLmtp();
    this.mailCommand = script.mail(opened.offer().has("SIZE"));
    this.header = script.letter().header();
    this.refused = refused;
  }

  /**
   * Asks for a transaction and hears the answers. If the content is to come with the envelope, it
   * does.
   *
   * @return whether the content, or its replies, come next
   */
  boolean envelope(long number) throws IOException {
    if (mail.isPipelined()) {
      appendEnvelope(number);
      connection.flush();
      return hearEnvelope();
    }
    if (isOpen) {
      connection.append(Script.RSET);
      connection.flush();
      hearReset();
    }
    begin();
    connection.append(mailCommand);
    connection.flush();
    if (!hearMail()) {
      return false;
    }
    for (byte[] rcpt : script.rcpts()) {
      connection.append(rcpt);
      connection.flush();
      hearRcpt();
    }
    if (isForNobody() || mail.isBdat()) {
      return accepted > 0;
    }
    connection.append(script.content());
    connection.flush();
    return hearStart();
  }

  /** Puts an envelope, and with BDAT the content too, behind what waits. */
  void appendEnvelope(long number) throws IOException {
    isResetting = isOpen;
    if (isOpen) {
      connection.append(Script.RSET);
    }
    connection.append(mailCommand);
    for (byte[] rcpt : script.rcpts()) {
      connection.append(rcpt);
    }
    connection.append(script.content());
    if (mail.isBdat()) {
      script.letter().append(connection, header, number);
    }
  }

  /** Hears the replies to the commands of a group; returns as {@link #envelope} does. */
  boolean hearEnvelope() throws IOException {
    if (isResetting) {
      hearReset();
    }
    begin();
    boolean isBegun = hearMail();
    for (int i = 0; i < script.rcpts().size(); i++) {
      hearRcpt();
    }
    boolean isVain = !isBegun || isForNobody();
    if (mail.isBdat()) {
      return true;
    }
    if (hearStart() && isVain) { // RFC 2920 section 3.1: an empty message, which is refused
      connection.append(Script.END);
      connection.flush();
      int unused = hear("content");
    }
    return failure == null;
  }

  /** Puts the content behind what waits, unless it went with the envelope. */
  void appendContent(long number) throws IOException {
    if (mail.isBdat() && mail.isPipelined()) {
      return;
    }
    if (mail.isBdat()) {
      connection.append(script.content());
    }
    script.letter().append(connection, header, number);
    if (!mail.isBdat()) {
      connection.append(Script.END);
    }
    isOpen = false;
  }

  /** Puts QUIT behind what waits, once. */
  void appendQuit() throws IOException {
    if (!hasQuit) {
      hasQuit = true;
      connection.append(Script.QUIT);
    }
  }

  void flush() throws IOException {
    connection.flush();
  }

  /** Hears what becomes of the message, in LMTP for each recipient; whether anybody gets it. */
  boolean hearContent() throws IOException {
    String step = mail.isBdat() ? "BDAT" : "content";
    int replies = isLmtp && accepted > 0 ? accepted : 1;
    int good = 0;
    for (int i = 0; i < replies; i++) {
      if (isPositive(hear(step))) {
        good++;
      } else if (replies > 1) {
        refused.add(step + ": " + connection.text());
      } else {
        fail(step);
      }
    }
    accepted = Math.min(accepted, good);
    isOpen = good == 0 && mail.isBdat();
    return !isForNobody();
  }

  /** Says QUIT if it has not been said, and hears 221, or that there is nothing more to hear. */
  void quit() {
    try {
      appendQuit();
      flush();
      int unused = connection.reply();
    } catch (IOException e) {
      // Who is told goodbye may be gone.
    }
  }

  /** Why the last message was not accepted: what was asked for, and the reply. */
  String failure() {
    return failure == null ? "unknown" : failure;
  }

  @Override
  public void close() {
    connection.close();
  }

  private void begin() {
    accepted = 0;
    failure = null;
  }

  private void hearReset() throws IOException {
    int unused = hear("RSET");
    isOpen = false;
  }

  private boolean hearMail() throws IOException {
    isOpen = isPositive(hear("MAIL"));
    if (!isOpen) {
      fail("MAIL");
    }
    return isOpen;
  }

  private void hearRcpt() throws IOException {
    if (isPositive(hear("RCPT"))) {
      accepted++;
    } else if (isOpen) {
      refused.add("RCPT: " + connection.text());
    }
  }

  private boolean isForNobody() {
    if (accepted == 0 && failure == null) {
      failure = "no recipient was accepted";
    }
    return accepted == 0;
  }

  private boolean hearStart() throws IOException {
    boolean isStarted = hear("DATA") == START_MAIL_INPUT;
    if (!isStarted) {
      fail("DATA");
    }
    return isStarted;
  }

  /** After 421 nothing comes any more, whatever was asked for. */
  private int hear(String step) throws IOException {
    int code = connection.reply();
    if (code == CLOSING) {
      throw new RefusedException(step, connection.text());
    }
    return code;
  }

  /** Keeps the first reason. */
  private void fail(String step) {
    if (failure == null) {
      failure = step + ": " + connection.text();
    }
  }

  private static boolean isPositive(int code) {
    return code >= 200 && code < 300;
  }
}

package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** A client in good order: it sends messages of a ledger and books those that are acknowledged. */
final class Courier implements AutoCloseable {

  static final String STORED = "250 2.0.0 Stored as ";

  private static final String MAIL = "MAIL FROM:<a@b.org>\r\n";
  private static final String RCPT = "RCPT TO:<c@d.org>\r\n";
  private static final int LONGEST_CHUNK = 200_000;

  private final Talk talk;
  private final Ledger ledger;
  private final SplittableRandom random;

  /** Goes on with a session that has heard the answer to its EHLO. */
  Courier(Talk talk, Ledger ledger, SplittableRandom random) {
    this.talk = talk;
    this.ledger = ledger;
    this.random = random;
  }

  /** A session as it begins in clear. */
  static Talk inClear(int port) throws IOException {
    return Talk.greeted(port);
  }

  /** A session that has gone over to TLS. */
  static Talk withStartTls(int port) throws IOException {
    return afterStartTls(Talk.greeted(port));
  }

  /** The same session under TLS. */
  static Talk afterStartTls(Talk talk) throws IOException {
    talk.says("STARTTLS").hears("220 ");
    return talk.encrypted().says("EHLO client.test").hears("250 ");
  }

  /** A session of the user {@code ann} under TLS from the first octet. */
  static Talk withTls(int port) throws IOException {
    return Talk.connected(port)
        .encrypted()
        .hears("220 ")
        .says("EHLO client.test")
        .hears("250 ")
        .says("AUTH PLAIN AGFubgBzZWNyZXQ=")
        .hears("235 ");
  }

  /** Sends a message in one of the ways there are, and waits for the word that it is stored. */
  void sendOne() throws IOException {
    Parcel parcel = ledger.next();
    boolean isInGroups = random.nextBoolean();
    if (random.nextBoolean()) {
      sendChunks(parcel, isInGroups);
    } else {
      sendData(parcel, isInGroups);
    }
    hearStored();
    ledger.acknowledged(parcel);
  }

  /** Sends a message octet by octet, and what is left of it when that has taken so long. */
  void sendSlowly(Duration slow, Duration pause) throws IOException {
    Parcel parcel = ledger.next();
    byte[] whole = whole(parcel, random);
    long begin = System.nanoTime();
    int sent = 0;
    try {
      while (sent < whole.length && System.nanoTime() - begin < slow.toNanos()) {
        talk.sends(Arrays.copyOfRange(whole, sent, sent + 1));
        sent++;
        LockSupport.parkNanos(pause.toNanos());
      }
      talk.sends(Arrays.copyOfRange(whole, sent, whole.length));
    } catch (IOException e) {
      throw new IOException("After " + sent + " octets and " + talk.rest(), e);
    }
    hearStored();
    ledger.acknowledged(parcel);
  }

  void quits() throws IOException {
    talk.says("QUIT").hears("221 ");
  }

  /** A message as it can be sent without a look at the replies, if the server takes chunks. */
  static byte[] whole(Parcel parcel, SplittableRandom random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ascii(MAIL + RCPT));
    byte[] content = parcel.content();
    for (int begin = 0, size; begin < content.length; begin += size) {
      size = Math.min(content.length - begin, 1 + random.nextInt(LONGEST_CHUNK));
      out.writeBytes(chunk(content, begin, size));
    }
    return out.toByteArray();
  }

  private void sendData(Parcel parcel, boolean isInGroups) throws IOException {
    if (isInGroups) {
      talk.sends(MAIL + RCPT + "DATA\r\n").hears("250 ").hears("250 ").hears("354 ");
    } else {
      talk.begun("a@b.org", "c@d.org");
    }
    talk.sends(Parcel.stuffed(parcel.content()));
  }

  private void sendChunks(Parcel parcel, boolean isInGroups) throws IOException {
    byte[] content = parcel.content();
    if (isInGroups) {
      talk.sends(whole(parcel, random));
      return;
    }
    talk.sends(MAIL).hears("250 ").sends(RCPT).hears("250 ");
    for (int begin = 0, size; begin < content.length; begin += size) {
      size = Math.min(content.length - begin, 1 + random.nextInt(LONGEST_CHUNK));
      talk.sends(chunk(content, begin, size));
      if (begin + size < content.length) {
        talk.hears("250 ");
      }
    }
  }

  private void hearStored() throws IOException {
    String reply = talk.reply();
    while (!reply.startsWith(STORED)) { // those of the commands and chunks before
      assertThat(reply).startsWith("250 ");
      reply = talk.reply();
    }
  }

  private static byte[] chunk(byte[] content, int begin, int size) {
    String last = begin + size == content.length ? " LAST" : "";
    byte[] command = ascii("BDAT " + size + last + "\r\n");
    byte[] all = Arrays.copyOf(command, command.length + size);
    System.arraycopy(content, begin, all, command.length, size);
    return all;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    talk.close();
  }
}

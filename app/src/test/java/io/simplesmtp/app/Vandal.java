package io.simplesmtp.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What clients in bad order do to a server, one connection each time.
 *
 * @param port of the server's listener in clear
 * @param tlsPort of its listener under TLS
 */
record Vandal(int port, int tlsPort, Ledger ledger, Crowd crowd) {

  private static final byte[] HELLO = "EHLO client.test\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_GARBAGE = 64 << 10;
  private static final int RECIPIENTS = 900;

  /** Breaks a session off, at any of its octets. */
  void resets(SplittableRandom random) throws IOException {
    Talk talk = crowd.seen(Talk.connected(port)).hears("220 ");
    talk.sends(part(session(ledger.next(), random), random)).resets();
  }

  /** Ends its octets anywhere, or nowhere before the end, and hears what the server says to it. */
  void halfCloses(SplittableRandom random) throws IOException {
    Talk talk = crowd.seen(Talk.connected(port)).hears("220 ");
    Parcel parcel = ledger.next();
    byte[] session = session(parcel, random);
    talk.sends(random.nextBoolean() ? session : part(session, random)).halfCloses();
    hearToTheEnd(talk, parcel);
  }

  /** Sends what is no SMTP, to a listener of either kind. */
  void sendsGarbage(SplittableRandom random) throws IOException {
    Talk talk = crowd.seen(Talk.connected(random.nextBoolean() ? port : tlsPort));
    if (random.nextBoolean()) {
      talk.sends(HELLO);
    }
    talk.sends(garbage(random));
    if (random.nextBoolean()) {
      talk.halfCloses();
      hearToTheEnd(talk, ledger.next());
    }
    talk.leaves();
  }

  /** Goes into the handshake of TLS and does not come out of it. */
  void breaksHandshakes(SplittableRandom random) throws IOException {
    Talk talk = crowd.seen(Talk.greeted(port)).says("STARTTLS").hears("220 ");
    if (random.nextBoolean()) {
      talk.sends(garbage(random));
    }
    talk.resets();
  }

  /** Resets a session under TLS within a message. */
  void resetsUnderTls(SplittableRandom random) throws IOException {
    Talk talk = crowd.seen(Courier.withStartTls(port));
    talk.sends(part(Courier.whole(ledger.next(), random), random)).resets();
  }

  /** Asks for ever more replies and takes none, until the server has enough of it. */
  void neverReads(SplittableRandom random) throws IOException {
    Talk talk = crowd.seen(Talk.deaf(port)).hears("220 ").sends(HELLO);
    while (true) {
      byte[] whole = Courier.whole(ledger.next(), random);
      String begin = "MAIL FROM:<a@b.org>\r\n" + "RCPT TO:<c@d.org>\r\n".repeat(RECIPIENTS);
      talk.sends(begin + "RSET\r\n").sends(whole);
    }
  }

  /** Comes and goes without a word. */
  void comesAndGoes(SplittableRandom random) throws IOException {
    Talk talk = crowd.seen(Talk.connected(random.nextBoolean() ? port : tlsPort));
    if (random.nextBoolean()) {
      talk.resets();
    } else {
      talk.leaves();
    }
  }

  private void hearToTheEnd(Talk talk, Parcel parcel) throws IOException {
    while (true) { // until it throws
      if (talk.line().startsWith(Courier.STORED)) {
        ledger.acknowledged(parcel);
      }
    }
  }

  private static byte[] session(Parcel parcel, SplittableRandom random) {
    byte[] whole = Courier.whole(parcel, random);
    byte[] all = Arrays.copyOf(HELLO, HELLO.length + whole.length);
    System.arraycopy(whole, 0, all, HELLO.length, whole.length);
    return all;
  }

  private static byte[] part(byte[] all, SplittableRandom random) {
    return Arrays.copyOf(all, random.nextInt(all.length));
  }

  private static byte[] garbage(SplittableRandom random) {
    byte[] octets = new byte[1 + random.nextInt(MOST_GARBAGE)];
    random.nextBytes(octets);
    return octets;
  }
}

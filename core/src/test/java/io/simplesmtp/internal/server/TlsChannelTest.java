package io.simplesmtp.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.Memory;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntUnaryOperator;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with a client of this Java's in memory, which decides how its octets are cut. */
final class TlsChannelTest {

  private static final int OWN = 512;

  private static final ServerTls TLS = ServerTls.of(Credential.selfSigned("mx.test"));

  private final AtomicBoolean isInterrupted = new AtomicBoolean();
  private final Buffers buffers = new Buffers(new Memory(Long.MAX_VALUE));

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void nothingDependsOnHowTheOctetsAreCut(String protocol) throws Exception {
    int step = protocol.equals("TLSv1.3") ? 1 : 5;
    int all = Integer.MAX_VALUE;
    for (int at = 1; at < all; at += step) {
      int split = at;
      all = talk(protocol, sent -> sent < split ? split - sent : Integer.MAX_VALUE);
    }
    talk(protocol, sent -> 1);
    talk(protocol, sent -> 3);
  }

  /** Two commands that come right behind the handshake, and one later; returns the octets. */
  private int talk(String protocol, IntUnaryOperator cut) throws Exception {
    TlsPeer peer = new TlsPeer(protocol, cut);
    peer.says(ascii("EHLO a.test\r\n")).says(ascii("NOOP\r\n"));
    TlsChannel channel = open(peer);
    byte[] target = new byte[OWN];
    assertThat(channel.in().readNBytes(19)).isEqualTo(ascii("EHLO a.test\r\nNOOP\r\n"));
    channel.out().write(ascii("250 OK\r\n"));
    assertThat(peer.heard()).isEqualTo("250 OK\r\n");
    peer.says(ascii("QUIT\r\n")).ends();
    assertThat(channel.in().readNBytes(6)).isEqualTo(ascii("QUIT\r\n"));
    assertThat(channel.heldOctets()).isLessThanOrEqualTo(OWN + Buffers.PAGE);
    assertThat(channel.in().read(target, 0, target.length)).isEqualTo(-1);
    return peer.sent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void recordsThatAreHereAreReadAtOnce(String protocol) throws Exception {
    TlsPeer peer = new TlsPeer(protocol, TlsChannelTest::whole);
    TlsChannel channel = open(peer);
    channel.out().write(ascii("220\r\n"));
    for (int i = 0; i < 5; i++) {
      peer.says(new byte[1_000]);
    }
    peer.ends();
    int reads = peer.reads();
    byte[] target = new byte[8_192];
    assertThat(channel.in().read(target, 0, target.length)).isEqualTo(5_000);
    assertThat(peer.reads()).isEqualTo(reads + 1);
    // The close_notify was received with them, and TLS 1.2 can write no more once it is read.
    channel.out().write(ascii("221\r\n"));
    assertThat(peer.heard()).isEqualTo("220\r\n221\r\n");
    assertThat(channel.in().read(target, 0, target.length)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aLargeMessageComesInFewReadsWhateverTheArray(String protocol) throws Exception {
    byte[] message = new byte[1 << 20];
    new Random(7).nextBytes(message);
    for (int length : new int[] {100, 8_192, Buffers.RECORD, 65_600}) {
      TlsPeer peer = new TlsPeer(protocol, TlsChannelTest::whole);
      peer.says(message);
      TlsChannel channel = open(peer);
      channel.out().write(ascii("354\r\n"));
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      byte[] target = new byte[length];
      int count = channel.in().read(target, 0, length);
      while (count > 0) {
        read.write(target, 0, count);
        count = channel.in().read(target, 0, length);
      }
      assertThat(Arrays.equals(read.toByteArray(), message)).isTrue();
      assertThat(peer.reads()).isLessThan(length > 60_000 ? 30 : 200);
      assertThat(channel.heldOctets()).isEqualTo(OWN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void muchIsWrittenInFewWrites(String protocol) throws Exception {
    TlsPeer peer = new TlsPeer(protocol, TlsChannelTest::whole);
    TlsChannel channel = open(peer);
    int writes = peer.writes();
    channel.out().write(ascii("x".repeat(100_000)));
    assertThat(peer.heard()).isEqualTo("x".repeat(100_000));
    assertThat(peer.writes()).isLessThan(writes + 8);
    channel.out().write(ascii("y".repeat(4_000)));
    assertThat(peer.heard()).endsWith("xy".concat("y".repeat(3_999)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void anIdleClientHasNoBigBuffer(String protocol) throws Exception {
    TlsPeer peer = new TlsPeer(protocol, TlsChannelTest::whole);
    TlsChannel channel = open(peer);
    channel.out().write(ascii("220\r\n"));
    assertThat(channel.heldOctets()).isEqualTo(OWN);
    peer.says(ascii("NOOP\r\n"));
    byte[] target = new byte[OWN];
    assertThat(channel.in().read(target, 0, OWN)).isEqualTo(6);
    assertThat(channel.heldOctets()).isEqualTo(OWN);
    peer.says(new byte[10_000]);
    assertThat(channel.in().read(target, 0, OWN)).isEqualTo(OWN);
    assertThat(channel.heldOctets()).isGreaterThan(10_000);
    assertThat(channel.in().available()).isEqualTo(10_000 - OWN);
    assertThat(channel.in().readNBytes(10_000 - OWN)).hasSize(10_000 - OWN);
    assertThat(channel.heldOctets()).isEqualTo(OWN);
  }

  @Test
  void whatIsLentIsGivenBackWhereverTheClientStops() throws Exception {
    byte[] target = new byte[65_600];
    for (int client = 0; client < 300; client++) {
      TlsPeer peer = new TlsPeer("TLSv1.3", sent -> 60_000);
      TlsChannel channel = open(peer.says(new byte[100_000]));
      assertThat(channel.in().read(target, 0, target.length)).isPositive();
      channel.release();
      assertThat(channel.in().read(target, 0, target.length)).isEqualTo(-1);
    }
    assertThat(buffers.large()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aWaitThatOthersEndLeavesTheWayOutOpen(String protocol) throws Exception {
    for (byte[] part : new byte[][] {{}, {23, 3, 3}, {23, 3, 3, 1, 0, 1, 2, 3}}) {
      isInterrupted.set(false);
      TlsPeer peer = new TlsPeer(protocol, TlsChannelTest::whole);
      TlsChannel channel = open(peer);
      peer.sends(part);
      isInterrupted.set(true);
      assertThatThrownBy(() -> channel.in().read(new byte[OWN], 0, OWN))
          .isInstanceOf(SocketTimeoutException.class);
      channel.out().write(ascii("421\r\n"));
      channel.end();
      assertThat(peer.heard()).isEqualTo("421\r\n");
      assertThat(peer.engine().isInboundDone()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aClientThatLeavesWithoutAWordHasEnded(String protocol) throws Exception {
    TlsChannel channel = open(new TlsPeer(protocol, TlsChannelTest::whole));
    assertThat(channel.in().read(new byte[OWN], 0, OWN)).isEqualTo(-1);
    assertThat(channel.in().read(new byte[OWN], 0, OWN)).isEqualTo(-1);
  }

  @Test
  void aClientThatEndsItsSideMayStillHear() throws Exception {
    TlsPeer peer = new TlsPeer("TLSv1.3", TlsChannelTest::whole);
    TlsChannel channel = open(peer);
    peer.ends();
    assertThat(channel.in().read(new byte[OWN], 0, OWN)).isEqualTo(-1);
    channel.out().write(ascii("late\r\n"));
    channel.end();
    assertThat(peer.heard()).isEqualTo("late\r\n");
  }

  @Test
  void inTls12TheEndOfTheClientIsTheEndOfBothAndIsAnswered() throws Exception {
    TlsPeer peer = new TlsPeer("TLSv1.2", TlsChannelTest::whole);
    TlsChannel channel = open(peer);
    peer.ends();
    assertThat(channel.in().read(new byte[OWN], 0, OWN)).isEqualTo(-1);
    assertThatThrownBy(() -> channel.out().write(ascii("late"))).isInstanceOf(IOException.class);
    peer.go();
    assertThat(peer.engine().isInboundDone()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void theEndIsOneAlert(String protocol) throws Exception {
    TlsPeer peer = new TlsPeer(protocol, TlsChannelTest::whole);
    TlsChannel channel = open(peer);
    channel.out().write(ascii("221\r\n"));
    peer.go();
    channel.end();
    byte[] alert = peer.unread();
    assertThat(alert).hasSize(5 + ((alert[3] & 0xff) << 8) + (alert[4] & 0xff));
    peer.go();
    assertThat(peer.engine().isInboundDone()).isTrue();
  }

  @Test
  void endlessNewKeysEnd() throws Exception {
    TlsPeer peer = new TlsPeer("TLSv1.3", TlsChannelTest::whole);
    TlsChannel channel = open(peer);
    peer.engine().beginHandshake();
    peer.says(ascii("NOOP\r\n"));
    assertThat(channel.in().read(new byte[OWN], 0, OWN)).isEqualTo(6);
    channel.out().write(ascii("250\r\n"));
    assertThat(peer.heard()).isEqualTo("250\r\n");
    for (int i = 0; i < 40; i++) {
      peer.engine().beginHandshake();
      peer.go();
    }
    assertThatThrownBy(() -> channel.in().read(new byte[OWN], 0, OWN))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("without data");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void negotiatingAgainIsRefused(boolean isResumed) throws Exception {
    TlsPeer peer = new TlsPeer("TLSv1.2", TlsChannelTest::whole);
    TlsChannel channel = open(peer);
    peer.go();
    if (!isResumed) {
      peer.engine().getSession().invalidate();
    }
    peer.engine().beginHandshake();
    assertThatThrownBy(() -> channel.in().read(new byte[OWN], 0, OWN))
        .isInstanceOf(SSLException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whatIsNoRecordEndsWithAnAlert(String protocol) throws Exception {
    byte[][] wrongs = {
      {23, 3, 3, -1, -1, 0},
      {23, 3, 3, 72, 1, 0},
      {22, 3, 3, 100, 0, 0},
      {99, 3, 3, 0, 1, 0},
      {
        23, 3, 3, 0, 32, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5,
        6, 7, 8, 9, 0, 1, 2
      },
    };
    for (byte[] wrong : wrongs) {
      TlsPeer peer = new TlsPeer(protocol, TlsChannelTest::whole);
      TlsChannel channel = open(peer);
      channel.out().write(ascii("220\r\n"));
      assertThat(peer.heard()).isEqualTo("220\r\n");
      peer.sends(wrong);
      assertThatThrownBy(() -> channel.in().read(new byte[OWN], 0, OWN))
          .isInstanceOf(SSLException.class);
      assertThatThrownBy(peer::go)
          .as(Arrays.toString(wrong))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("fatal alert");
    }
  }

  @Test
  void aHandshakeInClearIsAnsweredByAnAlert() throws Exception {
    TlsPeer peer =
        new TlsPeer("TLSv1.3", TlsChannelTest::whole).sends(ascii("EHLO client.test\r\n"));
    assertThatThrownBy(() -> open(peer))
        .isInstanceOf(SSLException.class)
        .hasMessage("Unsupported or unrecognized SSL message");
    assertThat(peer.unread()).startsWith(21, 3);
  }

  /** Behind a first flight that is in order. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void garbageWithinTheHandshakeIsAnsweredByAnAlert(String protocol) throws Exception {
    byte[][] wrongs = {
      ascii("NOOP\r\nNOOP\r\n"),
      {23, 3, 3, 0, 4, 1, 2, 3, 4},
      {22, 3, 3, 72, 1, 0},
      {22, 3, 3, 0, 4, 99, 0, 0, 0},
      {22, 3, 3, 0, 0},
    };
    for (byte[] wrong : wrongs) {
      TlsPeer peer = new TlsPeer(protocol, TlsChannelTest::whole);
      peer.engine().beginHandshake();
      peer.go();
      peer.sends(wrong);
      assertThatThrownBy(() -> open(peer))
          .as(Arrays.toString(wrong))
          .isInstanceOf(SSLException.class);
      assertThatThrownBy(peer::go).as(Arrays.toString(wrong)).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void aClientThatLeavesInTheHandshakeIsGone() {
    assertThatThrownBy(() -> serve(InputStream.nullInputStream()).handshake())
        .isInstanceOf(EOFException.class);
  }

  @Test
  void aHandshakeThatDoesNotEndIsRefused() {
    int[] sent = {0};
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            throw new UnsupportedOperationException("The server reads in bulk");
          }

          // A ClientHello of 32,000 octets, each in a record of its own.
          @Override
          public int read(byte[] target, int offset, int length) {
            byte[] begin = {1, 0, 125, 0};
            byte octet = sent[0] < begin.length ? begin[sent[0]] : 3;
            byte[] record = {22, 3, 1, 0, 1, octet};
            System.arraycopy(record, 0, target, offset, record.length);
            sent[0]++;
            return record.length;
          }
        };
    assertThatThrownBy(() -> serve(endless).handshake())
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("too long");
    assertThat(sent[0]).isLessThan(3_000);
  }

  private static int whole(int sent) {
    return Integer.MAX_VALUE;
  }

  private TlsChannel open(TlsPeer peer) throws IOException {
    TlsChannel channel =
        new TlsChannel(TLS.engine(), peer.in, peer.out, isInterrupted::get, buffers);
    channel.handshake();
    return channel;
  }

  private TlsChannel serve(InputStream in) {
    return new TlsChannel(TLS.engine(), in, OutputStream.nullOutputStream(), () -> false, buffers);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

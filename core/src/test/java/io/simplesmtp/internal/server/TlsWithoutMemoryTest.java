package io.simplesmtp.internal.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.internal.wire.MemoryException;
import java.util.stream.IntStream;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes on, and what does not, when others have used up the memory. */
final class TlsWithoutMemoryTest {

  private static final ServerTls TLS = ServerTls.of(Credential.selfSigned("mx.test"));

  private final Memory memory = new Memory(1 << 20);
  private final Memory.Share others = memory.new Share();

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aCommandIsReadAndItsReplyIsSaid(String protocol) throws Exception {
    TlsPeer peer = new TlsPeer(protocol, sent -> Integer.MAX_VALUE);
    TlsChannel channel = open(peer);
    channel.handshake();
    others.hold(4 << 20);
    channel.out().write("250 OK\r\n".getBytes(US_ASCII));
    assertThat(peer.heard()).isEqualTo("250 OK\r\n");
    peer.says("NOOP\r\n".getBytes(US_ASCII));
    assertThat(channel.in().read(new byte[512], 0, 512)).isEqualTo(6);
    channel.out().write("250 OK\r\n".getBytes(US_ASCII));
    peer.ends();
    assertThat(channel.in().read(new byte[512], 0, 512)).isEqualTo(-1);
    assertThat(peer.heard()).isEqualTo("250 OK\r\n250 OK\r\n");
    channel.release();
    others.hold(0);
    assertThat(memory.held()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void noHandshakeBegins(String protocol) throws Exception {
    TlsChannel channel = open(new TlsPeer(protocol, sent -> Integer.MAX_VALUE));
    others.hold(4 << 20);
    assertThatThrownBy(channel::handshake).isInstanceOf(MemoryException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aLongHandshakeCountsUntilItsEnd(String protocol) throws Exception {
    TlsPeer peer = new TlsPeer(protocol, sent -> Integer.MAX_VALUE);
    SSLParameters wishes = peer.engine().getSSLParameters();
    wishes.setApplicationProtocols(
        IntStream.rangeClosed(0, 500)
            .mapToObj(i -> i < 500 ? "a-long-name-" + i : "smtp")
            .toArray(String[]::new));
    peer.engine().setSSLParameters(wishes);
    TlsChannel channel = open(peer);
    long before = memory.held();
    channel.handshake();
    channel.out().write("220\r\n".getBytes(US_ASCII));
    assertThat(peer.sent()).isGreaterThan(5_000);
    assertThat(memory.held()).isEqualTo(before);
  }

  private TlsChannel open(TlsPeer peer) {
    return new TlsChannel(TLS.engine(), peer.in, peer.out, () -> false, new Buffers(memory));
  }
}

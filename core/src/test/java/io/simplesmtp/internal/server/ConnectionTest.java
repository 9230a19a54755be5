package io.simplesmtp.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Host;
import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.CommandParser;
import io.simplesmtp.internal.protocol.Rules;
import io.simplesmtp.internal.session.Authentication;
import io.simplesmtp.internal.session.CredentialChecks;
import io.simplesmtp.internal.session.Extensions;
import io.simplesmtp.internal.session.SessionSettings;
import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.server.Limits;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.Timeouts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionTest {

  private static final String GREETING = "220 mx.test ESMTP\r\n";

  @Test
  void sendsItsRepliesWithoutDelay() throws Exception {
    try (ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel client = SocketChannel.open(listening.getLocalAddress());
          SocketChannel accepted = listening.accept()) {
        accepted.setOption(StandardSocketOptions.TCP_NODELAY, false);
        new Connection(
                "test",
                accepted,
                endpoint((session, envelope, content) -> Reply.OK),
                new Connections(),
                Optional.empty())
            .start();
        assertThat(greeting(client)).isEqualTo(GREETING);
        assertThat(accepted.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
      }
    }
  }

  private static String greeting(SocketChannel client) throws Exception {
    ByteBuffer octets = ByteBuffer.allocate(GREETING.length());
    while (octets.hasRemaining() && client.read(octets) >= 0) {
      // Goes on.
    }
    return new String(octets.array(), 0, octets.position(), StandardCharsets.US_ASCII);
  }

  /** A listener without a gate, whose sessions have this handler. */
  static Endpoint endpoint(SmtpHandler handler) {
    Listener listener = Listener.smtp(0);
    Host host = Host.parse("mx.test");
    Rules rules = SessionSettings.rules(host, listener, Limits.DEFAULT, false, List.of());
    Extensions extensions = new Extensions(rules, List.of());
    SessionSettings settings =
        new SessionSettings(
            rules,
            new CommandParser(extensions.grammar(), false, host),
            "",
            extensions,
            first -> handler,
            new Authentication("mx.test", List.of(), CredentialChecks.NONE, false, List.of()),
            Limits.DEFAULT,
            Timeouts.DEFAULT,
            ServerEvents.NONE,
            new Buffers(new Memory(Long.MAX_VALUE)));
    return new Endpoint(listener, settings, Optional.empty(), List.of());
  }
}

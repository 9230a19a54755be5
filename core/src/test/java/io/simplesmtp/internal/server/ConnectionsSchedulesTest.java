package io.simplesmtp.internal.server;

import io.simplesmtp.Reply;
import io.simplesmtp.schedules.Schedules;
import io.simplesmtp.server.Admission;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that comes, talks or goes, and a server that ends meanwhile. */
class ConnectionsSchedulesTest {

  private static final int ROUNDS = 150;
  private static final Duration LONG = Duration.ofHours(1);
  private static final Optional<InetAddress> CLIENT = Optional.of(InetAddress.getLoopbackAddress());

  private static final String MESSAGE =
      "EHLO c.test\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<c@d.org>\r\nDATA\r\nHi\r\n.\r\n";

  private static final Pattern CODE = Pattern.compile("(?m)^([0-9]{3}) ");

  @TempDir private Path folder;
  private final Queue<Connection> begun = new ConcurrentLinkedQueue<>();
  private ServerSocketChannel listening;

  @BeforeEach
  void listen() throws IOException {
    listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
  }

  @AfterEach
  void close() throws IOException {
    listening.close();
    begun.forEach(Connection::abort); // those that a failure has left
  }

  /** The connections of a server, and one client that has been let in. */
  private final class State {
    private final Connections connections = new Connections();
    private final AtomicInteger accepted = new AtomicInteger();
    private final CountDownLatch inHandler = new CountDownLatch(1);
    private final CountDownLatch isEmpty = new CountDownLatch(1);
    private final Gate gate = new Gate(Admission.DEFAULT.withConnections(1));
    private final StringBuilder heard = new StringBuilder();
    private final SocketChannel client;
    private final Connection connection;
    private volatile List<Session> cut = List.of();

    State() {
      try {
        client = SocketChannel.open(listening.getLocalAddress());
        var plain = ConnectionTest.endpoint(handler());
        var gated =
            new Endpoint(plain.listener(), plain.settings(), Optional.empty(), List.of(gate));
        Connections.enter(gated, CLIENT);
        connection = new Connection("s", listening.accept(), gated, connections, CLIENT);
        begun.add(connection);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Takes all messages. */
    private SmtpHandler handler() {
      return (session, envelope, content) -> {
        inHandler.countDown();
        content.readAllBytes();
        accepted.incrementAndGet();
        return Reply.OK;
      };
    }

    State started() {
      connections.start(connection);
      return this;
    }

    /** In the middle of a message, whose rest never comes. */
    State inMessage() {
      try {
        started().says(MESSAGE.substring(0, MESSAGE.length() - 3));
        inHandler.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return this;
    }

    void says(String text) {
      try {
        client.write(StandardCharsets.US_ASCII.encode(text));
      } catch (IOException e) {
        // The server has gone first.
      }
    }

    void hearsAll() throws IOException {
      ByteBuffer octets = ByteBuffer.allocate(4096);
      try (client) {
        while (client.read(octets) >= 0) {
          heard.append(StandardCharsets.US_ASCII.decode(octets.flip()));
          octets.clear();
        }
      } catch (IOException e) {
        // The end as well, where the server has not read all.
      }
    }

    void drain() throws InterruptedException {
      cut = connections.drain();
    }

    /** What the client heard, what was taken and cut, and what is left. */
    @Override
    public String toString() {
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> gate.enter(CLIENT).isEmpty());
      begun.remove(connection);
      return CODE.matcher(heard)
              .results()
              .map((MatchResult code) -> code.group(1))
              .collect(Collectors.joining(" "))
          + ("; accepted " + accepted)
          + ("; cut " + cut.size())
          + (gate.enter(CLIENT).isPresent() ? "" : "; counted out twice");
    }
  }

  @Test
  void whoComesInAtTheEndIsToldToGo() throws Exception {
    Schedules.of(ROUNDS, State::new)
        .actor(State::started)
        .actor(State::drain)
        .actor(State::hearsAll)
        .allow(State::toString, "220 421; accepted 0; cut 0");
  }

  @Test
  void aMessageIsTakenAndAcknowledgedOrNeither() throws Exception {
    Schedules.of(ROUNDS, () -> new State().started())
        .actor(state -> {
          state.says(MESSAGE);
          state.hearsAll();
        })
        .actor(State::drain)
        .allow(
            State::toString,
            "220 421; accepted 0; cut 0",
            "220 250 250 250 354 250 421; accepted 1; cut 0");
  }

  @Test
  void whoLeavesHearsThatOrThatTheServerEnds() throws Exception {
    Schedules.of(ROUNDS, () -> new State().started())
        .actor(state -> {
          state.says("QUIT\r\n");
          state.hearsAll();
        })
        .actor(State::drain)
        .allow(State::toString, "220 421; accepted 0; cut 0", "220 221; accepted 0; cut 0");
  }

  @Test
  void theLeastPatientIsHeardWheneverItComes() throws Exception {
    Schedules.of(ROUNDS, () -> new State().inMessage())
        .actor(state -> {
          state.connections.limitPatience(LONG);
          state.drain();
          state.hearsAll();
        })
        .actor(state -> state.connections.limitPatience(Duration.ZERO))
        .allow(State::toString, "220 250 250 250 354; accepted 0; cut 1");
  }

  @Test
  void theLastOneToGoIsNoticed() throws Exception {
    Schedules.of(ROUNDS, () -> new State().started())
        .actor(state -> {
          state.connections.whenEmpty(state.isEmpty::countDown);
          if (!state.isEmpty.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody said so");
          }
        })
        .actor(state -> state.client.close())
        .allow(State::toString, "; accepted 0; cut 0");
  }

  @Test
  void aConnectionThatIsCutAsItEndsIsCountedOutOnce() throws Exception {
    Schedules.of(ROUNDS, () -> new State().inMessage())
        .actor(state -> state.client.close())
        .actor(state -> {
          state.connections.limitPatience(Duration.ZERO);
          state.drain();
        })
        .allow(State::toString, "; accepted 0; cut 0", "; accepted 0; cut 1");
  }
}

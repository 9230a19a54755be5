package io.simplesmtp.server;

import io.simplesmtp.Reply;
import io.simplesmtp.schedules.Schedules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Clients that send messages to a server that is closed meanwhile, by several at once. Each round
 * ends with the check that nothing is left of the server.
 */
class ShutdownSchedulesTest {

  private static final int ROUNDS = 15;
  private static final int MESSAGES = 3;
  private static final Random RANDOM = new Random(4);
  private static final Duration LONG = Duration.ofSeconds(20);

  /** A server of two clients, and what they and those who close it have heard. */
  private static class State {
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger silent = new AtomicInteger();
    private final AtomicInteger replies = new AtomicInteger();
    private final Queue<Session> cut = new ConcurrentLinkedQueue<>();
    private final TestServer server;
    private final int begin;
    private volatile boolean isListLost;
    private volatile Optional<String> odd = Optional.empty();

    /** It is closed when the clients have heard so many replies, of the thirty that there are. */
    State() {
      begin = RANDOM.nextInt(30);
      try {
        server =
            TestServer.of((session, envelope, content) -> {
              content.readAllBytes();
              accepted.incrementAndGet();
              return answer();
            });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Reply answer() {
      return Reply.OK;
    }

    /** Closes it, at its time; who is interrupted hears nothing of what was cut. */
    void shutDown(Duration patience) {
      while (!isTime()) {
        LockSupport.parkNanos(1);
      }
      try {
        cut.addAll(server.server().shutdown(patience));
      } catch (InterruptedException e) {
        isListLost = true;
      }
    }

    boolean isTime() {
      return replies.get() >= begin;
    }

    void shutDownInterrupted() {
      Thread.currentThread().interrupt();
      shutDown(LONG);
    }

    /** Sends messages until it has sent them all, or hears that the server ends. */
    void send() {
      boolean isGreeted = false;
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.setSoTimeout((int) LONG.toMillis());
        socket.setTcpNoDelay(true);
        int code = code(socket);
        isGreeted = code == 220;
        code = isGreeted ? asks(socket, "EHLO c.test") : code;
        for (int i = 0; i < MESSAGES && code == 250; i++) {
          code = message(socket);
        }
        code = code == 250 ? asks(socket, "QUIT") : code;
        if (code != 221 && code != 421) {
          odd = Optional.of("a client heard " + code);
        }
      } catch (IOException e) {
        silent.addAndGet(isGreeted ? 1 : 0);
      } finally {
        replies.addAndGet(30); // whoever waits for them need not wait for this client
      }
    }

    private int message(Socket socket) throws IOException {
      int code = asks(socket, "MAIL FROM:<a@b.org>");
      code = code == 250 ? asks(socket, "RCPT TO:<c@d.org>") : code;
      code = code == 250 ? asks(socket, "DATA") : code;
      if (code == 354) {
        code = asks(socket, "Hi\r\n.");
        if (code == 250) {
          acknowledged.incrementAndGet();
        }
      }
      return code;
    }

    private int asks(Socket socket, String line) throws IOException {
      try {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // It is closed, and the last reply lies there.
      }
      return code(socket);
    }

    /** Reads a reply. */
    private int code(Socket socket) throws IOException {
      StringBuilder line = new StringBuilder();
      while (true) {
        int octet = socket.getInputStream().read();
        if (octet < 0) {
          throw new IOException("No reply");
        }
        if (octet != '\n') {
          line.append((char) octet);
        } else if (line.charAt(3) == ' ') {
          replies.incrementAndGet();
          return Integer.parseInt(line.substring(0, 3));
        } else {
          line.setLength(0);
        }
      }
    }

    /** What is wrong, or nothing. */
    @Override
    public String toString() {
      server.close();
      int lost = accepted.get() - acknowledged.get();
      int most = isListLost ? 2 : cut.size();
      if (lost < 0 || lost > most) {
        return lost + " messages not acknowledged, sessions cut: " + cut.size();
      }
      if (silent.get() > most) {
        return silent + " clients not told to go, sessions cut: " + cut.size();
      }
      return odd.orElse(cut.isEmpty() ? "all told" : "some cut");
    }
  }

  @Test
  void whoeverClosesItWithPatienceNoClientIsLeftWithoutAWord() throws Exception {
    Schedules.oneByOne(ROUNDS, State::new)
        .actor(State::send)
        .actor(State::send)
        .actor(state -> state.shutDown(LONG))
        .actor(state -> state.shutDown(LONG))
        .allow(State::toString, "all told");
  }

  @Test
  void theImpatientOneCutsWhoIsStillThereAndOneOfTheCallersIsTold() throws Exception {
    Schedules.oneByOne(ROUNDS, State::new)
        .actor(State::send)
        .actor(State::send)
        .actor(state -> state.shutDown(LONG))
        .actor(state -> state.shutDown(Duration.ZERO))
        .allow(State::toString, "all told", "some cut");
  }

  @Test
  void aCallerThatIsInterruptedClosesItForTheOthersToo() throws Exception {
    Schedules.oneByOne(ROUNDS, State::new)
        .actor(State::send)
        .actor(State::send)
        .actor(state -> state.shutDown(LONG))
        .actor(State::shutDownInterrupted)
        .allow(State::toString, "all told", "some cut");
  }

  /** A server whose handler closes it from within, with the first message that comes so late. */
  private static final class Closing extends State {
    @Override
    Reply answer() {
      if (isTime()) {
        shutDown(Duration.ZERO);
      }
      return Reply.OK;
    }
  }

  @Test
  void aHandlerMayCloseItWhileOthersDo() throws Exception {
    Schedules.oneByOne(ROUNDS / 3, Closing::new)
        .actor(State::send)
        .actor(State::send)
        .actor(state -> state.shutDown(LONG))
        .allow(State::toString, "all told", "some cut");
  }
}

package io.simplesmtp.internal.session;

import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.server.Activity;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.TlsInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A session in memory, whose client sends a group at each read of the server and then leaves. Keeps
 * what it heard in each write, and what the connection did in each wait.
 */
final class Talk implements Transport {

  static final TlsInfo TLS =
      new TlsInfo("TLSv1.3", "in memory", Optional.empty(), Optional.empty(), List.of());

  private final Deque<Callable<String>> groups = new ArrayDeque<>();
  private final List<String> writes = new ArrayList<>();
  private final List<Activity> waits = new ArrayList<>();
  private final Memory memory = new Memory(Long.MAX_VALUE);
  private final Setup setup;
  private final Deadline deadline;
  private Callable<TlsInfo> handshake = () -> TLS;
  private SocketAddress client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
  private boolean isGone;

  Talk(Setup setup) {
    this.setup = setup;
    this.deadline = new Deadline(setup.timeouts());
  }

  /** The client sends lines, all at once. */
  Talk says(String... lines) {
    return does(() -> String.join("\r\n", lines) + "\r\n");
  }

  /** Something happens while the server waits for the client. */
  Talk does(Callable<String> sending) {
    groups.add(sending);
    return this;
  }

  /** How the client shakes hands. */
  Talk shakes(Callable<TlsInfo> value) {
    handshake = value;
    return this;
  }

  Talk from(SocketAddress value) {
    client = value;
    return this;
  }

  /** From now on nothing can be written to the client. */
  void goes() {
    isGone = true;
  }

  CloseCause run() {
    return run(Optional.empty());
  }

  CloseCause run(Optional<TlsInfo> tls) {
    return new Conversation("S1", this, tls, setup.settings(memory), deadline).run();
  }

  Deadline deadline() {
    return deadline;
  }

  Memory memory() {
    return memory;
  }

  /** What the client heard, a line each; of a reply of several lines the last. */
  List<String> heard() {
    return String.join("", writes).lines().filter(line -> line.charAt(3) == ' ').toList();
  }

  /** The codes of the replies in each write. */
  List<String> codes() {
    return writes.stream()
        .map(write -> write.replaceAll("(?m)^\\d{3}-.*\r\n", ""))
        .map(write -> write.replaceAll("(?m) .*\r\n", " ").strip())
        .toList();
  }

  List<Activity> waits() {
    return waits;
  }

  Activity activity() {
    Session session =
        new Session("S1", info(), Optional.empty(), Optional.empty(), Optional.empty());
    return deadline.snapshot(session).activity();
  }

  private final InputStream in =
      new InputStream() {
        private InputStream group = InputStream.nullInputStream();

        @Override
        public int read() throws IOException {
          throw new IOException("The server reads in bulk");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          waits.add(activity());
          int count = group.read(target, offset, length);
          if (count < 0 && !groups.isEmpty()) {
            String octets = called(groups.remove());
            group = new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1));
            count = group.read(target, offset, length);
          }
          return count;
        }
      };

  private static <T> T called(Callable<T> action) throws IOException {
    try {
      return action.call();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        throw new IOException("The server writes in bulk");
      }

      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        if (isGone) {
          throw new IOException("The client is gone");
        }
        writes.add(new String(source, offset, length, StandardCharsets.US_ASCII));
      }
    };
  }

  @Override
  public boolean isEarly() {
    return false;
  }

  @Override
  public ConnectionInfo info() {
    Listener listener = setup.listener();
    return new ConnectionInfo(client, new InetSocketAddress(25), listener);
  }

  @Override
  public TlsInfo startTls() throws IOException {
    waits.add(activity());
    return called(handshake);
  }
}

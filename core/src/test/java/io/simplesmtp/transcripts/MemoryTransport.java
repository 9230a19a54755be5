package io.simplesmtp.transcripts;

import io.simplesmtp.auth.ChannelBindings;
import io.simplesmtp.internal.session.Transport;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.TlsInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's part of a dialogue, played on the server's own thread: each time the server asks for
 * more, the script goes on, which first checks that all was said that a client waits for.
 *
 * <p>A failed check is kept, because the server would swallow it, and the client is gone from then
 * on.
 */
final class MemoryTransport implements Transport {

  private final Script script;
  private final Way way;
  private final ConnectionInfo info;
  private boolean isSecure;

  MemoryTransport(List<Step> steps, Way way, Listener listener) {
    this.script = new Script(steps, way);
    this.way = way;
    InetAddress loopback = InetAddress.getLoopbackAddress();
    this.info =
        new ConnectionInfo(
            new InetSocketAddress(loopback, 50_000),
            new InetSocketAddress(loopback, 2525),
            listener);
  }

  /** Checks the rest of the dialogue once the server has ended it. */
  void finish() throws IOException {
    script.finish();
  }

  @Override
  public InputStream in() {
    return new InputStream() {
      @Override
      public int read() {
        throw new UnsupportedOperationException("The server reads in bulk");
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        return script.send(target, offset, way == Way.OCTETS ? 1 : length);
      }
    };
  }

  @Override
  public OutputStream out() {
    return script.out;
  }

  /** A client that speaks before it hears anything has done so, however long it is looked for. */
  @Override
  public boolean isEarly() {
    boolean isEarly = script.steps.get(0) instanceof Step.Send;
    while (isEarly && script.steps.get(script.next) instanceof Step.Send) {
      script.next++;
    }
    return isEarly;
  }

  @Override
  public ConnectionInfo info() {
    return info;
  }

  @Override
  public TlsInfo startTls() throws IOException {
    script.shakeHands();
    isSecure = true;
    return new TlsInfo("TLSv1.3", "none, in memory", Optional.empty(), Optional.empty(), List.of());
  }

  /** As a TLS server has some, but of no channel that there is. */
  @Override
  public ChannelBindings channelBindings() {
    return isSecure ? new NoChannel() : ChannelBindings.NONE;
  }

  private record NoChannel() implements ChannelBindings {
    @Override
    public List<String> types() {
      return List.of("tls-server-end-point");
    }

    @Override
    public Optional<byte[]> data(String type) {
      return Optional.empty();
    }
  }

  /** What was written so far, and in which pieces. */
  private static final class Output extends OutputStream implements Heard {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private int lastWrite;
    private int heard;
    private int turn;

    @Override
    public void write(int octet) {
      throw new UnsupportedOperationException("The server writes in bulk");
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      lastWrite = all.size();
      all.write(source, offset, length);
    }

    @Override
    public String line() {
      String rest = rest();
      int end = rest.indexOf("\r\n");
      if (end < 0) {
        throw new AssertionError("The server is silent" + (rest.isEmpty() ? "" : " after " + rest));
      }
      heard += end + 2;
      return rest.substring(0, end);
    }

    /** Whether the last write began no later than the replies to what the client sent last. */
    @Override
    public boolean isOneWrite() {
      return lastWrite <= turn && heard == all.size();
    }

    String rest() {
      byte[] octets = all.toByteArray();
      return new String(octets, heard, octets.length - heard, StandardCharsets.ISO_8859_1);
    }
  }

  /** The steps, and how far the two sides are in them. */
  private static final class Script {
    private final Output out = new Output();
    private final List<Step> steps;
    private final Way way;
    private int next;
    private int judged;
    private byte[] pending = new byte[0];
    private int sent;
    private @Nullable Throwable failure;

    Script(List<Step> steps, Way way) {
      this.steps = steps;
      this.way = way;
    }

    int send(byte[] target, int offset, int length) {
      if (failure != null) {
        return -1;
      }
      try {
        if (sent == pending.length) {
          load();
        }
      } catch (IOException | RuntimeException | AssertionError e) {
        failure = e;
        return -1;
      }
      int count = Math.min(length, pending.length - sent);
      System.arraycopy(pending, sent, target, offset, count);
      sent += count;
      return count == 0 ? -1 : count;
    }

    /** Goes on to the next octets of the client's; there are none once it has left. */
    private void load() throws IOException {
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      boolean isTurnOver = false;
      while (!isTurnOver && next < steps.size()) {
        switch (steps.get(next)) {
          case Step.Send send -> {
            if (octets.size() == 0 && way != Way.AHEAD) {
              judge();
              out.turn = out.heard;
            }
            octets.writeBytes(send.octets().bytes());
            next++;
          }
          case Step.Expectation expectation -> {
            isTurnOver = way != Way.AHEAD && octets.size() > 0;
            next += isTurnOver ? 0 : 1;
          }
          case Step.Handshake handshake ->
              isTurnOver = isLast(octets, handshake, "The server does not start TLS");
          case Step.ServerCloses end ->
              isTurnOver = isLast(octets, end, "The server waits for more");
          case Step.ClientCloses end -> isTurnOver = true;
        }
      }
      if (octets.size() == 0 && way != Way.AHEAD) {
        judge();
      }
      pending = octets.toByteArray();
      sent = 0;
    }

    private static boolean isLast(ByteArrayOutputStream octets, Step step, String otherwise) {
      if (octets.size() == 0) {
        throw new AssertionError("Line %d: %s".formatted(step.line(), otherwise));
      }
      return true;
    }

    /** Checks what was said against the expectations that were passed. */
    private void judge() throws IOException {
      for (; judged < next; judged++) {
        if (steps.get(judged) instanceof Step.Expectation expectation
            && !(expectation instanceof Step.OneWrite && way != Way.WHOLE)) {
          out.judge(expectation);
        }
      }
    }

    /** Octets of the client's that are still on their way are no handshake, so it fails. */
    void shakeHands() throws IOException {
      if (sent < pending.length || failure != null) {
        throw new IOException("Not a handshake");
      }
      try {
        while (next < steps.size() && steps.get(next) instanceof Step.Expectation) {
          next++;
        }
        judge();
        if (next == steps.size() || !(steps.get(next) instanceof Step.Handshake)) {
          throw new AssertionError("The server starts TLS, the client does not");
        }
        next++;
      } catch (IOException | RuntimeException | AssertionError e) {
        failure = e;
        throw new IOException("The transcript failed", e);
      }
    }

    void finish() throws IOException {
      if (failure != null) {
        throw new AssertionError(
            failure.getMessage() + "; the server said: " + out.rest(), failure);
      }
      while (next < steps.size() && steps.get(next) instanceof Step.Expectation) {
        next++;
      }
      judge();
      if (!out.rest().isEmpty()) {
        throw new AssertionError("The server says more: " + out.rest());
      }
      if (next < steps.size()
          && !(steps.get(next) instanceof Step.ServerCloses)
          && !(steps.get(next) instanceof Step.ClientCloses)) {
        throw new AssertionError(
            "Line %d: the session is over before it".formatted(steps.get(next).line()));
      }
    }
  }
}

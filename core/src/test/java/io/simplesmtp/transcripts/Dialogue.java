package io.simplesmtp.transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.internal.session.Conversation;
import io.simplesmtp.internal.session.Deadline;
import io.simplesmtp.internal.session.Transport;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Timeouts;
import io.simplesmtp.server.TlsInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * What came of octets that a client sent without waiting for anything.
 *
 * @param said the octets of the server, as ISO 8859-1
 * @param calls what the application was asked and told
 * @param outcomes {@code accepted} or {@code refused} for each transaction that came to DATA
 */
record Dialogue(String said, List<String> calls, List<String> outcomes, CloseCause cause) {

  /**
   * Runs a session in memory.
   *
   * @param server the lines of a transcript that set up its server
   * @param most how many octets a read gets at the most, by the place where it begins
   */
  static Dialogue run(List<String> server, String input, IntUnaryOperator most) {
    Transcript transcript = Transcript.parse(server);
    Application application = new Application(transcript);
    Settings settings = transcript.settings();
    Pieces transport = new Pieces(input.getBytes(StandardCharsets.ISO_8859_1), most, settings);
    settings.memory().beginSession();
    CloseCause cause =
        new Conversation(
                "S1",
                transport,
                Optional.empty(),
                settings.forSession(application),
                new Deadline(Timeouts.DEFAULT))
            .run();
    settings.memory().endSession();
    assertThat(settings.memory().held()).as("octets that are held behind the end").isZero();
    return new Dialogue(
        transport.said.toString(StandardCharsets.ISO_8859_1),
        application.calls(),
        application.outcomes(),
        cause);
  }

  /** What the server said, line by line, and what its application was asked. */
  List<String> all() {
    List<String> all = new ArrayList<>(said.lines().toList());
    all.addAll(calls);
    all.addAll(outcomes);
    return all;
  }

  /** Input in pieces, each of at most a length that depends on where it begins. */
  private record Pieces(
      int size,
      InputStream rest,
      IntUnaryOperator most,
      Settings settings,
      ByteArrayOutputStream said)
      implements Transport {

    Pieces(byte[] octets, IntUnaryOperator most, Settings settings) {
      this(
          octets.length,
          new ByteArrayInputStream(octets),
          most,
          settings,
          new ByteArrayOutputStream());
    }

    @Override
    public InputStream in() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          return rest.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          int at = size - rest.available();
          return rest.read(target, offset, Math.min(length, most.applyAsInt(at)));
        }
      };
    }

    @Override
    public OutputStream out() {
      return said;
    }

    @Override
    public boolean isEarly() {
      return false;
    }

    @Override
    public ConnectionInfo info() {
      InetSocketAddress end = new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
      return new ConnectionInfo(end, end, settings.listener());
    }

    @Override
    public TlsInfo startTls() throws IOException {
      throw new IOException("No TLS here");
    }
  }
}

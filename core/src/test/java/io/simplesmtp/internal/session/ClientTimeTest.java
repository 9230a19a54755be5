package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.Reply;
import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.internal.wire.ReplyWriter;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Timeouts;
import io.simplesmtp.server.TlsInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a client is waited for; in hours, so that no slow machine makes a difference. */
class ClientTimeTest {

  private static final int IDLE = 20;
  private static final int COMMAND = 10;
  private static final int BLOCK = 5;
  private static final int SESSION = 100;

  /** Octets for which a client has an hour. */
  private static final int HOUR = 3_600;

  private final Timeouts timeouts =
      Timeouts.DEFAULT
          .withIdle(Duration.ofHours(IDLE))
          .withCommand(Duration.ofHours(COMMAND))
          .withDataBlock(Duration.ofHours(BLOCK))
          .withSession(Duration.ofHours(SESSION))
          .withMinimumRate(1);
  private final Deadline deadline = new Deadline(timeouts);
  private final Line line = new Line();
  private final ClientOutput output = new ClientOutput(line, deadline, timeouts);
  private final ReplyWriter writer =
      new ReplyWriter(output, new Buffers(new Memory(Long.MAX_VALUE)));
  private final ClientInput input = new ClientInput(line, writer, deadline, timeouts);

  @Test
  void aClientMayBeIdleAndThenHasToFinishItsCommand() throws IOException {
    input.expectLine(false);
    receive(0);
    receive(1);
    receive(1);
    input.expectLine(false);
    receive(1);
    input.expectLine(true);
    receive(1);
    assertThat(line.hours).containsExactly(IDLE, IDLE, COMMAND, IDLE, COMMAND);
  }

  @Test
  void dataEarnsTimeAndNeverMoreThanABlockAtOnce() throws IOException {
    input.expectData();
    receive(HOUR);
    receive(HOUR);
    assertThat(line.hours).containsExactly(BLOCK, BLOCK);
  }

  @Test
  void whatWasReadIsHandedOnOctetByOctetToo() throws IOException {
    input.expectData();
    line.next = 1;
    assertThat(input.read()).isEqualTo(0xff);
    line.next = -1;
    assertThat(input.read()).isEqualTo(-1);
  }

  @Test
  void betweenWaitsTheSessionAloneIsBounded() throws IOException {
    assertThat(hoursLeft()).isEqualTo(SESSION);
    input.expectLine(false);
    receive(1);
    assertThat(hoursLeft()).isEqualTo(SESSION);
    line.isBroken = true;
    assertThatThrownBy(() -> receive(1)).isInstanceOf(IOException.class);
    assertThat(hoursLeft()).isEqualTo(SESSION);
  }

  @Test
  void repliesGoOutBeforeTheClientIsWaitedForAndInTimeToo() throws IOException {
    writer.write(Reply.OK);
    assertThat(line.written).isEmpty();
    input.expectLine(false);
    receive(1);
    assertThat(line.written).containsExactly("250 2.0.0 OK\r\n");
    assertThat(line.hours).as("to write, to read").containsExactly(IDLE, IDLE);
    output.write('x');
    assertThat(line.written).containsExactly("250 2.0.0 OK\r\n", "x");
    assertThat(line.flushed).isEqualTo(2);
    assertThat(hoursLeft()).isEqualTo(SESSION);
  }

  @Test
  void whatComesTooLateIsDropped() throws IOException {
    input.expectLine(false);
    line.expires = true;
    line.next = 1;
    assertThat(input.read(new byte[10], 0, 10)).isEqualTo(-1);
    line.expires = false;
    assertThat(input.read(new byte[10], 0, 10)).isEqualTo(-1);
    assertThat(line.hours).as("asked once").containsExactly(IDLE);
  }

  @Test
  void aClientIsToldWhyAndHasSecondsForThat() throws IOException {
    deadline.interrupt(CloseCause.TIMEOUT);
    output.write(new byte[1], 0, 1);
    assertThat(line.hours).containsExactly(0);
    assertThat(deadline.interruption()).contains(CloseCause.TIMEOUT);
  }

  private void receive(int octets) throws IOException {
    line.next = octets;
    assertThat(input.read(new byte[HOUR], 0, HOUR)).isEqualTo(octets);
  }

  /** Rounded, as some of the time has passed. */
  private int hoursLeft() {
    long now = System.nanoTime();
    int hours = 0;
    while (!deadline.isPast(now + TimeUnit.MINUTES.toNanos(60L * hours + 30))) {
      hours++;
    }
    return hours;
  }

  /** Says of each read and write how many hours it may take. */
  private final class Line implements Transport {

    private final List<Integer> hours = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private int flushed;
    private int next;
    private boolean isBroken;
    private boolean expires;

    @Override
    public InputStream in() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          throw new IOException("The server reads in bulk");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          hours.add(hoursLeft());
          if (isBroken) {
            throw new IOException("The client is gone");
          }
          if (expires) {
            assertThat(deadline.due(System.nanoTime() + TimeUnit.HOURS.toNanos(IDLE)))
                .isEqualTo(Deadline.Due.WAKE);
          }
          target[offset] = (byte) 0xff;
          return next;
        }
      };
    }

    @Override
    public OutputStream out() {
      return new OutputStream() {
        @Override
        public void write(int octet) throws IOException {
          throw new IOException("The server writes in bulk");
        }

        @Override
        public void write(byte[] source, int offset, int length) {
          hours.add(hoursLeft());
          written.add(new String(source, offset, length, StandardCharsets.US_ASCII));
        }

        @Override
        public void flush() {
          flushed++;
        }
      };
    }

    @Override
    public boolean isEarly() {
      return false;
    }

    @Override
    public ConnectionInfo info() {
      throw new IllegalStateException("Nobody asks");
    }

    @Override
    public TlsInfo startTls() throws IOException {
      throw new IOException("Not here");
    }
  }
}

package io.simplesmtp.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.internal.wire.MemoryException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/**
 * Records in which there is no data: no client of Java's sends them, so it is the engine that finds
 * nothing in one.
 */
final class HollowRecordsTest {

  private static final int HEADER = 5;

  private final Memory memory = new Memory(1 << 20);
  private final Buffers buffers = new Buffers(memory);

  @Test
  void withoutEndAreEnded() {
    int[] sent = {0};
    byte[] record = record(1);
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            throw new UnsupportedOperationException("The server reads in bulk");
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            System.arraycopy(record, 0, target, offset, record.length);
            sent[0]++;
            return record.length;
          }
        };
    TlsChannel channel = open(endless);
    assertThatThrownBy(() -> channel.in().read(new byte[512], 0, 512))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("without data");
    assertThat(sent[0]).isLessThan(50);
  }

  /** The engine may keep what is in them, as the begin of a message of its own. */
  @Test
  void areCountedUntilThereIsData() throws Exception {
    byte[] hollow = record(16_000);
    byte[] data = record(1);
    data[HEADER] = '!';
    TlsChannel channel = open(sequence(hollow, hollow, hollow, hollow));
    long before = buffers.memory().held();
    assertThat(channel.in().read(new byte[512], 0, 512)).isEqualTo(-1);
    assertThat(buffers.memory().held()).isBetween(before + 32_000, before + (1 << 16));
    channel.release();
    assertThat(buffers.memory().held()).isZero();

    TlsChannel again = open(sequence(hollow, data));
    assertThat(again.in().read(new byte[512], 0, 512)).isOne();
    assertThat(buffers.memory().held()).isEqualTo(before);
  }

  @Test
  void endWhenMemoryIsUsedUpAndShortOnesGoOn() throws Exception {
    Memory.Share others = memory.new Share();
    byte[] data = record(1);
    data[HEADER] = '!';
    TlsChannel brief = open(sequence(record(16), data));
    TlsChannel longer = open(sequence(record(400), record(400), record(400)));
    others.hold(4L << 20);
    assertThat(brief.in().read(new byte[512], 0, 512)).isOne();
    assertThatThrownBy(() -> longer.in().read(new byte[512], 0, 512))
        .isInstanceOf(MemoryException.class);
  }

  private TlsChannel open(InputStream in) {
    return new TlsChannel(
        new HollowEngine(), in, OutputStream.nullOutputStream(), () -> false, buffers);
  }

  private static InputStream sequence(byte[]... records) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (byte[] record : records) {
      octets.writeBytes(record);
    }
    return new ByteArrayInputStream(octets.toByteArray());
  }

  private static byte[] record(int length) {
    byte[] record = new byte[HEADER + length];
    record[0] = 23;
    record[1] = 3;
    record[2] = 3;
    record[3] = (byte) (length >> 8);
    record[4] = (byte) length;
    return record;
  }
}

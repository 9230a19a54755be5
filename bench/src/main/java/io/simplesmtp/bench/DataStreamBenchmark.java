package io.simplesmtp.bench;

import io.simplesmtp.MailDataException;
import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.DataBounds;
import io.simplesmtp.internal.wire.DataStream;
import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.internal.wire.WireReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The content of DATA, with strict line endings, through a reader that goes on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DataStreamBenchmark {

  private static final DataBounds STRICT = new DataBounds(1L << 30, 1 << 20, 1 << 20, true);

  private final byte[] target = new byte[8_192];
  private WireReader reader =
      new WireReader(new Cycle(target), new Buffers(new Memory(Long.MAX_VALUE)));

  /** What lines there are. */
  @Param public Content content = Content.PLAIN;

  /** Octets as they are sent, without the terminator. */
  @Param({"1024", "102400", "10485760"})
  public int size = 1024;

  /** Makes the octets. */
  @Setup
  public void prepare() {
    reader = new WireReader(new Cycle(content.sent(size)), new Buffers(new Memory(Long.MAX_VALUE)));
  }

  /** The engine drains what no handler wanted. */
  @Benchmark
  public long drained() throws IOException {
    return drained(new DataStream(reader, STRICT));
  }

  /** A handler reads all that is legal; the engine drains the rest. */
  @Benchmark
  public long copied() throws IOException {
    DataStream stream = new DataStream(reader, STRICT);
    try {
      while (stream.read(target, 0, target.length) >= 0) {
        // Copied.
      }
    } catch (MailDataException e) {
      // A bare LF.
    }
    return drained(stream);
  }

  private static long drained(DataStream stream) throws IOException {
    stream.close();
    stream.drain();
    return stream.octets();
  }
}

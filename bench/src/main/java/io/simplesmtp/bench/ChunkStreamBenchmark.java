package io.simplesmtp.bench;

import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.ChunkStream;
import io.simplesmtp.internal.wire.ChunkStream.Chunk;
import io.simplesmtp.internal.wire.DataBounds;
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

/** The content of one BDAT, through a reader that goes on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChunkStreamBenchmark {

  /** What the content is held to. */
  public enum Kind {
    /** Lines with strict endings. */
    TEXT,
    /** Any octets behind the header. */
    BINARY
  }

  private static final DataBounds STRICT = new DataBounds(1L << 30, 1 << 20, 1 << 20, true);

  private final byte[] target = new byte[8_192];
  private WireReader reader =
      new WireReader(new Cycle(target), new Buffers(new Memory(Long.MAX_VALUE)));
  private DataBounds bounds = STRICT;
  private Chunk chunk = new Chunk(0, true);

  /** Whether line ends are looked at. */
  @Param public Kind kind = Kind.TEXT;

  /** Octets of the chunk. */
  @Param({"1024", "102400", "10485760"})
  public int size = 1024;

  /** Makes the octets. */
  @Setup
  public void prepare() {
    reader =
        new WireReader(
            new Cycle(Content.PLAIN.octets(size)), new Buffers(new Memory(Long.MAX_VALUE)));
    bounds = kind == Kind.TEXT ? STRICT : STRICT.ofBinary();
    chunk = new Chunk(size, true);
  }

  /** The engine drains what no handler wanted. */
  @Benchmark
  public long drained() throws IOException {
    return drained(stream());
  }

  /** A handler reads all. */
  @Benchmark
  public long copied() throws IOException {
    ChunkStream stream = stream();
    while (stream.read(target, 0, target.length) >= 0) {
      // Copied.
    }
    return drained(stream);
  }

  private ChunkStream stream() {
    return new ChunkStream(reader, bounds, chunk, ChunkStreamBenchmark::noMore);
  }

  private static Chunk noMore() {
    throw new IllegalStateException("The first chunk was the last one");
  }

  private static long drained(ChunkStream stream) throws IOException {
    stream.close();
    stream.drain();
    return stream.octets();
  }
}

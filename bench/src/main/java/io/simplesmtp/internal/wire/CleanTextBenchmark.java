package io.simplesmtp.internal.wire;

import io.simplesmtp.bench.Content;
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

/** How fast clean text is found, here because it is seen by its package alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CleanTextBenchmark {

  private byte[] octets = {};

  /** Of {@link Content#DOTS} only the first block is looked at, and left to others. */
  @Param({"PLAIN", "LONG_LINES", "DOTS"})
  public Content content = Content.PLAIN;

  /** Octets in the buffer. */
  @Param({"1024", "65536"})
  public int size = 1024;

  /** Fills the buffer. */
  @Setup
  public void prepare() {
    octets = content.octets(size);
  }

  /** Counts them. */
  @Benchmark
  public int count() {
    return CleanText.count(octets, 0, octets.length, octets.length);
  }
}

package io.simplesmtp.bench;

import io.simplesmtp.Reply;
import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.internal.wire.ReplyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Replies to octets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReplyWriterBenchmark {

  private static final Reply HELLO =
      new Reply(
          250,
          Optional.empty(),
          List.of(
              "mx.example.net",
              "PIPELINING",
              "SIZE 26214400",
              "8BITMIME",
              "SMTPUTF8",
              "CHUNKING",
              "ENHANCEDSTATUSCODES",
              "HELP"));

  private static final Reply GO_AHEAD = Reply.of(354, "Go ahead");

  private final ReplyWriter writer =
      new ReplyWriter(OutputStream.nullOutputStream(), new Buffers(new Memory(Long.MAX_VALUE)));

  /** The replies that go out in one write for a pipelined message. */
  @Benchmark
  public ReplyWriter group() throws IOException {
    writer.write(Reply.OK);
    writer.write(Reply.SENDER_OK);
    writer.write(Reply.RECIPIENT_OK);
    writer.write(GO_AHEAD);
    writer.flush();
    return writer;
  }

  /** The answer to EHLO. */
  @Benchmark
  public ReplyWriter hello() throws IOException {
    writer.write(HELLO);
    writer.flush();
    return writer;
  }
}

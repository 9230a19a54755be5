package io.simplesmtp.bench;

import io.simplesmtp.internal.session.SessionSettings;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Messages of 1 KiB through a whole session in memory, which a hundred of them share. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(ConversationBenchmark.MESSAGES)
public class ConversationBenchmark {

  static final int MESSAGES = 100;

  private final SessionSettings settings = Sessions.settings();
  private final Script pipelined = Script.pipelined(MESSAGES);
  private final Script pipelinedWithSize = Script.pipelinedWithSize(MESSAGES);
  private final Script lockStep = Script.lockStep(MESSAGES);

  /** The client sends groups of commands. */
  @Benchmark
  public long pipelined() {
    return Sessions.hold(settings, pipelined);
  }

  /** And tells the size of each message. */
  @Benchmark
  public long pipelinedWithSize() {
    return Sessions.hold(settings, pipelinedWithSize);
  }

  /** The client waits for each reply. */
  @Benchmark
  public long lockStep() {
    return Sessions.hold(settings, lockStep);
  }
}

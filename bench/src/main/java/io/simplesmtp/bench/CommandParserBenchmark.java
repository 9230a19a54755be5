package io.simplesmtp.bench;

import io.simplesmtp.internal.protocol.Command;
import io.simplesmtp.internal.protocol.CommandParser;
import java.nio.charset.StandardCharsets;
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

/** A line to a command. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CommandParserBenchmark {

  /** What a client sends for each message, and once. */
  public enum Line {
    /** The first command. */
    EHLO("EHLO client.example.org"),
    /** As a client sends it that reads what EHLO announced. */
    MAIL("MAIL FROM:<ann.smith@example.org> SIZE=1024 BODY=8BITMIME"),
    /** The plain form. */
    RCPT("RCPT TO:<bob.jones@example.com>"),
    /** No argument. */
    DATA("DATA");

    private final String text;

    Line(String text) {
      this.text = text;
    }
  }

  private final CommandParser parser = Sessions.settings().parser();
  private byte[] octets = {};

  /** The line. */
  @Param public Line line = Line.EHLO;

  /** Makes the octets of the line. */
  @Setup
  public void prepare() {
    octets = line.text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Parses the line. */
  @Benchmark
  public Command parse() {
    return parser.parse(octets, 0, octets.length);
  }
}

package io.simplesmtp.bench;

import io.simplesmtp.internal.session.SessionSettings;
import io.simplesmtp.internal.wire.CleanTextBenchmark;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** The paths whose allocation has a limit: the operations of the benchmarks, by name. */
final class Paths {

  /** Enough for the first message of a session not to count. */
  private static final int MESSAGES = 20;

  private final Map<String, Long> octets = new LinkedHashMap<>();

  private Paths() {}

  /** What each of them allocates; some seconds. */
  static Map<String, Long> measured() throws Exception {
    Paths paths = new Paths();
    paths.sessions();
    paths.commands();
    paths.contents();
    paths.chunks();
    paths.others();
    return paths.octets;
  }

  private void sessions() throws Exception {
    octets.put("pipelined message of 1 KiB", ofMessage(Script::pipelined));
    octets.put("pipelined message of 1 KiB with SIZE", ofMessage(Script::pipelinedWithSize));
    octets.put("lock-step message of 1 KiB", ofMessage(Script::lockStep));
    octets.put("session without a message", ofSession(Script.lockStep(0)));
  }

  /** What a session needs more for each message more. */
  private static long ofMessage(IntFunction<Script> script) throws Exception {
    long one = ofSession(script.apply(1));
    return (ofSession(script.apply(1 + MESSAGES)) - one) / MESSAGES;
  }

  private static long ofSession(Script script) throws Exception {
    SessionSettings settings = Sessions.settings();
    return Allocation.of(() -> Sessions.hold(settings, script));
  }

  private void commands() throws Exception {
    for (CommandParserBenchmark.Line line : CommandParserBenchmark.Line.values()) {
      CommandParserBenchmark benchmark = new CommandParserBenchmark();
      benchmark.line = line;
      benchmark.prepare();
      octets.put("command " + line, Allocation.of(benchmark::parse));
    }
  }

  private void contents() throws Exception {
    for (Content content : Content.values()) {
      DataStreamBenchmark benchmark = new DataStreamBenchmark();
      benchmark.content = content;
      benchmark.size = 100 << 10;
      benchmark.prepare();
      octets.put("DATA drained, " + content, Allocation.of(benchmark::drained));
      octets.put("DATA copied, " + content, Allocation.of(benchmark::copied));
    }
  }

  private void chunks() throws Exception {
    for (ChunkStreamBenchmark.Kind kind : ChunkStreamBenchmark.Kind.values()) {
      ChunkStreamBenchmark benchmark = new ChunkStreamBenchmark();
      benchmark.kind = kind;
      benchmark.size = 100 << 10;
      benchmark.prepare();
      octets.put("BDAT drained, " + kind, Allocation.of(benchmark::drained));
      octets.put("BDAT copied, " + kind, Allocation.of(benchmark::copied));
    }
  }

  private void others() throws Exception {
    CleanTextBenchmark text = new CleanTextBenchmark();
    text.prepare();
    octets.put("clean text", Allocation.of(text::count));
    ReplyWriterBenchmark replies = new ReplyWriterBenchmark();
    octets.put("replies of a pipelined message", Allocation.of(replies::group));
    octets.put("reply to EHLO", Allocation.of(replies::hello));
  }
}

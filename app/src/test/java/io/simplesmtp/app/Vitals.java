package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process on Linux takes at a moment.
 *
 * @param residentKib its memory
 * @param descriptors the files and sockets that it has open
 * @param threads those of the system
 */
record Vitals(long residentKib, long descriptors, long threads) {

  private static final String LISTENING = "0A";
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)$");

  static Vitals of(Process process) throws IOException {
    Path folder = Path.of("/proc/" + process.pid());
    List<String> status = Files.readAllLines(folder.resolve("status"));
    try (Stream<Path> descriptors = Files.list(folder.resolve("fd"))) {
      return new Vitals(number(status, "VmRSS:"), descriptors.count(), number(status, "Threads:"));
    }
  }

  /** How many connections to a port of this machine a process has not closed. */
  static long connections(int port) throws IOException {
    String local = ":%04X ".formatted(port);
    long count = 0;
    for (String table : new String[] {"tcp", "tcp6"}) {
      for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
        String[] fields = line.strip().split(" +", 11);
        boolean isOpen = !fields[9].equals("0") && !fields[3].equals(LISTENING);
        count += isOpen && (fields[1] + " ").endsWith(local) ? 1 : 0;
      }
    }
    return count;
  }

  /** The most memory that a process has ever taken. */
  static long peakKib(Process process) throws IOException {
    return number(Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")), "VmHWM:");
  }

  /** What is alive on the heap of a Java process, which has a full collection for it. */
  static long heapKib(Process process) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String pid = Long.toString(process.pid());
    Programs.Ended ended = Programs.run(jcmd, pid, "GC.class_histogram");
    Matcher total = TOTAL.matcher(ended.output());
    assertThat(total.find()).as(ended.output()).isTrue();
    return Long.parseLong(total.group(1)) >> 10;
  }

  private static long number(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }
}

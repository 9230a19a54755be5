package io.simplesmtp.server;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is left of closed servers: threads, virtual ones too, open sockets, and files. */
final class Leaks {

  private static final Pattern NAME = Pattern.compile("\"name\": \"(smtp-[^\"]*)\"");
  private static final List<Path> SOCKETS =
      List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
  private static final Pattern SPOOL = Pattern.compile("/smtp-[0-9a-f-]{36}\\.tmp( |$)");

  private Leaks() {}

  /** The names of all live threads of all servers in this virtual machine. */
  static List<String> threads() throws IOException {
    Path folder = Files.createTempDirectory("threads");
    Path dump = folder.resolve("threads.json");
    try {
      ManagementFactory.getPlatformMXBean(com.sun.management.HotSpotDiagnosticMXBean.class)
          .dumpThreads(
              dump.toString(), com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
      String text = Files.readString(dump, StandardCharsets.UTF_8);
      return NAME.matcher(text).results().map((MatchResult r) -> r.group(1)).toList();
    } finally {
      Files.deleteIfExists(dump);
      Files.delete(folder);
    }
  }

  /** The files of spools that this process has open, where Linux lists them. */
  static List<String> spools() throws IOException {
    return descriptors().stream().filter(target -> SPOOL.matcher(target).find()).toList();
  }

  /**
   * The sockets at these local ports that this process still holds, as Linux lists them; none where
   * there is no such list. Those of other processes may have the same ports at other addresses.
   */
  static List<String> sockets(Set<Integer> ports) throws IOException {
    Set<String> ends =
        ports.stream().map(port -> ":%04X".formatted(port)).collect(Collectors.toSet());
    Set<String> ours = inodes();
    List<String> held = new ArrayList<>();
    for (Path list : SOCKETS) {
      if (Files.isReadable(list)) {
        for (String row : Files.readAllLines(list, StandardCharsets.US_ASCII)) {
          String[] columns = row.strip().split("\\s+", -1);
          boolean isHere = ends.stream().anyMatch(columns[1]::endsWith);
          if (isHere && ours.contains(columns[9])) {
            held.add(row);
          }
        }
      }
    }
    return held;
  }

  /** What the open sockets of this process have in the kernel. */
  static Set<String> inodes() throws IOException {
    return descriptors().stream()
        .map(SOCKET::matcher)
        .filter(Matcher::matches)
        .map(link -> link.group(1))
        .collect(Collectors.toSet());
  }

  /** What this process has open, where Linux lists it. */
  private static List<String> descriptors() throws IOException {
    List<String> open = new ArrayList<>();
    if (Files.isDirectory(DESCRIPTORS)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
        for (Path descriptor : all) {
          try {
            open.add(Files.readSymbolicLink(descriptor).toString());
          } catch (NoSuchFileException e) {
            // Closed meanwhile, such as the one of this list.
          }
        }
      }
    }
    return open;
  }
}

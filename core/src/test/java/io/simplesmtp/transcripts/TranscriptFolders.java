package io.simplesmtp.transcripts;

import io.simplesmtp.server.TlsConfig;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All transcripts of a folder as one test, in memory, for mutation testing: it begins each test
 * anew for each mutant, which costs more than a transcript does. Not run otherwise, because {@link
 * TranscriptTest} runs each of them by itself.
 */
final class TranscriptFolders {

  private static final List<Way> WAYS = List.of(Way.WHOLE, Way.OCTETS, Way.AHEAD);

  @ParameterizedTest
  @MethodSource("folders")
  void happenInMemory(String folder) throws Exception {
    Runner runner = new Runner(() -> TlsConfig.selfSigned(Settings.HOSTNAME));
    for (Path file : sorted(TranscriptTest.root().resolve(folder))) {
      List<String> lines = Files.readAllLines(file);
      for (Way way : WAYS) {
        if (Transcript.parse(lines).ways().contains(way)) {
          runner.run(Transcript.parse(lines), way);
        }
      }
    }
  }

  static Stream<String> folders() throws IOException, URISyntaxException {
    return sorted(TranscriptTest.root()).stream().map(folder -> folder.getFileName().toString());
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.sorted().toList();
    }
  }
}

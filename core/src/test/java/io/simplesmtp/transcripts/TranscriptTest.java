package io.simplesmtp.transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.server.TlsConfig;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every transcript, in every way that it allows. */
final class TranscriptTest {

  private static final int AT_LEAST = 200;

  @TestFactory
  Stream<DynamicContainer> transcripts() throws IOException, URISyntaxException {
    Path root = root();
    TlsConfig[] tls = new TlsConfig[1];
    Runner runner =
        new Runner(() -> {
          if (tls[0] == null) {
            tls[0] = TlsConfig.selfSigned(Settings.HOSTNAME);
          }
          return tls[0];
        });
    List<Path> files;
    try (Stream<Path> found = Files.walk(root)) {
      files = found.filter(f -> f.toString().endsWith(".smtp")).sorted().toList();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(AT_LEAST);
    return files.stream().map(file -> inEveryWay(runner, root.relativize(file).toString(), file));
  }

  @ParameterizedTest
  @EnumSource
  void theExampleOfTheDocumentHappens(Way way) throws Exception {
    Path root = Path.of(System.getProperty("simplesmtp.root", ".."));
    String document = Files.readString(root.resolve("docs/transcripts.md"));
    int begin = document.indexOf("```\n") + 4;
    int end = document.indexOf("```", begin);
    Transcript example = Transcript.parse(document.substring(begin, end).lines().toList());
    new Runner(() -> TlsConfig.selfSigned(Settings.HOSTNAME)).run(example, way);
  }

  private static DynamicContainer inEveryWay(Runner runner, String name, Path file) {
    Transcript transcript;
    try {
      transcript = Transcript.parse(Files.readAllLines(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
    return DynamicContainer.dynamicContainer(
        name,
        file.toUri(),
        transcript.ways().stream()
            .map(way ->
                DynamicTest.dynamicTest(
                    name + " " + way,
                    file.toUri(),
                    () -> runner.run(Transcript.parse(Files.readAllLines(file)), way))));
  }

  static Path root() throws URISyntaxException {
    URL folder = Objects.requireNonNull(TranscriptTest.class.getResource("/transcripts"));
    return Path.of(folder.toURI());
  }
}

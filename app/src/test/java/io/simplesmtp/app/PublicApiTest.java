package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The program does with the library's public API what every application can do. */
class PublicApiTest {

  @Test
  void theProgramUsesNothingInternal() throws Exception {
    Path sources = Path.of(System.getProperty("simplesmtp.root", "..")).resolve("app/src/main");
    try (Stream<Path> files = Files.walk(sources)) {
      List<Path> java = files.filter(f -> f.toString().endsWith(".java")).toList();
      assertThat(java).hasSizeGreaterThan(20);
      for (Path file : java) {
        assertThat(file).content().doesNotContain("io.simplesmtp.internal");
      }
    }
  }
}

package io.simplesmtp.gates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java sources of all modules. */
final class Sources {

  private static final Path ROOT =
      Path.of(System.getProperty("simplesmtp.root", "..")).toAbsolutePath().normalize();

  private Sources() {}

  static Path root() {
    return ROOT;
  }

  static List<Path> all() {
    return Stream.concat(of("main"), of("test")).toList();
  }

  static List<Path> tests() {
    return of("test").toList();
  }

  static List<Path> main() {
    return of("main").toList();
  }

  private static Stream<Path> of(String kind) {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src").resolve(kind))
          .filter(Files::isDirectory)
          .flatMap(Sources::javaFiles)
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.simplesmtp.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a long run measures, as CSV in {@code target/load}. */
record Figures(Path file) {

  /** An empty file with these columns, in the place of an older one. */
  static Figures anew(String name, String columns) throws IOException {
    Path file = Path.of("target", "load", name + ".csv");
    Files.createDirectories(file.getParent());
    Files.writeString(file, columns + "\n");
    return new Figures(file);
  }

  void add(Object... row) throws IOException {
    String text = Arrays.stream(row).map(String::valueOf).collect(Collectors.joining(","));
    Files.writeString(file, text + "\n", StandardOpenOption.APPEND);
  }
}

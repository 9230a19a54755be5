package io.simplesmtp.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each promise, each way in that is closed, and each attack has what shows it. */
class PromisesTest {

  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Path TRANSCRIPTS =
      Sources.root().resolve("core/src/test/resources/transcripts");

  @ParameterizedTest
  @CsvSource({"promises.md, 25", "security.md, 17", "attacks.md, 25"})
  void eachRowIsShown(String page, int least) throws IOException {
    List<String> faults = new ArrayList<>();
    List<String> rows = rows(page);
    for (String row : rows) {
      String[] cells = row.split("\\|", -1);
      List<String> names = names(cells[cells.length - 2]);
      if (names.isEmpty()) {
        faults.add("shown by nothing: " + row);
      }
      for (String name : names) {
        if (!exists(name)) {
          faults.add(name + " in " + row);
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(rows).hasSizeGreaterThan(least);
  }

  /** The rows of all tables, without their heads. */
  private static List<String> rows(String page) throws IOException {
    List<String> rows = new ArrayList<>();
    boolean isHead = true;
    for (String line : Files.readAllLines(Sources.root().resolve("docs").resolve(page))) {
      if (!line.startsWith("|")) {
        isHead = true;
      } else if (line.startsWith("|---")) {
        isHead = false;
      } else if (!isHead) {
        rows.add(line);
      }
    }
    return rows;
  }

  private static List<String> names(String cell) {
    return NAME.matcher(cell).results().map((MatchResult r) -> r.group(1)).toList();
  }

  private static boolean exists(String name) throws IOException {
    if (name.endsWith(".smtp")) {
      return Files.exists(TRANSCRIPTS.resolve(name));
    }
    String[] parts = name.split("#", 2);
    for (Path file : Sources.tests()) {
      if (file.endsWith(parts[0] + ".java")
          && (parts.length == 1 || Files.readString(file).contains(" " + parts[1] + "("))) {
        return true;
      }
    }
    return false;
  }
}

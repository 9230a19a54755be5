package io.simplesmtp.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each row of docs/rfc-map.md names a class and a transcript or test that exist. */
class RfcMapTest {

  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Path TRANSCRIPTS =
      Sources.root().resolve("core/src/test/resources/transcripts");

  @Test
  void eachRowNamesWhatExists() throws IOException {
    List<String> rows =
        Files.readAllLines(Sources.root().resolve("docs/rfc-map.md")).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| rule"))
            .toList();
    List<String> faults = new ArrayList<>();
    for (String row : rows) {
      String[] cells = row.split("\\|", -1);
      if (cells.length != 6) {
        faults.add("not four cells: " + row);
      } else {
        check(row, names(cells[3]), this::isClass, faults);
        check(row, names(cells[4]), this::isShown, faults);
      }
    }
    assertThat(rows).hasSizeGreaterThan(40);
    assertThat(faults).isEmpty();
  }

  private interface Check {
    boolean exists(String name);
  }

  private static void check(String row, List<String> names, Check check, List<String> faults) {
    if (names.isEmpty()) {
      faults.add("empty cell: " + row);
    }
    names.stream().filter(n -> !check.exists(n)).forEach(n -> faults.add(n + " in " + row));
  }

  private boolean isClass(String name) {
    return Sources.main().stream().anyMatch(f -> f.endsWith(name + ".java"));
  }

  private boolean isShown(String name) {
    return name.endsWith(".smtp")
        ? Files.exists(TRANSCRIPTS.resolve(name))
        : Sources.tests().stream().anyMatch(f -> f.endsWith(name + ".java"));
  }

  private static List<String> names(String cell) {
    return NAME.matcher(cell).results().map((MatchResult r) -> r.group(1)).toList();
  }
}

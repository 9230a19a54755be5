package io.simplesmtp.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each row of docs/rfc-map.md names a class and a transcript or test that exist. */
class RfcMapTest {

  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final List<String> PROTOCOLS =
      List.of(
          "PIPELINING",
          "SIZE",
          "LIMITS",
          "8BITMIME",
          "CHUNKING",
          "SMTPUTF8",
          "ENHANCEDSTATUSCODES",
          "STARTTLS",
          "AUTH",
          "BINARYMIME",
          "DSN",
          "PRDR",
          "REQUIRETLS",
          "MT-PRIORITY",
          "FUTURERELEASE",
          "DELIVERBY",
          "XCLIENT",
          "XFORWARD",
          "LMTP",
          "PROXY");
  private static final Path TRANSCRIPTS =
      Sources.root().resolve("core/src/test/resources/transcripts");

  @Test
  void eachRowNamesWhatExists() throws IOException {
    List<String> rows = rows(section -> !isAboutExtensions(section));
    List<String> faults = new ArrayList<>();
    for (String row : rows) {
      String[] cells = cells(row, faults);
      check(row, names(cells[3]), this::isClass, faults);
      check(row, names(cells[4]), this::isShown, faults);
    }
    assertThat(rows).hasSizeGreaterThan(40);
    assertThat(faults).isEmpty();
  }

  @Test
  void eachExtensionSaysWhatIsEnforcedAndWhatShowsIt() throws IOException {
    List<String> rows = rows(RfcMapTest::isAboutExtensions);
    List<String> faults = new ArrayList<>();
    for (String row : rows) {
      String[] cells = cells(row, faults);
      check(row, names(cells[4]), this::isShown, faults);
      if (names(cells[1]).isEmpty() || cells[2].isBlank() || cells[3].isBlank()) {
        faults.add("empty cell: " + row);
      }
    }
    assertThat(rows).extracting(row -> row.split("`", -1)[1]).containsExactlyElementsOf(PROTOCOLS);
    assertThat(faults).isEmpty();
  }

  /** The rows of the tables of some sections, without the heads of the tables. */
  private static List<String> rows(Predicate<String> ofSection) throws IOException {
    String map = Files.readString(Sources.root().resolve("docs/rfc-map.md"));
    return Arrays.stream(map.split("\n## "))
        .filter(ofSection)
        .flatMap(section -> section.lines().filter(line -> line.startsWith("| ")).skip(1))
        .toList();
  }

  private static boolean isAboutExtensions(String section) {
    return section.startsWith("Service extensions\n");
  }

  private static String[] cells(String row, List<String> faults) {
    String[] cells = row.split("\\|", -1);
    if (cells.length != 6) {
      faults.add("not four cells: " + row);
    }
    return Arrays.copyOf(cells, 6);
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

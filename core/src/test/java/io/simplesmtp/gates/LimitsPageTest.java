package io.simplesmtp.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.server.Admission;
import io.simplesmtp.server.Limits;
import io.simplesmtp.server.Timeouts;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/limits.md has a row for each bound, with the default that it has. */
class LimitsPageTest {

  private static final long KIB = 1 << 10;
  private static final long MIB = KIB << 10;

  static List<Record> defaults() {
    return List.of(Limits.DEFAULT, Admission.DEFAULT, Timeouts.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void eachBoundStandsThereWithItsDefault(Record bounds) throws Exception {
    Map<String, String> page = page();
    assertThat(page).hasSizeGreaterThan(20);
    for (RecordComponent component : bounds.getClass().getRecordComponents()) {
      Object value = component.getAccessor().invoke(bounds);
      assertThat(page.get(component.getName()))
          .as(component.getName())
          .matches(Pattern.quote(written(value)) + "( octets(/s)?|, .*)?");
    }
  }

  /** The names in the first cells, and the second cells. */
  private static Map<String, String> page() throws IOException {
    return Files.readAllLines(Sources.root().resolve("docs/limits.md")).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split(" \\| ", -1))
        .collect(
            Collectors.toMap(
                cells -> cells[0].replaceAll("[| `]", ""), cells -> cells[1], (a, b) -> a));
  }

  private static String written(Object value) {
    return switch (value) {
      case Duration zero when zero.isZero() -> "0";
      case Duration hours when hours.toMinutesPart() == 0 && hours.toSecondsPart() == 0 ->
          hours.toHours() + " h";
      case Duration minutes when minutes.toSecondsPart() == 0 -> minutes.toMinutes() + " min";
      case Duration seconds -> seconds.toSeconds() + " s";
      case Number octets when octets.longValue() % MIB == 0 -> octets.longValue() / MIB + " MiB";
      case Number octets when octets.longValue() % (64 * KIB) == 0 ->
          octets.longValue() / KIB + " KiB";
      case Number number -> String.format(Locale.ROOT, "%,d", number.longValue());
      default -> "`" + value + "`";
    };
  }
}

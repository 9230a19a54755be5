package io.simplesmtp.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.simplesmtp.server.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are renewed, broken and mended under a clock that the test sets. */
final class RenewableTest {

  private static final String USED_ON = "; what was read before is used on";

  @TempDir private Path folder;
  @AutoClose private final Faults faults = Faults.open();
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow
  private final AtomicInteger readings = new AtomicInteger();
  private Path file;
  private Renewable<String> renewable;

  @BeforeEach
  void open() throws Exception {
    file = Files.writeString(folder.resolve("f"), "one");
    renewable = Renewable.of(List.of(file), this::read, clock::get);
  }

  @Test
  void firstReadingThatFailsIsTheCallers() {
    Path missing = folder.resolve("missing");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(
            () -> Renewable.of(List.of(missing), () -> Files.readString(missing), clock::get));
  }

  @Test
  void unchangedFileIsReadOnce() {
    passSeconds(2);
    passSeconds(2);
    assertThat(readings).hasValue(1);
    assertThat(renewable.current().number()).isZero();
  }

  @Test
  void changedFileIsReadAtTheNextLookAndLooksAreASecondApart() throws Exception {
    replace("three");
    renewable.refresh();
    assertThat(renewable.value()).isEqualTo("one");
    clock.addAndGet(TimeUnit.SECONDS.toNanos(1) - 1);
    renewable.refresh();
    assertThat(renewable.value()).isEqualTo("one");
    clock.incrementAndGet();
    renewable.refresh();
    assertThat(renewable.value()).isEqualTo("three");
    assertThat(faults.records()).isEmpty();
  }

  @Test
  void fileThatIsReplacedByOneOfTheSameSizeAndTimeIsRead() throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "two");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    passSeconds(1);
    assertThat(renewable.value()).isEqualTo("two");
  }

  @Test
  void brokenFileLeavesTheOneBeforeAndIsLoggedOnce() throws Exception {
    replace("bad 1");
    passSeconds(1);
    passSeconds(1);
    passSeconds(1);
    assertThat(renewable.value()).isEqualTo("one");
    assertThat(faults.records())
        .extracting(LogRecord::getMessage)
        .containsExactly(file + " holds bad 1" + USED_ON);
    replace("bad 2");
    passSeconds(1);
    passSeconds(1);
    assertThat(faults.records())
        .extracting(LogRecord::getMessage)
        .containsExactly(file + " holds bad 1" + USED_ON, file + " holds bad 2" + USED_ON);
  }

  @Test
  void fileThatIsMendedIsUsedAndMayBreakAgain() throws Exception {
    Files.delete(file);
    passSeconds(1);
    replace("four");
    passSeconds(1);
    assertThat(renewable.value()).isEqualTo("four");
    Files.delete(file);
    passSeconds(1);
    assertThat(renewable.value()).isEqualTo("four");
    assertThat(faults.records()).hasSize(2);
  }

  @Test
  void faultThatGoesAwayWithoutATraceInTheFileIsForgotten() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    Renewable<String> odd =
        Renewable.of(
            List.of(file),
            () -> {
              if (failures.decrementAndGet() == 0) {
                throw new IOException("Cannot read " + file + ": permission denied");
              }
              return Files.readString(file);
            },
            clock::get);
    failures.set(1);
    replace("five");
    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    odd.refresh();
    assertThat(odd.value()).isEqualTo("one");
    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    odd.refresh();
    assertThat(odd.value()).isEqualTo("five");
    assertThat(faults.records()).hasSize(1);
  }

  @Test
  void rereadingDoesNotWaitAndTellsItsCallerInsteadOfTheLog() throws Exception {
    replace("six");
    assertThat(renewable.reread()).isEmpty();
    assertThat(renewable.value()).isEqualTo("six");
    replace("bad 3");
    assertThat(renewable.reread()).contains(file + " holds bad 3");
    assertThat(renewable.reread()).contains(file + " holds bad 3");
    passSeconds(1);
    assertThat(renewable.value()).isEqualTo("six");
    assertThat(faults.records()).isEmpty();
  }

  @Test
  void editionBeforeTheCurrentOneIsStillFound() throws Exception {
    replace("second");
    assertThat(renewable.reread()).isEmpty();
    assertThat(renewable.edition(0)).contains("one");
    assertThat(renewable.edition(1)).contains("second");
    replace("third");
    assertThat(renewable.reread()).isEmpty();
    assertThat(renewable.edition(0)).isEmpty();
    assertThat(renewable.edition(1)).contains("second");
    assertThat(renewable.edition(2)).contains("third");
    assertThat(renewable.edition(3)).isEmpty();
  }

  @Test
  void sameContentIsTheSameEdition() throws Exception {
    replace("one");
    assertThat(renewable.reread()).isEmpty();
    assertThat(renewable.current().number()).isZero();
  }

  @Test
  void valueWithoutFilesStaysAsItIs() {
    Renewable<String> fixed = Renewable.fixed("seven");
    fixed.refresh();
    assertThat(fixed.reread()).isEmpty();
    assertThat(fixed.value()).isEqualTo("seven");
  }

  private String read() throws IOException {
    readings.incrementAndGet();
    String text = Files.readString(file);
    if (text.startsWith("bad")) {
      throw new IllegalArgumentException(file + " holds " + text);
    }
    return text;
  }

  private void replace(String content) throws IOException {
    Path part = Files.writeString(folder.resolve("part"), content);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void passSeconds(int seconds) {
    clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    renewable.refresh();
  }
}

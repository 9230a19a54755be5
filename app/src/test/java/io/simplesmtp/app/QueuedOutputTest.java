package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueuedOutputTest {

  private static final int LINES = 30_000;
  private static final String PADDING = "x".repeat(90);

  private final CountDownLatch reader = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();

  @Test
  void aFlushWaitsForWhatWasPrinted() {
    PrintStream out = QueuedOutput.before(target());
    reader.countDown();
    out.println("grün");
    out.print("no end of line");
    out.flush();
    assertThat(lines()).containsExactly("grün", "no end of line");
  }

  @Test
  void nobodyWaitsForAReaderAndWhatDoesNotFitIsCounted() throws Exception {
    PrintStream out = QueuedOutput.before(target());
    out.println("first");
    asked.await(); // from here on it waits for the reader
    for (int i = 0; i < LINES; i++) {
      out.println(i + PADDING);
    }
    out.flush(); // gives up, as nobody reads
    assertThat(lines()).isEmpty();
    reader.countDown();
    out.flush();
    out.println("next");
    out.flush();
    assertThat(lines().getFirst()).isEqualTo("first");
    List<String> lines = lines().subList(1, lines().size());
    int printed = lines.size() - 2;
    assertThat(printed).isBetween(QueuedOutput.ROOM / 100, LINES - 1);
    assertThat(lines.subList(0, printed))
        .isEqualTo(IntStream.range(0, printed).mapToObj(i -> i + PADDING).toList());
    assertThat(lines.subList(printed, printed + 2))
        .containsExactly("... " + (LINES - printed) + " lines not printed", "next");
  }

  @Test
  void aLineThatNeverFitsIsCountedAndHoldsNothingUp() {
    PrintStream out = QueuedOutput.before(target());
    reader.countDown();
    out.println("x".repeat(QueuedOutput.ROOM));
    out.flush();
    out.println("next");
    out.flush();
    assertThat(lines()).containsExactly("... 1 lines not printed", "next");
  }

  private List<String> lines() {
    return read.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Takes nothing until there is a reader. */
  private PrintStream target() {
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
          }

          @Override
          public void write(byte[] octets, int offset, int length) {
            asked.countDown();
            try {
              reader.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            read.write(octets, offset, length);
          }
        };
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }
}

package io.simplesmtp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;

/** What an example prints. */
final class Printed {

  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(octets, true, StandardCharsets.UTF_8);

  PrintStream out() {
    return out;
  }

  /** Waits until it has been printed. */
  void awaits(String text) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(text()).contains(text));
  }

  String text() {
    return octets.toString(StandardCharsets.UTF_8);
  }
}

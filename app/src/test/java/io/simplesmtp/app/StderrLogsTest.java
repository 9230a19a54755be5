package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StderrLogsTest {

  private static final System.Logger OURS = System.getLogger("io.simplesmtp.test");

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream before = System.err;

  @BeforeEach
  void redirect() {
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(before);
  }

  @Test
  void aRecordIsOneLine() {
    OURS.log(Level.WARNING, "disk {0} of {1}", "full", "mail");
    OURS.log(Level.WARNING, "not {escaped}: '{0}'");
    OURS.log(Level.WARNING, "because", new IllegalStateException("of\nthis"));
    OURS.log(Level.DEBUG, "unseen");
    System.getLogger("java.something").log(Level.INFO, "unseen");
    List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches("\\d\\d:\\d\\d:\\d\\d WARNING: disk full of mail");
    assertThat(lines.get(1)).endsWith("WARNING: not {escaped}: '{0}'");
    assertThat(lines.get(2)).endsWith("because: java.lang.IllegalStateException: of\\u{a}this");
  }

  @Test
  void aFaultHasItsStackTraceAndNothingThatMovesTheCursor() {
    OURS.log(Level.ERROR, "fault \u001b[2J", new IllegalStateException("\u001b[1mbold"));
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("ERROR: fault \\u{1b}[2J")
        .contains("IllegalStateException: \\u{1b}[1mbold")
        .contains("at io.simplesmtp.app.StderrLogsTest.")
        .doesNotContain("\u001b");
  }
}

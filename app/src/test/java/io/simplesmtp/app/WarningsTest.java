package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WarningsTest {

  private static final long BEGIN = Long.MAX_VALUE - 5; // the clock may run over

  private final List<String> said = new ArrayList<>();
  private final Warnings warnings = new Warnings(said::add, BEGIN);

  @Test
  void oneASecondIsSaidAndTheOthersAreCounted() {
    warnings.say("one", BEGIN);
    warnings.say("two", BEGIN);
    warnings.say("three", BEGIN + TimeUnit.MILLISECONDS.toNanos(999));
    warnings.say("four", BEGIN + TimeUnit.SECONDS.toNanos(1));
    warnings.say("five", BEGIN + TimeUnit.SECONDS.toNanos(9));
    assertThat(said).containsExactly("one", "four (2 more warnings before it)", "five");
  }
}

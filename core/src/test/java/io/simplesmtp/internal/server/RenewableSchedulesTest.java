package io.simplesmtp.internal.server;

import io.simplesmtp.schedules.Schedules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Handshakes that ask at once whether a certificate has changed. */
class RenewableSchedulesTest {

  private static final List<Path> FILES = List.of(Path.of("no-such-file"));

  /** A file that cannot be read any more, so that each look is a reading; a second has passed. */
  private static final class Broken {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger readings = new AtomicInteger(-1);
    private final Renewable<String> renewable;

    Broken() {
      try {
        renewable = Renewable.of(FILES, this::read, clock::get);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      renewable.reread();
      readings.set(0);
      clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }

    private String read() throws IOException {
      if (readings.getAndIncrement() >= 0) {
        throw new IOException("broken");
      }
      return "first";
    }

    @Override
    public String toString() {
      return readings + " look, " + renewable.value();
    }
  }

  @Test
  void filesAreLookedAtOnceASecondHoweverManyAsk() throws Exception {
    Schedules.of(1_000, Broken::new)
        .actor(broken -> broken.renewable.refresh())
        .actor(broken -> broken.renewable.refresh())
        .allow(Broken::toString, "1 look, first");
  }

  /** A value that is another at each reading. */
  private static final class Changing {
    private final AtomicInteger readings = new AtomicInteger();
    private final Renewable<Integer> renewable;
    private volatile String chosen = "";

    Changing() {
      try {
        renewable = Renewable.of(FILES, readings::getAndIncrement);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    /** What a handshake does: it chooses, and comes back for what it has chosen. */
    void choose() {
      var edition = renewable.current();
      chosen =
          renewable.edition(edition.number()).equals(Optional.of(edition.value()))
              ? "found"
              : "gone";
    }

    @Override
    public String toString() {
      return chosen + ", " + renewable.current().number() + " is " + renewable.value();
    }
  }

  @Test
  void anEditionThatWasChosenIsFoundBehindARenewal() throws Exception {
    Schedules.of(1_000, Changing::new)
        .actor(changing -> changing.renewable.reread())
        .actor(Changing::choose)
        .allow(Changing::toString, "found, 1 is 1");
  }

  @Test
  void eachRenewalHasANumberOfItsOwn() throws Exception {
    Schedules.of(500, Changing::new)
        .actor(changing -> changing.renewable.reread())
        .actor(changing -> changing.renewable.reread())
        .actor(Changing::choose)
        .allow(Changing::toString, "found, 2 is 2", "gone, 2 is 2");
  }
}

package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What became of each message: whether it was acknowledged, and whether it was found stored. */
final class Ledger {

  private enum Fate {
    BEGUN,
    ACKNOWLEDGED,
    FOUND
  }

  private final ConcurrentHashMap<Long, Fate> open = new ConcurrentHashMap<>();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong found = new AtomicLong();

  /** Another message to send, once. */
  Parcel next() {
    Parcel parcel = new Parcel(begun.incrementAndGet());
    open.put(parcel.number(), Fate.BEGUN);
    return parcel;
  }

  void acknowledged(Parcel parcel) {
    acknowledged.incrementAndGet();
    open.computeIfPresent(
        parcel.number(), (number, fate) -> fate == Fate.FOUND ? null : Fate.ACKNOWLEDGED);
  }

  /** Checks that a stored message is one that was sent, whole, and the first of its number. */
  void find(Path file) throws IOException {
    Parcel parcel = Parcel.read(file);
    boolean[] isNew = {false};
    open.computeIfPresent(
        parcel.number(),
        (number, fate) -> {
          isNew[0] = fate != Fate.FOUND;
          return fate == Fate.BEGUN ? Fate.FOUND : null;
        });
    assertThat(isNew[0]).as("%s is there once", parcel).isTrue();
    found.incrementAndGet();
  }

  /** The numbers of acknowledged messages that were not found. */
  Set<Long> missing() {
    Set<Long> missing = new TreeSet<>();
    open.forEach((number, fate) -> {
      if (fate == Fate.ACKNOWLEDGED) {
        missing.add(number);
      }
    });
    return missing;
  }

  long begun() {
    return begun.get();
  }

  long acknowledged() {
    return acknowledged.get();
  }

  long found() {
    return found.get();
  }
}

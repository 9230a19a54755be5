package io.simplesmtp.internal.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What was read from files, and is read again when they have changed. What cannot be read leaves
 * the one before in use.
 *
 * <p>There is no thread for it: who needs the value asks {@link #refresh} first, which looks at the
 * files once a second at the most. Safe for use by any thread; nobody waits for another's look.
 */
final class Renewable<T> {

  private static final System.Logger LOG = System.getLogger("io.simplesmtp.server");
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

  /** Reads the files. */
  @FunctionalInterface
  interface Source<T> {

    /**
     * Reads.
     *
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if its content will not do
     */
    T read() throws IOException;
  }

  /**
   * One value with its number, which is one more than that of the value before.
   *
   * @param number at least 0
   */
  record Edition<T>(long number, T value) {}

  /** What tells a file from one that took its place. */
  private record Stamp(Object time, long size, Optional<Object> key) {}

  /** The latest two, so that who has chosen one finds it whatever happens meanwhile. */
  private record Editions<T>(Edition<T> current, Edition<T> previous) {}

  private final List<Path> files;
  private final Source<T> source;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Editions<T> editions;
  private volatile long lookedAt;
  private List<Optional<Stamp>> stamps;
  private String told = "";

  private Renewable(
      List<Path> files,
      Source<T> source,
      LongSupplier nanos,
      List<Optional<Stamp>> stamps,
      T first) {
    this.files = files;
    this.source = source;
    this.nanos = nanos;
    this.stamps = stamps;
    this.lookedAt = nanos.getAsLong();
    var edition = new Edition<>(0, first);
    this.editions = new Editions<>(edition, edition);
  }

  /**
   * Reads files for the first time.
   *
   * @throws IOException as the source throws it
   * @throws IllegalArgumentException as the source throws it
   */
  static <T> Renewable<T> of(List<Path> files, Source<T> source) throws IOException {
    return of(files, source, System::nanoTime);
  }

  static <T> Renewable<T> of(List<Path> files, Source<T> source, LongSupplier nanos)
      throws IOException {
    List<Optional<Stamp>> stamps = stamps(files);
    return new Renewable<>(files, source, nanos, stamps, source.read());
  }

  /** A value that has no files. */
  static <T> Renewable<T> fixed(T value) {
    return new Renewable<>(List.of(), () -> value, System::nanoTime, List.of(), value);
  }

  /** The value in use. */
  T value() {
    return current().value();
  }

  Edition<T> current() {
    return editions.current();
  }

  /** The current or the previous edition, if it has this number. */
  Optional<T> edition(long number) {
    Editions<T> latest = editions;
    return Stream.of(latest.current(), latest.previous())
        .filter(edition -> edition.number() == number)
        .map(Edition::value)
        .findFirst();
  }

  /** Reads the files if they have changed; what is wrong with them is logged once. */
  void refresh() {
    if (files.isEmpty() || !isDue() || !lock.tryLock()) {
      return;
    }
    try {
      if (!isDue()) { // another has looked meanwhile
        return;
      }
      lookedAt = nanos.getAsLong();
      List<Optional<Stamp>> seen = stamps(files);
      if (!seen.equals(stamps) || !told.isEmpty()) {
        String before = told;
        read(seen);
        if (!told.isEmpty() && !told.equals(before)) {
          LOG.log(Level.WARNING, told + "; what was read before is used on");
        } else if (told.isEmpty()) {
          LOG.log(Level.INFO, "Read anew: " + files.getFirst());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue() {
    return nanos.getAsLong() - lookedAt >= INTERVAL;
  }

  /** Reads the files now, whether they have changed or not; says what is wrong with them. */
  Optional<String> reread() {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    lock.lock();
    try {
      lookedAt = nanos.getAsLong();
      read(stamps(files));
      return told.isEmpty() ? Optional.empty() : Optional.of(told);
    } finally {
      lock.unlock();
    }
  }

  /** The stamps are older than the content: what changes meanwhile is seen at the next look. */
  private void read(List<Optional<Stamp>> seen) {
    stamps = seen;
    try {
      T next = source.read();
      Edition<T> last = editions.current();
      if (!next.equals(last.value())) {
        editions = new Editions<>(new Edition<>(last.number() + 1, next), last);
      }
      told = "";
    } catch (IOException | RuntimeException e) { // whatever stands in the files
      told = e.getMessage() == null ? "Cannot read " + files.getFirst() + ": " + e : e.getMessage();
    }
  }

  private static List<Optional<Stamp>> stamps(List<Path> files) {
    return files.stream().map(Renewable::stamp).toList();
  }

  private static Optional<Stamp> stamp(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(
          new Stamp(
              attributes.lastModifiedTime(),
              attributes.size(),
              Optional.ofNullable(attributes.fileKey())));
    } catch (IOException e) { // reading will say why
      return Optional.empty();
    }
  }
}

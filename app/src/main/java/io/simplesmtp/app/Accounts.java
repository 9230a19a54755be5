package io.simplesmtp.app;

import io.simplesmtp.server.PasswordCheck;
import io.simplesmtp.server.Session;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The users and their passwords. An unknown user costs the time of a wrong password, so that nobody
 * learns who exists. Immutable and safe for use by any thread.
 */
final class Accounts implements PasswordCheck {

  /** Longer ones only cost time: crypt(3) takes no more. */
  private static final int LONGEST_PASSWORD = 511;

  /** About a second of one processor, which every attempt costs. */
  private static final int MOST_ROUNDS = 1_000_000;

  private final Map<String, PasswordHash> hashes;
  private final PasswordHash decoy;

  /** A hash holds its processor for as long as it takes: some are left to the other sessions. */
  private final Semaphore turns =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

  private Accounts(Map<String, PasswordHash> hashes, PasswordHash decoy) {
    this.hashes = hashes;
    this.decoy = decoy;
  }

  /**
   * Takes users with their passwords, and those of a file with their hashes.
   *
   * @param users each {@code USER:PASSWORD}
   * @param file lines {@code USER:HASH}; empty ones and those that begin with # do not count
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if something is not of its form; the message says where and
   *     does not repeat it
   */
  static Accounts of(List<String> users, Optional<Path> file) throws IOException {
    Map<String, PasswordHash> hashes = new HashMap<>();
    if (file.isPresent()) {
      read(file.get(), hashes);
    }
    PasswordHash decoy = hashes.values().stream().findFirst().orElse(PasswordHash.QUICK).decoy();
    for (String user : users) {
      int colon = user.indexOf(':');
      if (colon < 1 || colon == user.length() - 1) {
        throw new IllegalArgumentException("--auth: is not USER:PASSWORD");
      }
      PasswordHash hash = decoy.another(user.substring(colon + 1));
      if (hashes.put(user.substring(0, colon), hash) != null) {
        throw new IllegalArgumentException("--auth: names a user twice");
      }
    }
    return new Accounts(hashes, decoy);
  }

  @Override
  public Optional<String> verify(Session session, String user, String password)
      throws InterruptedException {
    return matches(user, password) ? Optional.of(user) : Optional.empty();
  }

  boolean matches(String user, String password) throws InterruptedException {
    if (password.length() > LONGEST_PASSWORD) {
      return false;
    }
    PasswordHash known = hashes.get(user);
    turns.acquire();
    try {
      boolean isRight = Objects.requireNonNullElse(known, decoy).matches(password);
      return isRight && known != null;
    } finally {
      turns.release();
    }
  }

  private static void read(Path file, Map<String, PasswordHash> hashes) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (MalformedInputException e) {
      throw new IllegalArgumentException("--auth-file: " + file + " is not UTF-8", e);
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = (i == 0 ? withoutMark(lines.get(i)) : lines.get(i)).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        String where = "--auth-file: " + file + " line " + (i + 1) + ": ";
        add(line, where, hashes);
      }
    }
    if (hashes.isEmpty()) {
      throw new IllegalArgumentException("--auth-file: " + file + " has no users");
    }
  }

  /** Without the byte order mark that some editors write. */
  private static String withoutMark(String line) {
    return line.startsWith("\ufeff") ? line.substring(1) : line;
  }

  private static void add(String line, String where, Map<String, PasswordHash> hashes) {
    int colon = line.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(where + "is not USER:HASH");
    }
    PasswordHash hash =
        PasswordHash.parse(line.substring(colon + 1))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    where
                        + "has no hash that begins with $5$ or $6$, as openssl passwd -6"
                        + " writes it"));
    if (hash.rounds() > MOST_ROUNDS) {
      throw new IllegalArgumentException(where + "has more than " + MOST_ROUNDS + " rounds");
    }
    if (hashes.put(line.substring(0, colon), hash) != null) {
      throw new IllegalArgumentException(where + "names a user for the second time");
    }
  }
}

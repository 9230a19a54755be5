package io.simplesmtp.app;

import io.simplesmtp.auth.SaslPrep;
import io.simplesmtp.auth.ScramCredential;
import io.simplesmtp.auth.ScramHash;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The users as flags and file say at a time. Immutable.
 *
 * @param passwords what is known of their passwords, by their names
 * @param decoy what an unknown user's password is compared with
 * @param scramHashes for which hashes every user has a credential, so that SCRAM can be offered
 * @param iterations of the first user that has a credential for SCRAM
 */
record Users(
    Map<String, StoredPassword> passwords,
    StoredPassword decoy,
    Set<ScramHash> scramHashes,
    int iterations) {

  /** About a second of one processor, which every attempt costs. */
  private static final int MOST_ROUNDS = 1_000_000;

  /**
   * Takes users with their passwords, and those of a file with their hashes.
   *
   * @param given each {@code USER:PASSWORD}
   * @param file lines {@code USER:HASH}; empty ones and those that begin with # do not count
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if something is not of its form; the message says where and
   *     does not repeat it
   */
  static Users of(List<String> given, Optional<Path> file) throws IOException {
    Map<String, StoredPassword> passwords = new LinkedHashMap<>();
    if (file.isPresent()) {
      read(file.get(), passwords);
    }
    StoredPassword form = passwords.values().stream().findFirst().orElseGet(() -> form(given));
    for (String user : given) {
      if (passwords.put(name(user), stored(user, form)) != null) {
        throw new IllegalArgumentException("--auth: names a user twice");
      }
    }
    List<StoredPassword> all = List.copyOf(passwords.values());
    return new Users(passwords, form.decoy(), scramHashes(all), iterations(all));
  }

  Optional<ScramCredential> scram(String user, ScramHash hash) {
    return Optional.ofNullable(passwords.get(user)).flatMap(password -> password.scram(hash));
  }

  private static Set<ScramHash> scramHashes(List<StoredPassword> all) {
    return Arrays.stream(ScramHash.values())
        .filter(hash -> all.stream().allMatch(password -> password.scram(hash).isPresent()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static int iterations(List<StoredPassword> all) {
    return all.stream()
        .flatMap(p -> Arrays.stream(ScramHash.values()).flatMap(hash -> p.scram(hash).stream()))
        .mapToInt(ScramCredential::iterations)
        .findFirst()
        .orElse(ScramCredential.ITERATIONS);
  }

  /** What is known of passwords that stand on the command line alone. */
  private static StoredPassword form(List<String> given) {
    boolean isForScram =
        given.stream()
            .allMatch(
                user -> isPrepared(name(user)) && SaslPrep.stored(password(user)).isPresent());
    return isForScram ? ScramPassword.of("any") : PasswordHash.QUICK;
  }

  private static StoredPassword stored(String user, StoredPassword form) {
    if (form instanceof ScramPassword && !isPrepared(name(user))) {
      throw new IllegalArgumentException("--auth: has a name that SASLprep does not allow");
    }
    try {
      return form.another(password(user));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--auth: " + e.getMessage(), e);
    }
  }

  private static String name(String user) {
    return user.substring(0, colon(user));
  }

  private static String password(String user) {
    return user.substring(colon(user) + 1);
  }

  private static int colon(String user) {
    int colon = user.indexOf(':');
    if (colon < 1 || colon == user.length() - 1) {
      throw new IllegalArgumentException("--auth: is not USER:PASSWORD");
    }
    return colon;
  }

  /** With SCRAM a client's name is prepared before it is looked up. */
  private static boolean isPrepared(String name) {
    return SaslPrep.query(name).filter(name::equals).isPresent();
  }

  private static void read(Path file, Map<String, StoredPassword> passwords) throws IOException {
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
        add(line, where, passwords);
      }
    }
    if (passwords.isEmpty()) {
      throw new IllegalArgumentException("--auth-file: " + file + " has no users");
    }
  }

  /** Without the byte order mark that some editors write. */
  private static String withoutMark(String line) {
    return line.startsWith("\ufeff") ? line.substring(1) : line;
  }

  private static void add(String line, String where, Map<String, StoredPassword> passwords) {
    int colon = line.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(where + "is not USER:HASH");
    }
    String name = line.substring(0, colon);
    if (passwords.put(name, hash(name, line.substring(colon + 1), where)) != null) {
      throw new IllegalArgumentException(where + "names a user for the second time");
    }
  }

  private static StoredPassword hash(String name, String text, String where) {
    Optional<ScramPassword> scram = ScramPassword.parse(text);
    if (scram.isPresent()) {
      if (!isPrepared(name)) {
        throw new IllegalArgumentException(where + "has a name that SASLprep does not allow");
      }
      return scram.get();
    }
    PasswordHash hash =
        PasswordHash.parse(text)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    where
                        + "has no hash, as simplesmtp hash or openssl passwd -6 writes it, which"
                        + " begins with SCRAM-SHA-, $5$ or $6$"));
    if (hash.rounds() > MOST_ROUNDS) {
      throw new IllegalArgumentException(where + "has more than " + MOST_ROUNDS + " rounds");
    }
    return hash;
  }
}

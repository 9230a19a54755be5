package io.simplesmtp.app;

import io.simplesmtp.auth.ScramCredential;
import io.simplesmtp.auth.ScramHash;
import io.simplesmtp.server.Session;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The users and their passwords. An unknown user costs the time of a wrong password, so that nobody
 * learns from it who exists. Safe for use by any thread.
 */
final class Accounts implements Logins {

  /** Longer ones only cost time: crypt(3) takes no more. */
  private static final int LONGEST_PASSWORD = 511;

  private final List<String> given;
  private final Optional<Path> file;
  private volatile Users users;

  /** A hash takes long: some processors are left to the other sessions. */
  private final Turns turns =
      new Turns(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

  private Accounts(List<String> given, Optional<Path> file) throws IOException {
    this.given = given;
    this.file = file;
    this.users = Users.of(given, file);
  }

  /**
   * Takes users as {@link Users#of} does.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if something is not of its form
   */
  static Accounts of(List<String> given, Optional<Path> file) throws IOException {
    return new Accounts(List.copyOf(given), file);
  }

  /**
   * Reads the file again; who is authenticated stays so.
   *
   * @param needed for which hashes every user must have a credential
   * @throws IOException if it cannot be read; the users stay as they were
   * @throws IllegalArgumentException if something is not of its form; the users stay as they were
   */
  void reload(Set<ScramHash> needed) throws IOException {
    Users read = Users.of(given, file);
    for (ScramHash hash : needed) {
      if (!read.scramHashes().contains(hash)) {
        throw new IllegalArgumentException(
            "--auth-file: not every user has a hash for " + hash.mechanism() + " any more");
      }
    }
    users = read;
  }

  @Override
  public Optional<String> verify(Session session, String user, String password) throws Exception {
    Optional<InetAddress> client = session.connection().clientAddress();
    return turns.take(client.map(Accounts::network), () -> matches(user, password))
        ? Optional.of(user)
        : Optional.empty();
  }

  @Override
  public Optional<ScramCredential> find(Session session, String user, ScramHash hash) {
    return users.scram(user, hash);
  }

  @Override
  public int iterations() {
    return users.iterations();
  }

  @Override
  public boolean isUser(String name) {
    return users.passwords().containsKey(name);
  }

  @Override
  public Set<ScramHash> scramHashes() {
    return users.scramHashes();
  }

  /** An IPv4 address, or the /64 of an IPv6 one. */
  private static Object network(InetAddress client) {
    byte[] address = client.getAddress();
    return client instanceof Inet6Address ? ByteBuffer.wrap(address).getLong() : client;
  }

  boolean matches(String user, String password) {
    if (password.length() > LONGEST_PASSWORD) {
      return false;
    }
    Users now = users;
    StoredPassword known = now.passwords().get(user);
    boolean isRight = Objects.requireNonNullElse(known, now.decoy()).matches(password);
    return isRight && known != null;
  }
}

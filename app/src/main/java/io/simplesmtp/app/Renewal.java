package io.simplesmtp.app;

import io.simplesmtp.auth.ScramHash;
import io.simplesmtp.server.TlsConfig;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads the files of a running server again: certificates, keys, authorities and users. What is
 * wrong is logged, and stays as it was. Safe for use by any thread, one at a time reads.
 */
final class Renewal implements Runnable {

  private static final System.Logger LOG = System.getLogger("io.simplesmtp.app");

  private final Optional<TlsConfig> tls;
  private final Optional<Accounts> accounts;
  private final Set<ScramHash> needed;
  private final ReentrantLock turn = new ReentrantLock();

  /**
   * A renewal of what is there.
   *
   * @param needed for which hashes every user must have a credential
   */
  Renewal(Optional<TlsConfig> tls, Optional<Accounts> accounts, Set<ScramHash> needed) {
    this.tls = tls;
    this.accounts = accounts;
    this.needed = needed;
  }

  @Override
  public void run() {
    turn.lock();
    try {
      boolean isDone = tls.map(Renewal::isReread).orElse(true);
      isDone &= accounts.map(this::isReread).orElse(true);
      LOG.log(
          isDone ? Level.INFO : Level.WARNING,
          isDone ? "Files read again" : "Files read again; what is wrong stays as it was");
    } finally {
      turn.unlock();
    }
  }

  private static boolean isReread(TlsConfig config) {
    var faults = config.reload();
    faults.forEach(fault -> LOG.log(Level.WARNING, fault));
    return faults.isEmpty();
  }

  private boolean isReread(Accounts users) {
    try {
      users.reload(needed);
      return true;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "--auth-file: cannot be read: " + IoReason.of(e));
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, String.valueOf(e.getMessage()));
    }
    return false;
  }
}

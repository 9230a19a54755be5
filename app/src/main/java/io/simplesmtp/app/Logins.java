package io.simplesmtp.app;

import io.simplesmtp.auth.ScramHash;
import io.simplesmtp.server.PasswordCheck;
import io.simplesmtp.server.ScramCheck;
import java.util.Set;

/** Who can authenticate. Safe for use by any thread. */
interface Logins extends PasswordCheck, ScramCheck {

  /** Whether a certificate may name this user. */
  boolean isUser(String name);

  /** The hashes for which every user has a credential now, so that SCRAM can be offered. */
  Set<ScramHash> scramHashes();
}

package io.simplesmtp.internal.session;

import org.jspecify.annotations.Nullable;

/**
 * Begins events of Java's flight recorder: null where no recording asks for that kind, or where
 * this Java has no recorder. No event class may be touched before that is known.
 */
public final class Flight {

  private static final boolean HAS_RECORDER = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private Flight() {}

  /** A client has connected. */
  public static @Nullable ConnectionEvent connection() {
    return HAS_RECORDER ? ConnectionEvent.begun() : null;
  }

  /** A TLS handshake begins. */
  public static @Nullable TlsHandshakeEvent tlsHandshake() {
    return HAS_RECORDER ? TlsHandshakeEvent.begun() : null;
  }

  static @Nullable SessionEvent session() {
    return HAS_RECORDER ? SessionEvent.begun() : null;
  }

  static @Nullable TransactionEvent transaction() {
    return HAS_RECORDER ? TransactionEvent.begun() : null;
  }

  static @Nullable HandlerCallEvent handlerCall() {
    return HAS_RECORDER ? HandlerCallEvent.begun() : null;
  }
}

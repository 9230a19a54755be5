package io.simplesmtp.server;

import javax.net.ssl.SSLContext;

/**
 * Where a server's certificate and key come from.
 *
 * <p>Immutable and safe for use by any thread.
 */
public final class TlsConfig {

  private final SSLContext context;

  private TlsConfig(SSLContext context) {
    this.context = context;
  }

  /** Uses a context as it is. */
  public static TlsConfig of(SSLContext context) {
    return new TlsConfig(context);
  }

  /** The context for the next handshake. */
  public SSLContext context() {
    return context;
  }
}

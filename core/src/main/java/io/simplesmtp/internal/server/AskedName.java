package io.simplesmtp.internal.server;

import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/**
 * Takes every name that a client asks for in its handshake (SNI), and remembers it.
 *
 * <p>A session knows the name as well, but there is none yet when a ticket is judged, for which
 * JSSE asks for the certificate too; and a resumed session may remember another handshake's. One
 * object serves one handshake and its thread.
 */
final class AskedName extends SNIMatcher {

  private @Nullable String name;

  AskedName() {
    super(StandardConstants.SNI_HOST_NAME);
  }

  /** What the client of this engine asked for, in lower case. */
  static Optional<String> of(SSLEngine engine) {
    for (SNIMatcher matcher : engine.getSSLParameters().getSNIMatchers()) {
      if (matcher instanceof AskedName asked) {
        return Optional.ofNullable(asked.name);
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean matches(SNIServerName serverName) {
    try {
      name = new SNIHostName(serverName.getEncoded()).getAsciiName().toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      name = null; // no name of ours, so that it gets the default
    }
    return true;
  }
}

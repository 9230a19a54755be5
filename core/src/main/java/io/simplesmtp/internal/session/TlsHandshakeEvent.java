package io.simplesmtp.internal.session;

import io.simplesmtp.server.TlsInfo;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** A TLS handshake, with the waits for the client in it. */
@Name("io.simplesmtp.TlsHandshake")
@Label("SMTP TLS Handshake")
@Description("A TLS handshake, with the waits for the client in it")
public final class TlsHandshakeEvent extends SmtpEvent {

  private static final TlsHandshakeEvent PROBE = new TlsHandshakeEvent();

  @Label("Protocol")
  @Description("Empty if the handshake failed")
  String protocol = "";

  @Label("Cipher Suite")
  String cipherSuite = "";

  private TlsHandshakeEvent() {}

  static @Nullable TlsHandshakeEvent begun() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    TlsHandshakeEvent event = new TlsHandshakeEvent();
    event.begin();
    return event;
  }

  /**
   * The handshake is over.
   *
   * @param info what it agreed on; null if it failed
   */
  public void end(String id, @Nullable TlsInfo info) {
    protocol = info == null ? "" : info.protocol();
    cipherSuite = info == null ? "" : info.cipherSuite();
    commit(id);
  }
}

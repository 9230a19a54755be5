package io.simplesmtp.internal.session;

import io.simplesmtp.auth.ChannelBindings;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.TlsInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The octets to and from one client: the seam between the conversation and its socket. */
public interface Transport {

  /** What the client sends; another stream after {@link #startTls}. */
  InputStream in();

  /** What the client receives, not buffered; another stream after {@link #startTls}. */
  OutputStream out();

  /**
   * Whether octets of the client's are here before it was greeted; told for clients in clear. Never
   * blocks.
   */
  boolean isEarly() throws IOException;

  /** The ends of the connection. */
  ConnectionInfo info();

  /**
   * Shakes hands as a server; blocks.
   *
   * @throws IOException if the handshake failed; the transport is of no more use
   */
  TlsInfo startTls() throws IOException;

  /** What ties AUTH to the TLS connection; nothing in clear. */
  default ChannelBindings channelBindings() {
    return ChannelBindings.NONE;
  }
}

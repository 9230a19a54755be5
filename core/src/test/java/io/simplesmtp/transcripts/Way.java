package io.simplesmtp.transcripts;

/** How a transcript is run. */
enum Way {
  /** In memory; the client waits for each reply that it must hear, and sends what it can whole. */
  WHOLE,
  /** In memory; as {@link #WHOLE}, octet by octet. */
  OCTETS,
  /** In memory; the client waits for nothing but a TLS handshake. */
  AHEAD,
  /** Over a loopback socket to a real server, with real TLS. */
  SOCKET;

  boolean isInMemory() {
    return this != SOCKET;
  }
}

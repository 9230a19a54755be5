package io.simplesmtp.internal.wire;

/** What a connection from a proxy began with. */
public sealed interface ProxyHeaderResult permits ProxyHeader, ProxyHeaderResult.Malformed {

  /**
   * No header.
   *
   * @param reason for the log; holds nothing that was received
   */
  record Malformed(String reason) implements ProxyHeaderResult {}
}

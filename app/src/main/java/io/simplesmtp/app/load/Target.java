package io.simplesmtp.app.load;

import java.net.SocketAddress;

/**
 * The server that hears it all.
 *
 * @param address where it listens
 * @param host its name as a certificate has it; empty for a Unix-domain socket
 * @param text as it is written for people
 */
public record Target(SocketAddress address, String host, String text) {

  @Override
  public String toString() {
    return text;
  }
}

package io.simplesmtp.examples;

import io.simplesmtp.server.Auth;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Tls;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The kinds of endpoints that options of the Node.js module choose between, on the loopback. */
final class Endpoints {

  private Endpoints() {}

  /** STARTTLS and AUTH are offered. */
  static Listener plain(int port) {
    return Listener.smtp(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  static Listener requireAuthentication(int port) {
    return plain(port).withAuth(Auth.REQUIRED);
  }

  static Listener enableAuthentication(int port) {
    return plain(port).withAuth(Auth.OFFERED);
  }

  static Listener ignoreTls(int port) {
    return requireAuthentication(port).withAuthWithoutTls(true);
  }

  static Listener disableStartTls(int port) {
    return plain(port).withTls(Tls.NONE);
  }

  static Listener secureConnection(int port) {
    return plain(port).withTls(Tls.IMPLICIT);
  }
}

package io.simplesmtp.server;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What a trusted host told with XFORWARD of where the next message came from: for logs, and nothing
 * to decide by. What it does not know, or did not tell, is empty; nothing of the session takes its
 * place.
 *
 * <pre>{@code
 * Optional<String> ident = session.connection().xforward().flatMap(XForward::ident);
 * }</pre>
 *
 * <p>All texts are printable ASCII without what is special in header fields. Immutable and safe for
 * use by any thread.
 *
 * @param name the host name of the up-stream client; need not be in the DNS
 * @param address its address
 * @param port its port
 * @param protocol what it spoke, such as {@code ESMTP}; need not be SMTP
 * @param helo how it introduced itself
 * @param ident how the sender names the message in its own logs
 * @param isLocal whether the message came from the sender's own machine
 */
public record XForward(
    Optional<String> name,
    Optional<InetAddress> address,
    Optional<Integer> port,
    Optional<String> protocol,
    Optional<String> helo,
    Optional<String> ident,
    Optional<Boolean> isLocal) {

  /** Nothing was told. */
  public static final XForward UNKNOWN =
      new XForward(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}

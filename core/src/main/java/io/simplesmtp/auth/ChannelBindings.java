package io.simplesmtp.auth;

import java.util.List;
import java.util.Optional;

/**
 * The facts of a TLS connection that both of its ends know and nobody in between can have alike
 * (RFC 5056). With them a -PLUS mechanism proves that client and server talk over the same
 * connection.
 *
 * <pre>{@code
 * boolean canBind = !ChannelBindings.NONE.types().isEmpty();
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 */
public interface ChannelBindings {

  /** Those of a connection in clear. */
  ChannelBindings NONE =
      new ChannelBindings() {
        @Override
        public List<String> types() {
          return List.of();
        }

        @Override
        public Optional<byte[]> data(String type) {
          return Optional.empty();
        }
      };

  /**
   * The registered names of the types that can be told, best first, such as {@code tls-exporter}
   * (RFC 9266) and {@code tls-server-end-point} (RFC 5929).
   */
  List<String> types();

  /**
   * What the server knows of a type; empty if it is not one of {@link #types}.
   *
   * @param type the name as the client wrote it
   */
  Optional<byte[]> data(String type);
}

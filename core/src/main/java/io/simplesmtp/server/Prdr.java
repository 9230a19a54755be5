package io.simplesmtp.server;

import io.simplesmtp.Envelope;
import io.simplesmtp.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * PRDR, per-recipient data responses: lets a client of SMTP hear the replies of a {@link
 * io.simplesmtp.PerRecipient} one by one, as LMTP does. Described by draft-hall-prdr and spoken by
 * Exim; a client asks for it with the parameter PRDR of MAIL.
 *
 * <pre>{@code
 * SmtpServer.Builder settings = SmtpServer.builder().extensions(new Prdr());
 * }</pre>
 *
 * <p>To a message with several recipients and a {@code PerRecipient} the server then answers 353, a
 * reply for each recipient in the order of their RCPT, and one for the message: 2xx if at least one
 * recipient was accepted. A {@link io.simplesmtp.Reply} is answered as ever. Not offered where LMTP
 * is spoken.
 *
 * <p>Immutable and safe for use by any thread.
 */
public final class Prdr implements Extension {

  /** {@code PRDR} of MAIL: the client wants a reply for each recipient; its value is true. */
  public static final Parameter<Boolean> PARAMETER = Parameter.of("PRDR", Prdr::flag);

  /** Makes the extension. */
  public Prdr() {}

  /** Whether the client asked for it in a transaction. */
  public static boolean isWantedFor(Envelope envelope) {
    return envelope.mailFrom().parameters().has(PARAMETER);
  }

  @Override
  public String keyword() {
    return "PRDR";
  }

  @Override
  public Optional<String> line(Session session) {
    boolean isLmtp = session.connection().listener().protocol() == Protocol.LMTP;
    return isLmtp ? Optional.empty() : Optional.of(keyword());
  }

  @Override
  public List<Parameter<?>> mailParameters() {
    return List.of(PARAMETER);
  }

  private static Boolean flag(Optional<String> value) {
    if (value.isPresent()) {
      throw new IllegalArgumentException("PRDR has no value");
    }
    return true;
  }
}

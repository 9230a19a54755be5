package io.simplesmtp.server.policy;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.server.HeaderField;
import io.simplesmtp.server.HeaderStream;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpPolicy;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of each message the Authentication-Results fields that claim to be this server's own
 * (RFC 8601 section 5): whoever wrote them, it was somebody else.
 *
 * <pre>{@code
 * SmtpPolicy honest = new NoForgedResults("mx.example.org");
 * }</pre>
 *
 * <p>A field whose authserv-id cannot be made out goes as well, and so does a first line that
 * begins with white space, as it would go on in the field that a server puts before the message.
 * Fields of other servers stay; who believes them is warned by section 7.1. Put it before the
 * handler that adds the field. Immutable and safe for use by any thread.
 *
 * @param authservId the name in this server's own fields; the case of letters does not matter
 */
public record NoForgedResults(String authservId) implements SmtpPolicy {

  /**
   * {@code [CFWS] authserv-id}, with comments that have none inside them; nothing is read twice.
   */
  private static final Pattern ID =
      Pattern.compile(
          "(?:[ \\t]|\\([^()\\\\]*+\\))*+([-.\\w]++)[ \\t]*+([;(\\d].*+)?+", Pattern.DOTALL);

  @Override
  public DataReply data(Session session, Envelope envelope, InputStream content, Next next)
      throws Exception {
    return next.data(envelope, new HeaderStream(content, field -> !isForged(field)));
  }

  private boolean isForged(HeaderField field) {
    if (!field.isNamed("Authentication-Results")) {
      return field.name().isEmpty() && field.value().matches("(?s)[ \\t].*");
    }
    Matcher id = ID.matcher(field.value());
    return !id.matches()
        || (field.isCut() && id.group(2) == null) // there may be more of the name
        || id.group(1).equalsIgnoreCase(authservId);
  }
}

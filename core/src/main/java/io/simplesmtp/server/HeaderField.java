package io.simplesmtp.server;

import java.util.Locale;

/**
 * A field of a message's header, as a {@link HeaderStream} sees it pass (RFC 5322 section 2.2).
 *
 * <pre>{@code
 * HeaderField field = new HeaderField("Subject", " Greetings", false);
 * boolean isSubject = field.isNamed("subject");
 * }</pre>
 *
 * <p>All of it comes from a client: escape it before it gets into a log or a reply. Immutable and
 * safe for use by any thread.
 *
 * @param name what stands before the colon, or all that is seen if the field is cut before one,
 *     without white space at its end; empty if the line is none of a field, because it has no colon
 *     or begins with white space
 * @param value what stands behind the colon, or the whole line if the name is empty: octets as the
 *     characters U+0000 to U+00FF, the line breaks of folding taken out, white space kept
 * @param isCut whether the field was longer than {@link HeaderStream#MAX_FIELD}, so that its end is
 *     missing here; all of it passes nevertheless
 */
public record HeaderField(String name, String value, boolean isCut) {

  /** Whether this is the field of a name, in whatever case. */
  public boolean isNamed(String other) {
    return name.equalsIgnoreCase(other);
  }

  /** The name in lower case, such as {@code message-id}. */
  public String key() {
    return name.toLowerCase(Locale.ROOT);
  }
}

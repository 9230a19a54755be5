package io.simplesmtp.server;

import io.simplesmtp.SmtpRejectException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content of a message, whose header fields are seen by a {@link HeaderCheck} as they pass, and
 * may be left out or refuse the message.
 *
 * <pre>{@code
 * SmtpHandler handler = (session, envelope, content) -> {
 *   var plain = new HeaderStream(content, field -> !field.isNamed("X-Internal"));
 *   Files.copy(plain, store.resolve(envelope.id()));
 *   return Reply.OK;
 * };
 * }</pre>
 *
 * <p>A field is seen before its first octet can be read, and all octets that stay are as they were,
 * folding included. No more than one field is held, and no more than {@value #MAX_FIELD} octets of
 * it: the check sees the begin of a longer one, and the rest passes, or is left out, as its begin
 * was. With what was read ahead that takes 6 KiB for a message. The header ends at the first empty
 * line; a line without a colon does not end it, because other programs read on there too (RFC 5322
 * section 2.1). A line ends with LF, whether or not a CR stands before it. Where a bare CR is let
 * through ({@link LineEndings#VERBATIM}) a field ends with it as well, so that none hides behind
 * it, but the header does not.
 *
 * <p>A refusal is final: each later read of the header throws it again. For one thread at a time.
 * Closing it closes the content.
 */
public final class HeaderStream extends InputStream {

  /** The most octets of one field that are shown to the check. */
  public static final int MAX_FIELD = 4 << 10;

  private static final Pattern LINE_BREAK = Pattern.compile("[\\r\\n]");
  private static final int FIRST_SIZE = 512;
  private static final int CHUNK = 2 << 10;

  private final InputStream content;
  private final HeaderCheck check;

  /** What was read of the content and not yet looked at: from {@code position} to {@code limit}. */
  private final byte[] chunk = new byte[CHUNK];

  private int position;
  private int limit;

  /** The field at hand, or a part of a long one: what is left of it from {@code given} on. */
  private byte[] field = new byte[FIRST_SIZE];

  private int length;
  private int given;
  private boolean isPartial;
  private boolean isKept = true;
  private boolean isOver;
  private @Nullable SmtpRejectException refusal;

  /** Looks at the header of a message from its first octet on. */
  public HeaderStream(InputStream content, HeaderCheck check) {
    this.content = content;
    this.check = check;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, target.length);
    if (count == 0) {
      return 0;
    }
    while (given == length && !isOver) {
      advance();
    }
    if (given < length) {
      int part = Math.min(count, length - given);
      System.arraycopy(field, given, target, offset, part);
      given += part;
      return part;
    }
    if (position < limit) {
      int part = Math.min(count, limit - position);
      System.arraycopy(chunk, position, target, offset, part);
      position += part;
      return part;
    }
    return content.read(target, offset, count);
  }

  /**
   * Reads the rest of the header and lets it be judged; who reads next gets the body.
   *
   * @throws SmtpRejectException if the check refuses or has refused the message
   */
  public void skipHeader() throws IOException {
    while (!isOver) {
      advance();
    }
    given = length;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  /** Takes the next field, or the next part of a long one, and lets a new one be judged. */
  private void advance() throws IOException {
    if (refusal != null) {
      throw refusal;
    }
    boolean isRest = isPartial;
    collect();
    if (isRest) {
      given = isKept ? 0 : length;
      return;
    }
    given = length;
    try {
      if (length == 0 || isEmptyLine()) {
        check.end();
        isOver = true;
        given = 0;
      } else {
        isKept = check.keeps(parsed());
        given = isKept ? 0 : length;
      }
    } catch (SmtpRejectException e) {
      refusal = e;
      throw e;
    }
  }

  /** Reads to the end of a field, or until as much of it is here as is shown. */
  private void collect() throws IOException {
    boolean isBegun = isPartial;
    int last = isBegun ? field[MAX_FIELD - 1] : 0;
    isPartial = false;
    length = 0;
    given = 0;
    while (true) {
      int octet = peek();
      boolean isBehind = isBegun || length > 0;
      if (octet < 0 || (isBehind && isBorder(last, octet))) {
        return;
      }
      if (length == MAX_FIELD) {
        isPartial = true;
        return;
      }
      if (length == field.length) {
        field = Arrays.copyOf(field, Math.min(2 * length, MAX_FIELD));
      }
      field[length++] = (byte) octet;
      last = octet;
      position++;
      if (isEmptyLine() && !isBegun) {
        return; // what follows it is the body, also if it begins with a space
      }
    }
  }

  /** Whether a field may begin between two octets. */
  private static boolean isBorder(int last, int next) {
    if (next == ' ' || next == '\t') {
      return false;
    }
    return last == '\n' || (last == '\r' && next != '\r' && next != '\n');
  }

  private boolean isEmptyLine() {
    return (length == 1 && field[0] == '\n')
        || (length == 2 && field[0] == '\r' && field[1] == '\n');
  }

  private int peek() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, content.read(chunk, 0, chunk.length));
    }
    return position == limit ? -1 : chunk[position] & 0xff;
  }

  private HeaderField parsed() {
    String text =
        LINE_BREAK
            .matcher(new String(field, 0, length, StandardCharsets.ISO_8859_1))
            .replaceAll("");
    int colon = text.indexOf(':');
    int end = colon < 0 && isPartial ? text.length() : colon; // a colon may follow that is not seen
    String name = text.substring(0, Math.max(end, 0)).stripTrailing();
    return name.isEmpty() || Character.isWhitespace(name.charAt(0))
        ? new HeaderField("", text, isPartial)
        : new HeaderField(name, text.substring(Math.min(end + 1, text.length())), isPartial);
  }
}

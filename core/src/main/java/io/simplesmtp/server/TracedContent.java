package io.simplesmtp.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * The content of a message behind the fields that a server puts before it (RFC 5321 section 4.4).
 *
 * <pre>{@code
 * SmtpHandler handler = (session, envelope, content) -> {
 *   Host mx = Host.parse("mx.example.org");
 *   String trace = new Received(session, envelope, mx, Instant.now()).field();
 *   Files.copy(new TracedContent(trace, content), store.resolve(envelope.id()));
 *   return Reply.OK;
 * };
 * }</pre>
 *
 * <p>A line that begins with a space or a tab continues the field above it. Content that begins so
 * would go on in the server's own field, and say there whatever the client likes; it gets an empty
 * line before it, which makes all of it body. Other content is left as it is. For one thread at a
 * time. Closing it closes the content.
 */
public final class TracedContent extends InputStream {

  private static final byte[] CRLF = {'\r', '\n'};

  private final InputStream content;
  private byte[] begin;
  private int given;
  private boolean isBegun;

  /**
   * Puts fields before content.
   *
   * @param fields each with its CR LF, such as {@link Received#field}
   */
  public TracedContent(String fields, InputStream content) {
    this.begin = fields.getBytes(StandardCharsets.UTF_8);
    this.content = Objects.requireNonNull(content, "content");
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    begin();
    if (given == begin.length) {
      return content.read(target, offset, length);
    }
    int part = Math.min(length, begin.length - given);
    System.arraycopy(begin, given, target, offset, part);
    given += part;
    return part;
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    begin();
    int part = begin.length - given;
    out.write(begin, given, part);
    given = begin.length;
    return part + content.transferTo(out);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  /** Puts the first octet of the content behind the fields, and an empty line if it needs one. */
  private void begin() throws IOException {
    if (!isBegun) {
      int first = content.read();
      isBegun = true;
      if (first == ' ' || first == '\t') {
        begin = with(with(begin, CRLF), (byte) first);
      } else if (first >= 0) {
        begin = with(begin, (byte) first);
      }
    }
  }

  private static byte[] with(byte[] octets, byte... more) {
    byte[] whole = Arrays.copyOf(octets, octets.length + more.length);
    System.arraycopy(more, 0, whole, octets.length, more.length);
    return whole;
  }
}

package io.simplesmtp.app.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads replies (RFC 5321 section 4.2) without an object for each: the code is a number, and the
 * text becomes one only when somebody asks.
 *
 * <p>A line that is longer than the buffer, and a reply without end, end the connection.
 */
final class ReplyReader {

  /** The longest line; RFC 5321 section 4.5.3.1.5 allows 512 octets. */
  static final int ROOM = 4096;

  private static final int MOST_LINES = 1000;
  private static final int CODE_LENGTH = 3;

  private final byte[] buffer = new byte[ROOM];
  private int begin; // of what has not been taken
  private int end; // of what has been read
  private int line; // where the last line of the last reply begins
  private int lineEnd; // where its CRLF begins

  /** Where octets come from. */
  interface Source {
    int read(byte[] target, int offset, int length) throws IOException;
  }

  /** Reads a reply and returns its code. */
  int next(Source source) throws IOException {
    return next(source, null);
  }

  /**
   * Reads a reply and returns its code.
   *
   * @param lines is given the text of each line, without code and separator
   */
  int next(Source source, @Nullable Consumer<String> lines) throws IOException {
    int code = 0;
    for (int i = 0; i < MOST_LINES; i++) {
      readLine(source);
      int found = code();
      if (i > 0 && found != code) {
        throw wrong();
      }
      code = found;
      if (lines != null) {
        lines.accept(textFrom(Math.min(line + CODE_LENGTH + 1, lineEnd)));
      }
      if (isLast()) {
        return code;
      }
    }
    throw new IOException("a reply of more than " + MOST_LINES + " lines");
  }

  /** The last line of the last reply, code included; valid until the next one is read. */
  String text() {
    return textFrom(line);
  }

  /** Whether octets wait that came with the last reply. */
  boolean hasMore() {
    return begin < end;
  }

  private String textFrom(int start) {
    return new String(buffer, start, lineEnd - start, StandardCharsets.UTF_8);
  }

  private void readLine(Source source) throws IOException {
    int scanned = begin;
    while (true) {
      for (; scanned < end; scanned++) {
        if (buffer[scanned] == '\n') {
          line = begin;
          lineEnd = scanned > begin && buffer[scanned - 1] == '\r' ? scanned - 1 : scanned;
          begin = scanned + 1;
          return;
        }
      }
      if (begin == end) {
        begin = 0;
        end = 0;
      } else if (end == ROOM) {
        if (begin == 0) {
          throw new IOException("a reply line of more than " + ROOM + " octets");
        }
        System.arraycopy(buffer, begin, buffer, 0, end - begin);
        end -= begin;
        begin = 0;
      }
      scanned = end;
      int count = source.read(buffer, end, ROOM - end);
      if (count < 0) {
        throw new EOFException("the server closed the connection");
      }
      end += count;
    }
  }

  private int code() throws IOException {
    if (lineEnd - line < CODE_LENGTH) {
      throw wrong();
    }
    int code = 0;
    for (int i = line; i < line + CODE_LENGTH; i++) {
      int digit = buffer[i] - '0';
      if (digit < 0 || digit > 9) {
        throw wrong();
      }
      code = 10 * code + digit;
    }
    boolean isSeparated =
        lineEnd - line == CODE_LENGTH
            || buffer[line + CODE_LENGTH] == ' '
            || buffer[line + CODE_LENGTH] == '-';
    if (code < 200 || code > 599 || !isSeparated) {
      throw wrong();
    }
    return code;
  }

  private boolean isLast() {
    return lineEnd - line == CODE_LENGTH || buffer[line + CODE_LENGTH] == ' ';
  }

  private IOException wrong() {
    return new IOException("not a reply: " + text());
  }
}

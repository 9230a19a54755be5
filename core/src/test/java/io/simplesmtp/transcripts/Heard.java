package io.simplesmtp.transcripts;

import java.io.IOException;

/** What the server says, line by line. */
interface Heard {

  /** The next line without its CR LF; fails if there is none. */
  String line() throws IOException;

  /** Whether all lines since the client's last part went out in one write, if that can be known. */
  boolean isOneWrite();

  /** Checks what the server says next. */
  default void judge(Step.Expectation expectation) throws IOException {
    switch (expectation) {
      case Step.Line expected -> {
        for (int i = 0; i < expected.times(); i++) {
          String line = line();
          check(expected, line.equals(expected.text()), expected.text(), line);
        }
      }
      case Step.Rest rest -> {
        String line;
        do {
          line = line();
          boolean isOfReply =
              line.startsWith(rest.code() + "-") || line.startsWith(rest.code() + " ");
          check(rest, isOfReply, rest.code(), line);
        } while (line.charAt(3) == '-');
      }
      case Step.OneWrite write -> check(write, isOneWrite(), "one write", "several");
    }
  }

  private static void check(Step step, boolean isTrue, String expected, String line) {
    if (!isTrue) {
      throw new AssertionError(
          "Line %d: expected <%s>, heard <%s>".formatted(step.line(), expected, line));
    }
  }
}

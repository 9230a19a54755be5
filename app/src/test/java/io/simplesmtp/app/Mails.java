package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The messages in a Maildir.
 *
 * @param folder the Maildir, as seen from this process
 */
record Mails(Path folder) {

  private static final int LONGEST_TRACE = 8 << 10;
  private static final Pattern TRACE =
      Pattern.compile(
          "\\AReturn-Path: <[^\r\n]*>\r\n"
              + "Received: from [^\r\n]+\r\n(?:\t[^\r\n]+\r\n)*"
              + "\tby [^\r\n]+ with [^\r\n]+\r\n(?:\t[^\r\n]+\r\n)*"
              + "\t\\w{3}, \\d{1,2} \\w{3} \\d{4} [\\d:]{8} \\+0000\r\n");

  List<Path> stored() throws IOException {
    return in("new");
  }

  /** What is being written, or was left behind. */
  List<Path> drafts() throws IOException {
    return in("tmp");
  }

  /** The only message; it must be the only one. */
  Path only() throws IOException {
    assertThat(stored()).hasSize(1);
    return stored().get(0);
  }

  static String trace(Path message) throws IOException {
    return trace(Files.readAllBytes(message));
  }

  /** What was received: all behind the trace fields. */
  static byte[] content(Path message) throws IOException {
    byte[] whole = Files.readAllBytes(message);
    return Arrays.copyOfRange(whole, trace(whole).length(), whole.length);
  }

  private static String trace(byte[] message) {
    int length = Math.min(message.length, LONGEST_TRACE);
    Matcher matcher = TRACE.matcher(new String(message, 0, length, StandardCharsets.ISO_8859_1));
    assertThat(matcher.find()).as("begins with trace fields").isTrue();
    return matcher.group();
  }

  private List<Path> in(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.sorted().toList();
    }
  }
}

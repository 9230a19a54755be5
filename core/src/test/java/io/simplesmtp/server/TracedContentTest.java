package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing in a message goes on in the fields that a server puts before it. */
class TracedContentTest {

  private static final String FIELDS = "Received: from a.test;\r\n\tnow\r\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          Subject: Hi\\r\\n\\r\\nHi\\r\\n|Subject: Hi\\r\\n\\r\\nHi\\r\\n
           ; forged\\r\\nSubject: Hi\\r\\n|\\r\\n ; forged\\r\\nSubject: Hi\\r\\n
          \\t; forged|\\r\\n\\t; forged
          \\r\\nbody|\\r\\nbody
          x|x
          \\s|\\r\\n\\s
          """)
  void onlyContentThatBeginsWithWhiteSpaceGetsAnEmptyLine(String content, String behind)
      throws IOException {
    byte[] octets = content.translateEscapes().getBytes(StandardCharsets.US_ASCII);
    String whole = FIELDS + behind.translateEscapes();
    assertThat(octetByOctet(octets)).isEqualTo(whole);
    assertThat(text(of(octets).readAllBytes())).isEqualTo(whole);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(of(octets).transferTo(out)).isEqualTo(whole.length());
    assertThat(text(out.toByteArray())).isEqualTo(whole);
    TracedContent begun = of(octets);
    String first = text(begun.readNBytes(5));
    out.reset();
    assertThat(begun.transferTo(out)).isEqualTo(whole.length() - 5);
    assertThat(first + text(out.toByteArray())).isEqualTo(whole);
  }

  @Test
  void contentWithoutOctetsAddsNothing() throws IOException {
    assertThat(text(of(new byte[0]).readAllBytes())).isEqualTo(FIELDS);
  }

  private static TracedContent of(byte[] octets) {
    return new TracedContent(FIELDS, new ByteArrayInputStream(octets));
  }

  private static String octetByOctet(byte[] octets) throws IOException {
    StringBuilder read = new StringBuilder();
    TracedContent content = of(octets);
    for (int octet = content.read(); octet >= 0; octet = content.read()) {
      read.append((char) octet);
    }
    return read.toString();
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}

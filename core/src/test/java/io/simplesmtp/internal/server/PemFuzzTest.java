package io.simplesmtp.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** A file that is no PEM has a fault for people, which tells the file and nothing of the key. */
class PemFuzzTest {

  @FuzzTest(maxDuration = "10m")
  void isReadOrHasAFaultForPeople(byte[] octets) {
    String text = new String(octets, StandardCharsets.UTF_8);
    read(text, Pem::certificates);
    read(text, Pem::privateKey);
  }

  private static void read(String text, Function<Pem, Object> part) {
    try {
      assertThat(part.apply(Pem.parse("server.pem", text))).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).contains("server.pem").hasSizeLessThan(200).matches("[ -~]*");
    }
  }
}

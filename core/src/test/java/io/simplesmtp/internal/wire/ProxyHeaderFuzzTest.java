package io.simplesmtp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A header tells what the naive reference says, and what stands behind it is left alone. */
class ProxyHeaderFuzzTest {

  @FuzzTest(maxDuration = "10m")
  void readsAsTheNaiveReference(byte[] octets) throws IOException {
    String input = new String(octets, StandardCharsets.ISO_8859_1);
    NaiveProxy expected = NaiveProxy.read(input);
    for (int size : new int[] {1, 13, 5_000}) {
      InputStream in = Chunks.of(octets, size);
      ProxyHeaderResult found = ProxyHeader.read(in);
      assertThat(NaiveProxy.text(found)).isEqualTo(expected.text());
      if (found instanceof ProxyHeader) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
            .isEqualTo(input.substring(expected.length()));
      }
    }
  }
}

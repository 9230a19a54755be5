package io.simplesmtp.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {

  /** What a client sends behind the header: the begin of a TLS handshake. */
  private static final String NEXT = "\u0016\u0003\u0001\0\u00c8PROXY \r\n\r\n\0\r\nQUIT\n";

  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP4 192.0.2.1 198.51.100.7 56324 25, 192.0.2.1, 56324, 198.51.100.7, 25",
    "PROXY TCP4 0.0.0.0 255.255.255.255 0 65535, 0.0.0.0, 0, 255.255.255.255, 65535",
    "PROXY TCP4 9.9.9.9 1.1.1.1 1 2, 9.9.9.9, 1, 1.1.1.1, 2",
    "PROXY TCP6 2001:db8::1 2001:DB8::2 1 25, 2001:db8:0:0:0:0:0:1, 1, 2001:db8:0:0:0:0:0:2, 25",
    "PROXY TCP6 :: :: 0 0, 0:0:0:0:0:0:0:0, 0, 0:0:0:0:0:0:0:0, 0",
    "PROXY TCP6 ::ffff:192.0.2.1 ::1 5 6, 192.0.2.1, 5, 0:0:0:0:0:0:0:1, 6",
    "PROXY TCP6 fe80:1111:2222:3333:4444:5555:6666:7777 fe80:1111:2222:3333:4444:5555:6666:8888"
        + " 65535 65535, fe80:1111:2222:3333:4444:5555:6666:7777, 65535,"
        + " fe80:1111:2222:3333:4444:5555:6666:8888, 65535"
  })
  void readsALine(String line, String client, int port, String server, int serverPort)
      throws IOException {
    ProxyHeader.Ends ends = header(latin(line + "\r\n")).ends().orElseThrow();
    assertThat(host(ends.client())).isEqualTo(client + " " + port);
    assertThat(host(ends.server())).isEqualTo(server + " " + serverPort);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROXY UNKNOWN", "PROXY UNKNOWN ", "PROXY UNKNOWN ffff::1 whatever 1 \0"})
  void readsALineThatTellsNothing(String line) throws IOException {
    assertThat(header(latin(line + "\r\n")).ends()).isEmpty();
    String longest = "PROXY UNKNOWN " + "x".repeat(107 - 16);
    assertThat(header(latin(longest + "\r\n")).ends()).isEmpty();
    assertThat(fault(latin(longest + "x\r\n"))).contains("version 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY TCP4 192.0.2.1 198.51.100.7 56324 25\n",
        "PROXY TCP4 192.0.2.1 198.51.100.7 56324 25\r\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.7 56324 25 \r\n",
        "PROXY TCP4  192.0.2.1 198.51.100.7 56324 25\r\n",
        "PROXY TCP4\t192.0.2.1 198.51.100.7 56324 25\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.7 56324\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.7 56324 65536\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.7 056324 25\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.7 +5632 25\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.7 -1 25\r\n",
        "PROXY TCP4 192.0.2.01 198.51.100.7 56324 25\r\n",
        "PROXY TCP4 192.0.2.256 198.51.100.7 56324 25\r\n",
        "PROXY TCP4 192.0.2 198.51.100.7.1 56324 25\r\n",
        "PROXY TCP4 2001:db8::1 2001:db8::2 56324 25\r\n",
        "PROXY TCP6 192.0.2.1 198.51.100.7 56324 25\r\n",
        "PROXY TCP6 1::2::3 ::1 56324 25\r\n",
        "PROXY TCP6 1:2:3:4:5:6:7 ::1 56324 25\r\n",
        "PROXY TCP6 1:2:3:4:5:6:7:8:9 ::1 56324 25\r\n",
        "PROXY TCP6 fe80::1%eth0 ::1 56324 25\r\n",
        "PROXY TCP6 localhost ::1 56324 25\r\n",
        "PROXY UDP4 192.0.2.1 198.51.100.7 56324 25\r\n",
        "PROXY tcp4 192.0.2.1 198.51.100.7 56324 25\r\n",
        "PROXY UNKNOWNS 192.0.2.1\r\n",
        "PROXY UNKNOWN a\nb\r\n",
        "PROXY TCP4 192.0.2.1\r\n",
        "PROXY \r\n\r\n\r\n\r\n\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.7 56324 25",
        "proxy TCP4 192.0.2.1 198.51.100.7 56324 25\r\n",
        " PROXY TCP4 192.0.2.1 198.51.100.7 56324 25\r\n",
        "EHLO client.test\r\n",
        "\u0016\u0003\u0001\u0002\0\u0001\0",
        "\r\n\r\n\0\r\nQUIT\r\n",
        "",
      })
  void isNoHeader(String input) throws IOException {
    assertThat(fault(latin(input))).doesNotContain("192.0.2.1");
  }

  @Test
  void givesUpWithoutWaitingForMore() throws IOException {
    for (String input : List.of("E", "PROXi", "\r\n.", "PROXY UNKNOWN a\n")) {
      InputStream in =
          new InputStream() {
            private int next;

            @Override
            public int read() {
              if (next == input.length()) {
                throw new AssertionError("Asked for more behind " + input);
              }
              return input.charAt(next++);
            }

            @Override
            public int read(byte[] target, int offset, int length) {
              target[offset] = (byte) read();
              return 1;
            }
          };
      assertThat(ProxyHeader.read(in)).isInstanceOf(ProxyHeaderResult.Malformed.class);
    }
  }

  @Test
  void readsBinaryAddresses() throws IOException {
    ProxyHeader.Ends four =
        header(binary("21 11", "c0000201 c6336407 dc04 0019")).ends().orElseThrow();
    assertThat(host(four.client())).isEqualTo("192.0.2.1 56324");
    assertThat(host(four.server())).isEqualTo("198.51.100.7 25");
    String six = "20010db8000000000000000000000001";
    ProxyHeader.Ends ends = header(binary("21 21", six + six + "ffff 0000")).ends().orElseThrow();
    assertThat(host(ends.client())).isEqualTo("2001:db8:0:0:0:0:0:1 65535");
    assertThat(host(ends.server())).isEqualTo("2001:db8:0:0:0:0:0:1 0");
    String mapped = "00000000000000000000ffffc0000201";
    ends = header(binary("21 21", mapped + six + "0001 0002")).ends().orElseThrow();
    assertThat(host(ends.client())).isEqualTo("192.0.2.1 1");
  }

  @ParameterizedTest
  @CsvSource({
    "2f72756e2f6100, /run/a",
    "'', ''",
    "006162, ''",
    "2f610a62, ''",
    "2fff, ''",
  })
  void readsUnixAddresses(String path, String expected) throws IOException {
    String padded = path + "00".repeat(108 - path.length() / 2);
    ProxyHeader.Ends ends = header(binary("21 31", padded + "78".repeat(108))).ends().orElseThrow();
    assertThat(ends.client()).isEqualTo(UnixDomainSocketAddress.of(expected));
    assertThat(ends.server()).isEqualTo(UnixDomainSocketAddress.of("x".repeat(108)));
  }

  @ParameterizedTest
  @CsvSource({
    "20 00, ''",
    "20 11, ''",
    "20 11, c0000201c6336407dc040019",
    "20 00, 0102030405",
    "21 00, ''",
    "21 00, 0102030405",
    "21 01, ''",
    "21 10, c0000201c6336407dc040019",
    "21 12, c0000201c6336407dc040019",
  })
  void tellsNothing(String begin, String rest) throws IOException {
    assertThat(header(binary(begin, rest)).ends()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "11 11, c0000201c6336407dc040019",
    "31 11, c0000201c6336407dc040019",
    "22 11, c0000201c6336407dc040019",
    "2f 11, c0000201c6336407dc040019",
    "21 41, c0000201c6336407dc040019",
    "21 f1, c0000201c6336407dc040019",
    "21 13, c0000201c6336407dc040019",
    "21 11, c0000201c6336407dc0400",
    "21 21, c0000201c6336407dc040019",
    "21 31, c0000201c6336407dc040019",
    "21 11, ''",
    "21 11, c0000201c6336407dc040019 01",
    "21 11, c0000201c6336407dc040019 0100",
    "21 11, c0000201c6336407dc040019 010001",
    "21 11, c0000201c6336407dc040019 01ffff61",
    "21 11, c0000201c6336407dc040019 030004 00000000",
    "21 11, c0000201c6336407dc040019 030003 000000",
    "21 11, c0000201c6336407dc040019 030000",
  })
  void isNoBinaryHeader(String begin, String rest) throws IOException {
    assertThat(fault(binary(begin, rest))).isNotEmpty();
  }

  @Test
  void keepsVectorsButPaddingAndChecksum() throws IOException {
    byte[] octets =
        binary(
            "21 11",
            "c0000201c6336407dc040019 040002ffff 030004 00000000 e00000 010004736d7470 040000");
    CRC32C sum = new CRC32C();
    sum.update(octets);
    int at = 16 + 12 + 5 + 3;
    for (int i = 0; i < 4; i++) {
      octets[at + i] = (byte) (sum.getValue() >> (24 - 8 * i));
    }
    assertThat(header(octets).vectors())
        .extracting(v -> v.type() + "=" + new String(v.value(), ISO_8859_1))
        .containsExactly("224=", "1=smtp");
    for (int i = 16; i < octets.length; i++) {
      if (i == at - 3) {
        continue; // another type in the place of the checksum's is no checksum
      }
      octets[i] ^= 0x10;
      assertThat(fault(octets)).as("octet %d", i).isNotEmpty();
      octets[i] ^= 0x10;
    }
  }

  @Test
  void boundsItsLengthAndItsName() throws IOException {
    String addresses = "c0000201c6336407dc040019";
    int most = ProxyHeader.MAX_LENGTH - 16 - 12 - 3;
    String padding = "04" + "%04x".formatted(most) + "00".repeat(most);
    assertThat(header(binary("21 11", addresses + padding)).vectors()).isEmpty();
    String more = "04" + "%04x".formatted(most + 1) + "00".repeat(most + 1);
    assertThat(fault(binary("21 11", addresses + more))).contains("4097");
    String name = "050080" + "00".repeat(128);
    assertThat(header(binary("21 11", addresses + name)).vectors()).hasSize(1);
    assertThat(fault(binary("21 11", addresses + "050081" + "00".repeat(129)))).contains("name");
  }

  @Test
  void readsAsTheNaiveReferenceWhateverTheInput() throws IOException {
    Random random = new Random(25);
    String[] lines = {
      "PROXY TCP4 192.0.2.1 198.51.100.7 56324 25\r\n",
      "PROXY TCP6 2001:db8::1 ::1 1 2\r\n",
      "PROXY UNKNOWN\r\n",
      "PROXY UNKNOWN x y z\r\n",
      latin(binary("21 11", "c0000201c6336407dc040019 0100026162 e10000")),
      latin(binary("20 00", "")),
      latin(binary("21 00", "c0000201")),
      latin(binary("21 31", "61".repeat(216))),
    };
    int headers = 0;
    for (int round = 0; round < 100_000; round++) {
      StringBuilder input = new StringBuilder(lines[random.nextInt(lines.length)]);
      for (int n = random.nextInt(3); n > 0; n--) {
        mutate(input, random);
      }
      NaiveProxy expected = NaiveProxy.read(input + NEXT);
      byte[] octets = latin(input + NEXT);
      InputStream in = Chunks.of(octets, 1 + random.nextInt(40));
      ProxyHeaderResult found = ProxyHeader.read(in);
      assertThat(NaiveProxy.text(found)).as("%s", input).isEqualTo(expected.text());
      if (found instanceof ProxyHeader) {
        headers++;
        assertThat(latin(in.readAllBytes()))
            .as("behind %s", input)
            .isEqualTo((input + NEXT).substring(expected.length()));
      }
    }
    assertThat(headers).isBetween(20_000, 80_000);
  }

  @Test
  void survivesNoise() throws IOException {
    Random random = new Random(587);
    for (int round = 0; round < 50_000; round++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      byte[] begin = HexFormat.of().parseHex(SIGNATURE + "21");
      System.arraycopy(begin, 0, noise, 0, Math.min(begin.length, noise.length));
      assertThat(ProxyHeader.read(Chunks.of(noise, 1 + random.nextInt(300)))).isNotNull();
    }
  }

  private static void mutate(StringBuilder input, Random random) {
    int at = random.nextInt(input.length());
    switch (random.nextInt(5)) {
      case 0 -> input.deleteCharAt(at);
      case 1 -> input.insert(at, (char) random.nextInt(256));
      case 2 -> input.insert(at, "0123456789: .\r\n".charAt(random.nextInt(15)));
      case 3 -> input.setCharAt(at, (char) (input.charAt(at) ^ 1 << random.nextInt(8)));
      default -> input.setCharAt(at, (char) random.nextInt(256));
    }
    if (input.isEmpty()) {
      input.append('P');
    }
  }

  /** A binary header: version and command, family and transport, and what follows its length. */
  private static byte[] binary(String begin, String rest) {
    String hex = rest.replace(" ", "");
    return HexFormat.of()
        .parseHex(SIGNATURE + begin.replace(" ", "") + "%04x".formatted(hex.length() / 2) + hex);
  }

  /** Reads a header at many splits, and checks that nothing behind it was touched. */
  private static ProxyHeader header(byte[] octets) throws IOException {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes(octets);
    input.writeBytes(latin(NEXT));
    ProxyHeader last = new ProxyHeader(Optional.empty(), List.of());
    for (int size = 1; size <= octets.length + 3; size += 1 + size / 8) {
      InputStream in = Chunks.of(input.toByteArray(), size);
      ProxyHeaderResult result = ProxyHeader.read(in);
      assertThat(result).isInstanceOf(ProxyHeader.class);
      assertThat(latin(in.readAllBytes())).isEqualTo(NEXT);
      last = (ProxyHeader) result;
    }
    return last;
  }

  private static String fault(byte[] octets) throws IOException {
    ProxyHeaderResult result = ProxyHeader.read(Chunks.of(octets, 7));
    assertThat(result).isInstanceOf(ProxyHeaderResult.Malformed.class);
    return ((ProxyHeaderResult.Malformed) result).reason();
  }

  private static String host(Object address) {
    InetSocketAddress inet = (InetSocketAddress) address;
    return inet.getAddress().getHostAddress() + " " + inet.getPort();
  }

  private static byte[] latin(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String latin(byte[] octets) {
    return new String(octets, ISO_8859_1);
  }
}

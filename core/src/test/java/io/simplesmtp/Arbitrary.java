package io.simplesmtp;

import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** Values that are legal, and as odd as they may be; the same from each seed. */
public final class Arbitrary {

  private static final List<String> LITERALS =
      List.of(
          "[192.0.2.1]",
          "[255.255.255.255]",
          "[IPv6:2001:db8::1]",
          "[IPv6:::]",
          "[ipv6:::ffff:192.0.2.1]",
          "[IPv6:2001:db8:0:0:0:0:0:ffff]",
          "[tag:content]",
          "[x-1:!#$%&'()*+,-./:;<=>?@^_`{|}~]");

  private static final List<String> DOMAINS =
      List.of(
          "x.org",
          "EXAMPLE.Org",
          "a",
          "1.2.3.4",
          "a-b--c.example",
          "xn--bcher-kva.example",
          "b\u00fccher.example",
          "\u4f8b.\u4f8b\u3048",
          "fa\u00df.example",
          "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.example");

  private static final String HOSTILE = "\"\\<>()[]@,;: .\t\r\n\0%!|`$'+=\u00a0\u200b\ud83d\ude00";

  private final Random random;

  /** Draws from a seed. */
  public Arbitrary(long seed) {
    this.random = new Random(seed);
  }

  /** A number from 0 on, below a bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** One of several. */
  @SafeVarargs
  public final <T> T any(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** A domain or a literal. */
  public Host host() {
    return switch (random.nextInt(4)) {
      case 0 -> Host.parse(LITERALS.get(random.nextInt(LITERALS.size())));
      case 1 -> Host.parse(DOMAINS.get(random.nextInt(DOMAINS.size())));
      default -> new Domain(label() + (random.nextBoolean() ? "." + label() : ""));
    };
  }

  /** A mailbox whose local-part may be anything that has a written form. */
  public Mailbox mailbox() {
    return new Mailbox(text(random.nextInt(20) == 0 ? 80 : 12, 0x1100), host());
  }

  /** At most so many characters below a bound, none of which is a control. */
  public String text(int most, int bound) {
    return draw(
        most,
        c -> {
          boolean isControl = c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
          boolean isHalf = c >= 0xd800 && c < 0xe000;
          return isControl || isHalf || c >= bound ? '"' : c;
        },
        bound);
  }

  /** At most so many characters of ASCII, among them those that mean something somewhere. */
  public String printable(int most) {
    return draw(most, c -> c < ' ' || c > '~' ? ' ' : c, 0x80);
  }

  private String draw(int most, IntUnaryOperator legal, int bound) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(most + 1); left > 0; left--) {
      int c =
          switch (random.nextInt(3)) {
            case 0 -> HOSTILE.codePointAt(random.nextInt(HOSTILE.length()));
            case 1 -> 'a' + random.nextInt(26);
            default -> random.nextInt(bound);
          };
      text.appendCodePoint(legal.applyAsInt(c));
    }
    return text.toString();
  }

  private String label() {
    StringBuilder label = new StringBuilder();
    for (int left = 1 + random.nextInt(random.nextInt(9) == 0 ? 63 : 8); left > 0; left--) {
      label.append("abcXYZ0189".charAt(random.nextInt(10)));
    }
    return label.toString();
  }
}

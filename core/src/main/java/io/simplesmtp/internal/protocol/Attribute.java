package io.simplesmtp.internal.protocol;

import io.simplesmtp.AddressLiteral;
import io.simplesmtp.Domain;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What XCLIENT and XFORWARD tell of a client ({@code XCLIENT_README} and {@code XFORWARD_README} of
 * Postfix), each with its own grammar.
 */
public enum Attribute {
  NAME,
  ADDR,
  PORT,
  PROTO,
  HELO,
  LOGIN,
  DESTADDR,
  DESTPORT,
  IDENT,
  SOURCE;

  private static final int MAX_VALUE = 255;
  private static final int MAX_PROTOCOL = 64;
  private static final int MAX_PORT = 65_535;

  /** What is special in a header field, where these values end up. */
  private static final String SPECIALS = "<>()\\\";@";

  /** The attributes of a command in the order in which EHLO lists them. */
  static String names(boolean isXForward) {
    return Arrays.stream(values())
        .filter(a -> a.isOf(isXForward))
        .map(Attribute::name)
        .collect(Collectors.joining(" "));
  }

  /** Finds an attribute of a command by its name in whatever case. */
  static Optional<Attribute> find(boolean isXForward, String name) {
    return Arrays.stream(values())
        .filter(a -> a.isOf(isXForward) && a.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  private boolean isOf(boolean isXForward) {
    return switch (this) {
      case NAME, ADDR, PORT, PROTO, HELO -> true;
      case LOGIN, DESTADDR, DESTPORT -> !isXForward;
      case IDENT, SOURCE -> isXForward;
    };
  }

  /**
   * Reads a value as it was written behind the equals sign.
   *
   * @return empty if the client says that it does not know
   * @throws IllegalArgumentException if the value does not follow the attribute's grammar
   */
  Optional<String> read(boolean isXForward, String xtext) {
    if (xtext.equalsIgnoreCase("[UNAVAILABLE]")
        || (this == NAME && xtext.equalsIgnoreCase("[TEMPUNAVAIL]"))) {
      return Optional.empty();
    }
    String value = decode(xtext);
    if (value.isEmpty() || value.length() > MAX_VALUE || !isLegal(isXForward, value)) {
      throw new IllegalArgumentException("Not a value of " + this);
    }
    return Optional.of(value);
  }

  private boolean isLegal(boolean isXForward, String value) {
    return switch (this) {
      case NAME -> isXForward ? isPlain(value) : isDomain(value);
      case ADDR, DESTADDR -> isAddress(value);
      case PORT, DESTPORT -> isPort(value);
      case PROTO -> isXForward ? isPlain(value) && value.length() <= MAX_PROTOCOL : isSmtp(value);
      case HELO -> isXForward ? isPlain(value) : isWord(value);
      case LOGIN -> value.codePoints().noneMatch(Attribute::isControl);
      case IDENT -> isPlain(value);
      case SOURCE -> value.equalsIgnoreCase("LOCAL") || value.equalsIgnoreCase("REMOTE");
    };
  }

  private static boolean isWord(String value) {
    return value.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  private static boolean isPlain(String value) {
    return isWord(value) && value.chars().noneMatch(c -> SPECIALS.indexOf(c) >= 0);
  }

  private static boolean isDomain(String value) {
    try {
      return new Domain(value).isAscii();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isAddress(String value) {
    try {
      return new AddressLiteral(value).address().isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isPort(String value) {
    return value.length() <= 5
        && value.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(value) <= MAX_PORT;
  }

  private static boolean isSmtp(String value) {
    return value.equalsIgnoreCase("SMTP") || value.equalsIgnoreCase("ESMTP");
  }

  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** RFC 3461 section 4: {@code xtext = *( xchar / hexchar )}, of UTF-8. */
  private static String decode(String xtext) {
    byte[] octets = new byte[xtext.length()];
    int length = 0;
    for (int i = 0; i < xtext.length(); i++) {
      char c = xtext.charAt(i);
      if (c < '!' || c > '~' || c == '=' || (c == '+' && i + 2 >= xtext.length())) {
        throw new IllegalArgumentException("Not an xtext");
      }
      if (c == '+') {
        octets[length++] = (byte) (hexDigit(xtext.charAt(++i)) * 16 + hexDigit(xtext.charAt(++i)));
      } else {
        octets[length++] = (byte) c;
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("Not UTF-8", e);
    }
  }

  private static int hexDigit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    if (c >= 'A' && c <= 'F') {
      return c - 'A' + 10;
    }
    throw new IllegalArgumentException("Not an xtext");
  }
}

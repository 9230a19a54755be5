package io.simplesmtp.app;

import io.simplesmtp.Domain;
import io.simplesmtp.Host;
import io.simplesmtp.Mailbox;
import io.simplesmtp.Reply;
import io.simplesmtp.ReversePath;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of flags. What is wrong with one is said in one line. */
final class Converters {

  private static final Pattern OCTETS = Pattern.compile("(\\d{1,18})([kKmMgG]?)");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h)");
  private static final Pattern CERTIFICATE = Pattern.compile("([^=,]+)=([^,]+),([^,]+)");
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final int MAX_PORT = 65_535;
  private static final String UNIX = "unix:";
  private static final String INHERITED = "inherited";

  private Converters() {}

  /** Has a command line and its subcommands read values by these rules, each by its type. */
  static CommandLine register(CommandLine line) {
    return line.registerConverter(SocketAddress.class, Converters::address)
        .registerConverter(Host.class, Converters::host)
        .registerConverter(Long.class, Converters::octets)
        .registerConverter(Integer.class, Converters::count)
        .registerConverter(Duration.class, Converters::duration)
        .registerConverter(Path.class, Converters::path)
        .registerConverter(Network.class, Converters::network)
        .registerConverter(Rate.class, Converters::rate)
        .registerConverter(NamedCertificate.class, Converters::certificate)
        .registerConverter(RecipientRule.class, Converters::rule)
        .registerConverter(LoadTarget.class, LoadTarget::parse)
        .registerConverter(Mailbox.class, Converters::mailbox)
        .registerConverter(ReversePath.class, Converters::reversePath);
  }

  /**
   * {@code HOST:PORT}, an IPv6 address in brackets, and a name is looked up; {@code unix:PATH}; or
   * {@code inherited}.
   */
  static SocketAddress address(String text) {
    if (text.equals(INHERITED)) {
      return Listener.INHERITED;
    }
    if (text.startsWith(UNIX)) {
      return UnixDomainSocketAddress.of(path(text.substring(UNIX.length())));
    }
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(colon, 0));
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    if (host.isEmpty() || (host.indexOf(':') >= 0 && !isBracketed)) {
      throw wrong(
          text,
          "is not HOST:PORT, such as 127.0.0.1:2525 or [::1]:2525, nor unix:PATH, nor inherited");
    }
    int port = port(text, text.substring(colon + 1));
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw wrong(text, "names a host that is not known");
    }
  }

  /**
   * The port at the end of an address.
   *
   * @param text the whole address
   */
  static int port(String text, String port) {
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > MAX_PORT) {
      throw wrong(text, "does not end in a port of 0 to 65535");
    }
    return Integer.parseInt(port);
  }

  /** A mailbox. */
  static Mailbox mailbox(String text) {
    try {
      return Mailbox.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(text, "is no address: " + e.getMessage());
    }
  }

  /** A mailbox, or {@code <>}. */
  static ReversePath reversePath(String text) {
    return text.equals("<>") ? ReversePath.NULL : mailbox(text);
  }

  /** A domain, with its U-labels turned into A-labels, or an address literal. */
  static Host host(String text) {
    try {
      Host host = Host.parse(text);
      return host instanceof Domain domain ? new Domain(domain.toAscii()) : host;
    } catch (IllegalArgumentException e) {
      throw wrong(text, "is neither a domain nor an address in brackets");
    }
  }

  /** A number of octets; K, M and G are powers of 1024. */
  static long octets(String text) {
    Matcher matcher = OCTETS.matcher(text);
    if (!matcher.matches()) {
      throw wrong(text, "is not a number of octets, such as 26214400 or 25M");
    }
    String unit = matcher.group(2).toLowerCase(Locale.ROOT);
    int shift = unit.isEmpty() ? 0 : 10 * ("kmg".indexOf(unit) + 1);
    long number = Long.parseLong(matcher.group(1));
    if (number < 1 || number > Long.MAX_VALUE >> shift) {
      throw wrong(text, "is nothing, or more than can be counted");
    }
    return number << shift;
  }

  /** A number of at least one. */
  static int count(String text) {
    if (!text.matches("\\d{1,10}")
        || Long.parseLong(text) < 1
        || Long.parseLong(text) > Integer.MAX_VALUE) {
      throw wrong(text, "is not a whole number of at least 1");
    }
    return Integer.parseInt(text);
  }

  /** A positive duration of a year at most: a number with its unit, or as ISO 8601 writes it. */
  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    Duration duration = matcher.matches() ? simple(matcher) : iso(text);
    if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw wrong(text, "is not longer than nothing and at most 365 days");
    }
    return duration;
  }

  /** What a reply can say. */
  static String banner(String text) {
    try {
      return Reply.ok(text).lines().get(0);
    } catch (IllegalArgumentException e) {
      throw wrong(text, "is not one line of ASCII that fits into a reply");
    }
  }

  /** An address, or a network such as {@code 10.0.0.0/8}. */
  static Network network(String text) {
    try {
      return Network.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(text, "is no network, such as 10.0.0.0/8: " + e.getMessage());
    }
  }

  /** {@code HOST=CERT,KEY}. */
  static NamedCertificate certificate(String text) {
    Matcher matcher = CERTIFICATE.matcher(text);
    if (!matcher.matches()) {
      throw wrong(text, "is not HOST=CERT,KEY, such as mx.example.org=mx.pem,mx.key");
    }
    return new NamedCertificate(matcher.group(1), path(matcher.group(2)), path(matcher.group(3)));
  }

  /** {@code N/DURATION}. */
  static Rate rate(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw wrong(text, "is not N/DURATION, such as 100/1h");
    }
    int messages = count(text.substring(0, slash));
    if (messages > Rate.MOST) {
      throw wrong(text, "has more messages than " + Rate.MOST);
    }
    return new Rate(messages, duration(text.substring(slash + 1)));
  }

  /** {@code REGEX[=REPLY]}. */
  static RecipientRule rule(String text) {
    try {
      return RecipientRule.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(text, String.valueOf(e.getMessage()));
    }
  }

  /** A file or folder. */
  static Path path(String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      throw wrong(text, "is no path: " + e.getReason());
    }
    throw wrong(text, "is no path"); // to Java it is the working folder
  }

  private static Duration simple(Matcher matcher) {
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  private static Duration iso(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(text, "is not a duration, such as 60s, 5m or PT1M");
    }
  }

  /** Says what is wrong with a value. */
  static TypeConversionException wrong(String text, String fault) {
    return new TypeConversionException("'" + text + "' " + fault);
  }

  /** For the one flag whose type tells too little. */
  static final class Banner implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return banner(text);
    }
  }
}

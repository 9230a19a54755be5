package io.simplesmtp;

import java.nio.charset.StandardCharsets;

/**
 * The address of a mailbox: a local-part and the host that knows it (RFC 5321 section 4.1.2).
 *
 * <pre>{@code
 * Mailbox ann = Mailbox.parse("ann@example.org");
 * Mailbox odd = new Mailbox("john q. public", new Domain("example.org"));
 * System.out.println(odd); // "john q. public"@example.org
 * }</pre>
 *
 * <p>The local-part is held without quotes and escapes, so {@code "ann"@x.org} and {@code
 * ann@x.org} are equal. It is compared with its case, as RFC 5321 section 2.4 asks; the domain is
 * not. The order is that of the hosts, then of the local-parts.
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param localPart what stands before the {@code @}, unquoted; printable ASCII, space, or UTF-8
 *     (RFC 6531); at most {@value #MAX_LOCAL_PART} octets
 * @param host the domain or address literal
 */
public record Mailbox(String localPart, Host host) implements ReversePath, Comparable<Mailbox> {

  /**
   * The longest local-part, in octets of UTF-8; RFC 5321 section 4.5.3.1.1 asks for 64 at least.
   */
  public static final int MAX_LOCAL_PART = 256;

  /**
   * Checks the local-part.
   *
   * @throws IllegalArgumentException if it is too long or has a character that no local-part has
   */
  public Mailbox {
    boolean isLong =
        localPart.length() > MAX_LOCAL_PART
            || (localPart.length() > MAX_LOCAL_PART / 3
                && localPart.getBytes(StandardCharsets.UTF_8).length > MAX_LOCAL_PART);
    if (isLong) {
      throw new IllegalArgumentException("A local-part has at most " + MAX_LOCAL_PART + " octets");
    }
    if (!Ascii.isClean(localPart)) {
      throw new IllegalArgumentException("A local-part has no control characters");
    }
  }

  /**
   * Reads a mailbox as it stands between the angle brackets of a path.
   *
   * @throws IllegalArgumentException if the text is not a mailbox; the message says why and does
   *     not repeat the text
   */
  public static Mailbox parse(String text) {
    int at = text.startsWith("\"") ? endOfQuoted(text) : endOfDotString(text);
    if (at >= text.length() || text.charAt(at) != '@') {
      throw new IllegalArgumentException("A mailbox has the form local-part@domain");
    }
    String written = text.substring(0, at);
    String localPart = written.startsWith("\"") ? unquote(written) : written;
    return new Mailbox(localPart, Host.parse(text.substring(at + 1)));
  }

  /** The domain as text, or the literal in its brackets. */
  public String domain() {
    return host.toString();
  }

  @Override
  public int compareTo(Mailbox other) {
    int byHost = host.compareTo(other.host);
    return byHost == 0 ? localPart.compareTo(other.localPart) : byHost;
  }

  @Override
  public boolean isAscii() {
    return Ascii.isAscii(localPart) && (!(host instanceof Domain domain) || domain.isAscii());
  }

  /** The mailbox as it is written in a path, quoted where the grammar asks for it. */
  @Override
  public String toString() {
    return (isDotString(localPart) ? localPart : quote(localPart)) + "@" + host;
  }

  @Override
  public String path() {
    return "<" + this + ">";
  }

  private static boolean isDotString(String text) {
    try {
      return !text.isEmpty() && endOfDotString(text) == text.length();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** {@code Dot-string = Atom *("." Atom)}. */
  private static int endOfDotString(String text) {
    int i = 0;
    boolean inAtom = false;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Ascii.isAtext(c)) {
        inAtom = true;
      } else if (c == '.' && inAtom) {
        inAtom = false;
      } else {
        break;
      }
    }
    if (!inAtom) {
      throw new IllegalArgumentException("A local-part is a quoted string or atoms between dots");
    }
    return i;
  }

  /** {@code Quoted-string = DQUOTE *QcontentSMTP DQUOTE}; returns the index after it. */
  private static int endOfQuoted(String text) {
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i + 1;
      } else if (c == '\\') {
        i++;
        if (i < text.length() && text.charAt(i) >= 0x80) {
          throw new IllegalArgumentException("A backslash quotes only ASCII");
        }
      }
    }
    throw new IllegalArgumentException("A quoted local-part has an end");
  }

  private static String unquote(String quoted) {
    StringBuilder text = new StringBuilder(quoted.length());
    for (int i = 1; i < quoted.length() - 1; i++) {
      char c = quoted.charAt(i);
      text.append(c == '\\' ? quoted.charAt(++i) : c);
    }
    return text.toString();
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.append('"').toString();
  }
}

package io.simplesmtp;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A parameter of MAIL or RCPT: its keyword and the type of its value (RFC 5321 section 4.1.2).
 *
 * <pre>{@code
 * long declared = mailFrom.parameters().get(Parameter.SIZE).orElse(0L);
 * Parameter<Integer> level = Parameter.of(
 *     "XLEVEL", value -> Integer.valueOf(value.orElseThrow(IllegalArgumentException::new)));
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread; compared by identity.
 *
 * @param <T> the type of the value
 */
public final class Parameter<T> {

  /** {@code SIZE=}: the size of the message in octets, as the client declares it (RFC 1870). */
  public static final Parameter<Long> SIZE = valued("SIZE", Parameter::size);

  /** {@code BODY=}: how the content is encoded (RFC 6152, RFC 3030 section 3). */
  public static final Parameter<BodyType> BODY = valued("BODY", BodyType::parse);

  /** {@code SMTPUTF8}: addresses and header may be UTF-8 (RFC 6531); its value is true. */
  public static final Parameter<Boolean> SMTPUTF8 = flag("SMTPUTF8");

  /**
   * {@code AUTH=}: who submitted the message first; {@code <>} when that is not known, and always
   * from a client that is not authenticated (RFC 4954 section 5).
   */
  public static final Parameter<ReversePath> AUTH =
      new Parameter<>("AUTH", value -> submitter(required(value)), Parameter::xtext);

  /** {@code RET=}: how much of the message comes back with a report (RFC 3461 section 4.3). */
  public static final Parameter<Ret> RET = valued("RET", Ret::parse);

  /** {@code ENVID=}: the sender's own name for the transaction (RFC 3461 section 4.4). */
  public static final Parameter<Envid> ENVID = valued("ENVID", Envid::parse);

  /** {@code NOTIFY=} of RCPT: what the sender wants to be told (RFC 3461 section 4.1). */
  public static final Parameter<Notify> NOTIFY = valued("NOTIFY", Notify::parse);

  /** {@code ORCPT=} of RCPT: the recipient that the sender wrote (RFC 3461 section 4.2). */
  public static final Parameter<OriginalRecipient> ORCPT =
      valued("ORCPT", OriginalRecipient::parse);

  /** {@code PRDR}: the client wants a reply to the data for each recipient (draft-hall-prdr). */
  public static final Parameter<Boolean> PRDR = flag("PRDR");

  /** {@code REQUIRETLS}: the message goes on under TLS or not at all (RFC 8689). */
  public static final Parameter<Boolean> REQUIRETLS = flag("REQUIRETLS");

  /** {@code MT-PRIORITY=}: how urgent the message is (RFC 6710). */
  public static final Parameter<MtPriority> MT_PRIORITY = valued("MT-PRIORITY", MtPriority::parse);

  /** {@code HOLDFOR=}: the time for which the message is kept first (RFC 4865). */
  public static final Parameter<Hold.For> HOLDFOR = valued("HOLDFOR", Hold.For::parse);

  /** {@code HOLDUNTIL=}: the time until which the message is kept first (RFC 4865). */
  public static final Parameter<Hold.Until> HOLDUNTIL = valued("HOLDUNTIL", Hold.Until::parse);

  /** {@code BY=}: the time in which the message is to be delivered (RFC 2852). */
  public static final Parameter<DeliverBy> BY = valued("BY", DeliverBy::parse);

  private static final int MAX_SIZE_DIGITS = 20;
  private static final int MAX_SUBMITTER = 500;

  private final String keyword;
  private final Function<Optional<String>, T> parser;
  private final Function<T, String> printer;

  private Parameter(
      String keyword, Function<Optional<String>, T> parser, Function<T, String> printer) {
    this.keyword = keyword;
    this.parser = parser;
    this.printer = printer;
  }

  /**
   * Makes a parameter, for a service extension of your own. Its values print themselves as they
   * stand after the equals sign; the value of one that has no equals sign is {@code true}.
   *
   * @param keyword letters, digits and hyphens, the first no hyphen; kept in capitals
   * @param parser reads what stands after the equals sign, empty when there is none, and throws an
   *     {@link IllegalArgumentException} if that does not follow the grammar: the client gets 501.
   *     The value has neither spaces nor control characters; it can be UTF-8
   * @throws IllegalArgumentException if the keyword is not legal
   */
  public static <T> Parameter<T> of(String keyword, Function<Optional<String>, T> parser) {
    if (!isKeyword(keyword)) {
      throw new IllegalArgumentException("Not the keyword of a parameter: " + keyword);
    }
    return new Parameter<>(keyword.toUpperCase(Locale.ROOT), parser, Object::toString);
  }

  private static <T> Parameter<T> valued(String keyword, Function<String, T> parser) {
    return new Parameter<>(keyword, value -> parser.apply(required(value)), Object::toString);
  }

  private static Parameter<Boolean> flag(String keyword) {
    return new Parameter<>(
        keyword,
        value -> {
          if (value.isPresent()) {
            throw new IllegalArgumentException(keyword + " has no value");
          }
          return true;
        },
        Object::toString);
  }

  /** The keyword in capitals. */
  public String keyword() {
    return keyword;
  }

  /**
   * Reads the value as it was written after the equals sign.
   *
   * @param value empty when there is no equals sign
   * @throws IllegalArgumentException if the value does not follow the parameter's grammar
   */
  public T parse(Optional<String> value) {
    return parser.apply(value);
  }

  /** The parameter as it stands in a command, such as {@code SIZE=100}. */
  public String print(T value) {
    return Boolean.TRUE.equals(value) ? keyword : keyword + "=" + printer.apply(value);
  }

  @Override
  public String toString() {
    return keyword;
  }

  /** {@code esmtp-keyword} of RFC 5321 section 4.1.2. */
  private static boolean isKeyword(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Ascii.isLetterOrDigit(c) && (i == 0 || c != '-')) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static String required(Optional<String> value) {
    return value.orElseThrow(() -> new IllegalArgumentException("The parameter has a value"));
  }

  /** RFC 1870 section 3: one to twenty digits; more than a long holds counts as the largest. */
  private static Long size(String digits) {
    if (digits.isEmpty() || digits.length() > MAX_SIZE_DIGITS || !Ascii.isNumber(digits)) {
      throw new IllegalArgumentException("SIZE is a number of octets");
    }
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /** RFC 4954 sections 3 and 5: an xtext of at most 500 characters. */
  private static ReversePath submitter(String xtext) {
    if (xtext.length() > MAX_SUBMITTER) {
      throw new IllegalArgumentException("AUTH has at most " + MAX_SUBMITTER + " characters");
    }
    String decoded = Xtext.decode(xtext);
    return decoded.equals("<>") ? ReversePath.NULL : Mailbox.parse(decoded);
  }

  private static String xtext(ReversePath submitter) {
    return switch (submitter) {
      case Mailbox mailbox -> Xtext.encode(mailbox.toString());
      case NullPath nobody -> nobody.path();
    };
  }
}

package io.simplesmtp.internal.protocol;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * The argument of XCLIENT or XFORWARD.
 *
 * @param values what was told; an empty value says that the sender does not know
 */
public record Attributes(Map<Attribute, Optional<String>> values) {

  /** Takes a copy of the values. */
  public Attributes {
    values = Map.copyOf(values);
  }

  /**
   * Reads {@code 1*( SP attribute-name"="attribute-value )}; an attribute may come once.
   *
   * @return empty if the argument does not follow the grammar
   */
  static Optional<Attributes> parse(boolean isXForward, String argument) {
    Map<Attribute, Optional<String>> values = new EnumMap<>(Attribute.class);
    StringTokenizer words = new StringTokenizer(argument, " ");
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      int equals = Math.max(word.indexOf('='), 0);
      Optional<Attribute> attribute = Attribute.find(isXForward, word.substring(0, equals));
      if (attribute.isEmpty() || values.containsKey(attribute.get())) {
        return Optional.empty();
      }
      try {
        values.put(attribute.get(), attribute.get().read(isXForward, word.substring(equals + 1)));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(new Attributes(values));
  }

  /** Reads the argument of one of the two verbs. */
  static Command command(Verb verb, String argument) {
    boolean isXForward = verb == Verb.XFORWARD;
    Optional<Attributes> attributes = parse(isXForward, argument);
    if (attributes.isEmpty()) {
      return new Command.Malformed(verb, Replies.ATTRIBUTES_ARGUMENT);
    }
    return isXForward
        ? new Command.XForward(attributes.get())
        : new Command.XClient(attributes.get());
  }

  /** The names of the attributes in the order in which EHLO lists them. */
  public static String names(boolean isXForward) {
    return Attribute.names(isXForward);
  }

  /** Whether an attribute was told, be it as unknown. */
  public boolean has(Attribute attribute) {
    return values.containsKey(attribute);
  }

  /**
   * What an attribute is from now on.
   *
   * @param before what it was, which stays if it was not told now
   */
  public Optional<String> get(Attribute attribute, Optional<String> before) {
    return values.getOrDefault(attribute, before);
  }
}

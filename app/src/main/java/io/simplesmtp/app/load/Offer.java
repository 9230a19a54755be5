package io.simplesmtp.app.load;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The service extensions that a server offered in its answer to EHLO or LHLO.
 *
 * @param parameters what follows each keyword, both in upper case
 */
record Offer(Map<String, List<String>> parameters) {

  private static final String OLD_AUTH = "AUTH=";

  /**
   * Reads the lines of the reply, of which the first is a greeting (RFC 5321 section 4.1.1.1). Some
   * servers also write the AUTH line with an equals sign, as old clients want it.
   */
  static Offer of(List<String> lines) {
    Map<String, List<String>> found = new HashMap<>();
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      String text = line.strip().toUpperCase(Locale.ROOT);
      String spaced = text.startsWith(OLD_AUTH) ? text.replaceFirst("=", " ") : text;
      List<String> words = Arrays.asList(spaced.split("\\s+", -1));
      found.putIfAbsent(words.get(0), List.copyOf(words.subList(1, words.size())));
    }
    return new Offer(Map.copyOf(found));
  }

  boolean has(String keyword) {
    return parameters.containsKey(keyword);
  }

  /** The mechanisms of AUTH (RFC 4954). */
  List<String> mechanisms() {
    return parameters.getOrDefault("AUTH", List.of());
  }

  /** The biggest message (RFC 1870), if the server says so; 0 there means that it does not. */
  OptionalLong maxSize() {
    return parameters.getOrDefault("SIZE", List.of()).stream()
        .filter(text -> text.matches("\\d{1,18}"))
        .mapToLong(Long::parseLong)
        .filter(size -> size > 0)
        .findFirst();
  }

  /** Says what the server lacks to be sent such mail in such a way, if anything. */
  Optional<String> lack(Mail mail) {
    if (mail.isPipelined() && !has("PIPELINING")) {
      return Optional.of("it does not offer PIPELINING");
    }
    if (mail.isBdat() && !has("CHUNKING")) {
      return Optional.of("it does not offer CHUNKING, so it takes no BDAT");
    }
    OptionalLong most = maxSize();
    if (most.isPresent() && most.getAsLong() < mail.size()) {
      return Optional.of(
          "it takes messages of at most "
              + most.getAsLong()
              + " octets, and these have "
              + mail.size());
    }
    return Optional.empty();
  }
}

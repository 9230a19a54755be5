package io.simplesmtp.app.load;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * How sessions authenticate. Its text does not show the password.
 *
 * @param mechanism PLAIN or LOGIN, or empty for the first of them that the server offers
 */
public record Login(String user, String password, Optional<String> mechanism) {

  /** The mechanisms that are known, the better one first. */
  public static final List<String> MECHANISMS = List.of("PLAIN", "LOGIN");

  /** The mechanism to use, or empty if the server offers none that will do. */
  Optional<String> chosen(List<String> offered) {
    return mechanism.map(List::of).orElse(MECHANISMS).stream()
        .filter(offered::contains)
        .findFirst();
  }

  /** The one message of PLAIN (RFC 4616 section 2). */
  String plain() {
    return base64("\0" + user + "\0" + password);
  }

  String encodedUser() {
    return base64(user);
  }

  String encodedPassword() {
    return base64(password);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Login[user=" + user + "]";
  }
}

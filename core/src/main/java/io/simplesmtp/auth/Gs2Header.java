package io.simplesmtp.auth;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What SCRAM and OAUTHBEARER begin with (RFC 5801 section 4).
 *
 * @param text the header with its last comma
 * @param flag {@code n}: the client cannot bind; {@code y}: it could, and thinks that the server
 *     cannot; {@code p}: it does
 * @param bindingType the type of the channel binding; empty without {@code p}
 * @param authorizationId whom the client wants to act as; empty for itself
 */
record Gs2Header(String text, char flag, String bindingType, String authorizationId) {

  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9.-]{1,64}");

  /** Reads the header of a message; empty if it has none that is legal. */
  static Optional<Gs2Header> parse(String message) {
    int first = message.indexOf(',');
    int second = first < 0 ? -1 : message.indexOf(',', first + 1);
    if (second < 0) {
      return Optional.empty();
    }
    String flag = message.substring(0, first);
    String authorization = message.substring(first + 1, second);
    boolean binds = flag.startsWith("p=") && TYPE.matcher(flag.substring(2)).matches();
    if (!binds && !flag.equals("n") && !flag.equals("y")) {
      return Optional.empty();
    }
    Optional<String> id =
        authorization.isEmpty()
            ? Optional.of("")
            : authorization.startsWith("a=") ? name(authorization.substring(2)) : Optional.empty();
    String text = message.substring(0, second + 1);
    return id.map(
        name -> new Gs2Header(text, flag.charAt(0), binds ? flag.substring(2) : "", name));
  }

  /** A {@code saslname}, with its commas and equals signs decoded; never an empty one. */
  static Optional<String> name(String encoded) {
    String rest = encoded.replace("=2C", "").replace("=3D", "");
    if (encoded.isEmpty() || rest.indexOf('=') >= 0 || rest.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return Optional.of(encoded.replace("=2C", ",").replace("=3D", "="));
  }
}

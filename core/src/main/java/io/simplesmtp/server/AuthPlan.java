package io.simplesmtp.server;

import io.simplesmtp.Reply;
import io.simplesmtp.auth.Login;
import io.simplesmtp.auth.Plain;
import io.simplesmtp.auth.SaslMechanism;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a builder was told of AUTH: who checks credentials, and the mechanisms. */
final class AuthPlan {

  private static final Pattern MECHANISM = Pattern.compile("[A-Z0-9_-]{1,20}");

  @Nullable PasswordCheck passwords;
  List<SaslMechanism> mechanisms = List.of(new Plain(), new Login());

  /** Whether there is anything to offer. */
  boolean isComplete() {
    return passwords != null && !mechanisms.isEmpty();
  }

  /** The mechanisms that a listener offers. */
  List<SaslMechanism> offered(Listener listener) {
    return passwords != null && listener.auth() != Auth.NONE ? mechanisms : List.of();
  }

  /** Names are what RFC 4422 section 3.1 allows, and all of them fit on the line of EHLO. */
  void check(List<String> found) {
    List<String> names = mechanisms.stream().map(SaslMechanism::name).toList();
    names.stream()
        .filter(name -> !MECHANISM.matcher(name).matches())
        .forEach(name -> found.add("mechanisms: not the name of one: " + name));
    if (Set.copyOf(names).size() < names.size()) {
      found.add("mechanisms: one is given twice");
    }
    if (String.join(" ", names).length() > Reply.MAX_TEXT / 2) {
      found.add("mechanisms: too many for one line");
    }
  }
}

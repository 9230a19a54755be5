package io.simplesmtp.server;

import io.simplesmtp.Reply;
import io.simplesmtp.auth.SaslMechanism;
import io.simplesmtp.internal.session.AuthFailures;
import io.simplesmtp.internal.session.Authentication;
import io.simplesmtp.internal.session.CredentialChecks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a builder was told of AUTH: who checks credentials, and the mechanisms. */
final class AuthPlan {

  private static final int MAX_NAME = 20;
  private static final String ANONYMOUS = "ANONYMOUS";

  @Nullable PasswordCheck passwords;
  @Nullable ScramCheck scram;
  @Nullable SecretCheck secrets;
  @Nullable TokenCheck tokens;
  @Nullable CertificateCheck certificates;
  @Nullable AnonymousCheck anonymous;

  /** The names that were chosen; none chooses all. */
  Optional<List<String>> names = Optional.empty();

  final List<SaslMechanism> own = new ArrayList<>();

  /** Made when AUTH is served or chosen from, as most of them need random numbers. */
  private @Nullable List<SaslMechanism> standard;

  /** Whether there is anything to offer. */
  boolean isComplete() {
    return !(checks().isEmpty() && own.isEmpty()) && !mechanisms().isEmpty();
  }

  /** What AUTH can do on a listener. */
  Authentication on(Listener listener, String hostname, List<AuthFailures> failures) {
    boolean isServed = isComplete() && listener.auth() != Auth.NONE;
    return new Authentication(
        hostname,
        isServed ? mechanisms() : List.of(),
        checks(),
        listener.isAuthWithoutTls(),
        failures);
  }

  /** Names are what RFC 4422 section 3.1 allows, and all of them fit on the line of EHLO. */
  void check(List<String> found) {
    if (own.isEmpty() && names.isEmpty()) {
      return;
    }
    List<String> ownNames = own.stream().map(SaslMechanism::name).toList();
    ownNames.stream()
        .filter(name -> !isName(name))
        .forEach(name -> found.add("mechanism: not the name of one: " + name));
    if (Set.copyOf(ownNames).size() < ownNames.size()) {
      found.add("mechanism: one is given twice");
    }
    Map<String, SaslMechanism> all = all();
    List<String> chosen = names.orElse(List.of());
    chosen.stream()
        .filter(name -> !all.containsKey(name))
        .forEach(name -> found.add("mechanisms: there is none with the name " + name));
    if (Set.copyOf(chosen).size() < chosen.size()) {
      found.add("mechanisms: one is named twice");
    }
    chosen.stream()
        .filter(name -> standard().stream().anyMatch(mechanism -> mechanism.name().equals(name)))
        .filter(name -> !ownNames.contains(name) && !hasCheck(name))
        .forEach(name -> found.add("mechanisms: nothing was given that can check " + name));
    if (String.join(" ", names.orElse(List.copyOf(all.keySet()))).length() > Reply.MAX_TEXT / 2) {
      found.add("mechanisms: too many for one line");
    }
  }

  /** Whether clients can authenticate as nobody. */
  boolean isAnonymousOffered() {
    return anonymous != null
        && mechanisms().stream().anyMatch(mechanism -> mechanism.name().equals(ANONYMOUS));
  }

  /** Whether a standard mechanism has the check of credentials that it asks. */
  private boolean hasCheck(String name) {
    return switch (name) {
      case "PLAIN", "LOGIN" -> passwords != null;
      case "CRAM-MD5" -> secrets != null;
      case "OAUTHBEARER", "XOAUTH2" -> tokens != null;
      case "EXTERNAL" -> certificates != null;
      case ANONYMOUS -> anonymous != null;
      default -> scram != null;
    };
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_NAME
        && name.chars()
            .allMatch(
                c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_');
  }

  private List<SaslMechanism> standard() {
    if (standard == null) {
      standard = SaslMechanism.all();
    }
    return standard;
  }

  /** Those that may be offered, in their order. */
  private List<SaslMechanism> mechanisms() {
    Map<String, SaslMechanism> all = all();
    return names
        .map(chosen -> chosen.stream().filter(all::containsKey).map(all::get).toList())
        .orElse(List.copyOf(all.values()));
  }

  /** Own ones first, but for those that stand in the place of a standard one. */
  private Map<String, SaslMechanism> all() {
    Set<String> standardNames = Set.copyOf(standard().stream().map(SaslMechanism::name).toList());
    Map<String, SaslMechanism> all = new LinkedHashMap<>();
    own.stream()
        .filter(mechanism -> !standardNames.contains(mechanism.name()))
        .forEach(mechanism -> all.put(mechanism.name(), mechanism));
    standard().forEach(mechanism -> all.put(mechanism.name(), mechanism));
    own.forEach(mechanism -> all.put(mechanism.name(), mechanism));
    return all;
  }

  private CredentialChecks checks() {
    return new CredentialChecks(
        Optional.ofNullable(passwords),
        Optional.ofNullable(scram),
        Optional.ofNullable(secrets),
        Optional.ofNullable(tokens),
        Optional.ofNullable(certificates),
        Optional.ofNullable(anonymous));
  }
}

package io.simplesmtp.app;

import io.simplesmtp.auth.SaslMechanism;
import io.simplesmtp.auth.ScramHash;
import io.simplesmtp.server.SmtpServer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How clients can authenticate. */
final class SaslFlags {

  private static final String EXTERNAL = "EXTERNAL";
  private static final Set<String> BY_PASSWORD = Set.of("PLAIN", "LOGIN");

  @Option(
      names = "--sasl",
      paramLabel = "LIST",
      description =
          "The mechanisms of AUTH, in their order, such as SCRAM-SHA-256,PLAIN. Default: all that"
              + " the users can use, the strongest first.")
  @Nullable String list;

  /**
   * Says what is wrong with the flag.
   *
   * @param logins who can authenticate, or empty for nobody
   */
  void check(Optional<Logins> logins, TlsFlags tls) {
    if (list != null && logins.isEmpty()) {
      throw ProgramException.usage("--sasl is of no use where nobody can authenticate");
    }
    if (Set.copyOf(chosen()).size() < chosen().size()) {
      throw ProgramException.usage("--sasl names a mechanism twice");
    }
    for (String name : chosen()) {
      fault(name, logins.orElseThrow(), tls)
          .ifPresent(fault -> {
            throw ProgramException.usage("--sasl: " + fault);
          });
    }
  }

  /** Gives a server the mechanisms. */
  void offer(SmtpServer.Builder builder, Logins logins, TlsFlags tls) {
    builder.passwords(logins).scram(logins);
    builder.mechanism(OfferedScram.all(logins).toArray(SaslMechanism[]::new));
    if (tls.authorities != null) {
      builder.certificates(new CertificateOwner(logins));
    }
    if (list != null) {
      builder.mechanisms(chosen().toArray(String[]::new));
    }
  }

  /** The hashes for which every user must have a credential, because the flag says so. */
  Set<ScramHash> needed() {
    return chosen().stream()
        .flatMap(name -> OfferedScram.hash(name).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private List<String> chosen() {
    return list == null
        ? List.of()
        : Arrays.stream(list.split(",", -1))
            .map(name -> name.strip().toUpperCase(Locale.ROOT))
            .toList();
  }

  private static Optional<String> fault(String name, Logins logins, TlsFlags tls) {
    Optional<ScramHash> hash = OfferedScram.hash(name);
    if (hash.isPresent()) {
      return scramFault(name, hash.get(), logins, tls);
    }
    if (name.equals(EXTERNAL)) {
      return tls.authorities == null
          ? Optional.of("EXTERNAL needs --tls-client-ca")
          : Optional.empty();
    }
    return BY_PASSWORD.contains(name)
        ? Optional.empty()
        : Optional.of(
            "the mechanism '"
                + name
                + "' is none of EXTERNAL, SCRAM-SHA-256-PLUS, SCRAM-SHA-1-PLUS, SCRAM-SHA-256,"
                + " SCRAM-SHA-1, PLAIN and LOGIN");
  }

  private static Optional<String> scramFault(
      String name, ScramHash hash, Logins logins, TlsFlags tls) {
    if (!logins.scramHashes().contains(hash)) {
      return Optional.of(
          name
              + " needs a hash that begins with "
              + hash.mechanism()
              + " for every user, as simplesmtp hash writes it");
    }
    return tls.isOff && name.endsWith("-PLUS")
        ? Optional.of(name + " does not go with --no-tls")
        : Optional.empty();
  }
}

package io.simplesmtp.internal.server;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a server's certificate by the host name that the client asks for (RFC 6066 section 3):
 * that of the very name, else of the wildcard that covers it, else the default; among these the
 * first whose key is of the kind that the handshake can use.
 *
 * <p>Asked in each handshake, on its thread. Never judges the certificates, which the clients do.
 * Safe for use by any thread.
 */
final class ServerKeys extends X509ExtendedKeyManager {

  /** An alias: the place in the list, and the edition, so that key and chain always match. */
  private static final Pattern ALIAS = Pattern.compile("(\\d{1,9})\\.(\\d{1,18})");

  private final List<NamedCredential> credentials;

  ServerKeys(List<NamedCredential> credentials) {
    this.credentials = List.copyOf(credentials);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    Optional<String> asked = AskedName.of(engine);
    Optional<String> wildcard = asked.flatMap(ServerKeys::wildcard);
    Optional<String> named =
        choose(asked, keyType)
            .or(() -> wildcard.flatMap(name -> choose(Optional.of(name), keyType)));
    if (isKnown(asked) || isKnown(wildcard)) {
      named.ifPresent(alias -> keepSession(engine));
      return named.orElse(null);
    }
    return choose(Optional.empty(), keyType).orElse(null);
  }

  /**
   * Has the session kept here and not in a ticket, which JSSE does for one that has a value. It
   * asks for the certificate of a ticket before it has read the name, and would never resume one of
   * another certificate than the default. In TLS 1.2 there would be no ticket, and nothing else.
   */
  private static void keepSession(SSLEngine engine) {
    SSLSession session = engine.getHandshakeSession();
    if (session != null && session.getProtocol().equals("TLSv1.3")) {
      session.putValue("io.simplesmtp.named", "yes");
    }
  }

  /** A client that asks for a known name is never shown another's certificate. */
  private boolean isKnown(Optional<String> name) {
    return name.isPresent() && credentials.stream().anyMatch(c -> c.name().equals(name));
  }

  /** With the empty name, the default. */
  private Optional<String> choose(Optional<String> name, String keyType) {
    return IntStream.range(0, credentials.size())
        .filter(i -> credentials.get(i).name().equals(name))
        .mapToObj(i -> alias(i, keyType))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> alias(int place, String keyType) {
    var edition = credentials.get(place).credential().current();
    return edition.value().keyType().equals(keyType)
        ? Optional.of(place + "." + edition.number())
        : Optional.empty();
  }

  private static Optional<String> wildcard(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of("*" + name.substring(dot));
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return find(alias).map(Credential::key).orElse(null);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return find(alias).map(c -> c.chain().toArray(new X509Certificate[0])).orElse(null);
  }

  private Optional<Credential> find(String alias) {
    Matcher parts = ALIAS.matcher(alias);
    if (!parts.matches() || Integer.parseInt(parts.group(1)) >= credentials.size()) {
      return Optional.empty();
    }
    var source = credentials.get(Integer.parseInt(parts.group(1))).credential();
    return source.edition(Long.parseLong(parts.group(2)));
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return choose(Optional.empty(), keyType).map(alias -> new String[] {alias}).orElse(null);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return null; // there is always an engine
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null; // never a client
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
    return null; // never a client
  }
}

package io.simplesmtp.internal.server;

import io.simplesmtp.server.ClientCertificates;
import io.simplesmtp.server.TlsPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;

/**
 * TLS as a server speaks it: which certificates it shows, whose it accepts, and what it agrees to.
 * Asked at each handshake, which looks for renewed files first.
 *
 * <p>One context lives as long as the authorities of clients are the same, so that sessions are
 * resumed; with others, nobody is let in by an old session. Safe for use by any thread.
 */
public final class ServerTls {

  /** How many sessions are kept of clients that take no tickets, the oldest going first. */
  private static final int SESSIONS = 4_096;

  /** How long a session can be resumed, by ticket or not. */
  private static final int SESSION_SECONDS = 3_600;

  /** What clients call this protocol (RFC 7301); those that speak another are let go. */
  private static final String[] APPLICATION_PROTOCOLS = {"smtp", "esmtp"};

  /** Without SHA-1, which TLS 1.2 knows (RFC 9155). */
  private static final String[] SIGNATURES = {
    "ecdsa_secp256r1_sha256",
    "ecdsa_secp384r1_sha384",
    "ecdsa_secp521r1_sha512",
    "ed25519",
    "ed448",
    "rsa_pss_rsae_sha256",
    "rsa_pss_rsae_sha384",
    "rsa_pss_rsae_sha512",
    "rsa_pss_pss_sha256",
    "rsa_pss_pss_sha384",
    "rsa_pss_pss_sha512",
    "rsa_pkcs1_sha256",
    "rsa_pkcs1_sha384",
    "rsa_pkcs1_sha512"
  };

  private static final String NOBODY_JUDGED =
      "Nobody's client certificate is judged by the authorities that were given";

  private final Source source;
  private final TlsPolicy policy;
  private final ClientCertificates clients;
  private final Optional<Provider> provider;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Prepared prepared;

  /** Where certificates come from. */
  private sealed interface Source {}

  private record Own(SSLContext context) implements Source {}

  private record Files(List<NamedCredential> credentials, Optional<Renewable<ClientTrust>> trust)
      implements Source {}

  /** A context, and whom it trusts. */
  private record Prepared(SSLContext context, Optional<ClientTrust> trust) {}

  private ServerTls(
      Source source, TlsPolicy policy, ClientCertificates clients, Optional<Provider> provider) {
    this.source = source;
    this.policy = policy;
    this.clients = clients;
    this.provider = provider;
    this.prepared = prepare();
    if (provider.isPresent()) {
      ProvidedTls.check(provider.get(), () -> engine(prepared.context()), policy);
    }
  }

  /** Uses a context of the application's. */
  public static ServerTls of(SSLContext context) {
    return new ServerTls(
        new Own(context), TlsPolicy.MODERN, ClientCertificates.NONE, Optional.empty());
  }

  /** Shows one certificate. */
  public static ServerTls of(Credential credential) {
    return of(Renewable.fixed(credential));
  }

  /** Shows the certificate of PEM files. */
  public static ServerTls fromPem(Path chain, Path key) throws IOException {
    return of(Renewable.of(List.of(chain, key), () -> Credential.fromPem(chain, key)));
  }

  /** Shows the certificate of a PKCS#12 store. */
  public static ServerTls fromPkcs12(Path store, char[] password) throws IOException {
    char[] kept = password.clone();
    return of(Renewable.of(List.of(store), () -> Credential.fromPkcs12(store, kept)));
  }

  private static ServerTls of(Renewable<Credential> credential) {
    var files = new Files(List.of(NamedCredential.byDefault(credential)), Optional.empty());
    return new ServerTls(files, TlsPolicy.MODERN, ClientCertificates.NONE, Optional.empty());
  }

  /**
   * Shows another's default certificates as well, under a name or for clients that cannot use the
   * kind of key of the first.
   *
   * @throws IllegalArgumentException if the name is none, if there is one of the same kind of key
   *     for it, or if either uses a context of its own
   */
  public ServerTls with(Optional<String> name, ServerTls other) {
    List<NamedCredential> all = new ArrayList<>(files().credentials());
    for (NamedCredential added : other.files().credentials()) {
      if (added.name().isEmpty()) {
        NamedCredential credential = name.map(added::named).orElse(added);
        if (all.stream().anyMatch(credential::collidesWith)) {
          throw new IllegalArgumentException(
              "There is a certificate with such a key already for "
                  + credential.name().orElse("the default"));
        }
        all.add(credential);
      }
    }
    return new ServerTls(new Files(List.copyOf(all), files().trust()), policy, clients, provider);
  }

  /** Agrees to this. */
  public ServerTls with(TlsPolicy newPolicy) {
    return new ServerTls(source, newPolicy, clients, provider);
  }

  /**
   * Takes TLS from this provider.
   *
   * @throws IllegalArgumentException if it cannot do what is asked for here
   */
  public ServerTls with(Provider newProvider) {
    return new ServerTls(files(), policy, clients, Optional.of(newProvider));
  }

  /** Whether clients are asked for certificates. */
  public boolean isAskingClients() {
    return clients != ClientCertificates.NONE;
  }

  /**
   * Asks clients for certificates.
   *
   * @param authorities PEM files of those that vouch for them; none if the context is of one's own
   */
  public ServerTls with(ClientCertificates mode, List<Path> authorities) throws IOException {
    boolean isJudgedHere = mode != ClientCertificates.NONE && !(source instanceof Own);
    if (isJudgedHere == authorities.isEmpty()) {
      throw new IllegalArgumentException(
          isJudgedHere
              ? "Somebody must vouch for client certificates: no authority was given"
              : NOBODY_JUDGED);
    }
    return isJudgedHere
        ? with(mode, ClientTrust.fromPem(authorities))
        : new ServerTls(
            source instanceof Files files
                ? new Files(files.credentials(), Optional.empty())
                : source,
            policy,
            mode,
            provider);
  }

  /** Asks clients for certificates that somebody in this store vouches for. */
  public ServerTls with(ClientCertificates mode, KeyStore authorities) {
    if (mode == ClientCertificates.NONE) {
      throw new IllegalArgumentException(NOBODY_JUDGED);
    }
    return with(mode, Renewable.fixed(ClientTrust.of(authorities)));
  }

  private ServerTls with(ClientCertificates mode, Renewable<ClientTrust> trust) {
    return new ServerTls(
        new Files(files().credentials(), Optional.of(trust)), policy, mode, provider);
  }

  private Files files() {
    if (source instanceof Files files) {
      return files;
    }
    throw new IllegalArgumentException(
        "A context of one's own brings its certificates, authorities and provider");
  }

  /** Reads all files now; what is wrong with them, one sentence for each source. */
  public List<String> reload() {
    return renewables().map(Renewable::reread).flatMap(Optional::stream).toList();
  }

  private Stream<Renewable<?>> renewables() {
    return switch (source) {
      case Own own -> Stream.empty();
      case Files files ->
          Stream.concat(
              files.credentials().stream().map(NamedCredential::credential),
              files.trust().stream());
    };
  }

  /** Makes an engine that is ready to shake hands as a server. */
  public SSLEngine engine() {
    renewables().forEach(Renewable::refresh);
    return engine(context());
  }

  private SSLEngine engine(SSLContext context) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters());
    return engine;
  }

  private SSLParameters parameters() {
    SSLParameters parameters =
        new SSLParameters(
            policy.cipherSuites().toArray(new String[0]),
            policy.protocols().toArray(new String[0]));
    parameters.setNamedGroups(policy.groups().toArray(new String[0]));
    parameters.setSignatureSchemes(SIGNATURES);
    parameters.setUseCipherSuitesOrder(true);
    parameters.setApplicationProtocols(APPLICATION_PROTOCOLS);
    parameters.setSNIMatchers(List.of(new AskedName()));
    switch (clients) {
      case NONE -> parameters.setNeedClientAuth(false);
      case WANTED -> parameters.setWantClientAuth(true);
      case NEEDED -> parameters.setNeedClientAuth(true);
    }
    return parameters;
  }

  private SSLContext context() {
    Optional<ClientTrust> trust = trust();
    Prepared last = prepared;
    if (last.trust().equals(trust)) {
      return last.context();
    }
    lock.lock();
    try {
      if (!prepared.trust().equals(trust)) {
        prepared = prepare();
      }
      return prepared.context();
    } finally {
      lock.unlock();
    }
  }

  private Optional<ClientTrust> trust() {
    return source instanceof Files files ? files.trust().map(Renewable::value) : Optional.empty();
  }

  private Prepared prepare() {
    Optional<ClientTrust> trust = trust();
    return switch (source) {
      case Own own -> new Prepared(own.context(), trust);
      case Files files -> new Prepared(context(files.credentials(), trust), trust);
    };
  }

  private SSLContext context(List<NamedCredential> credentials, Optional<ClientTrust> trust) {
    try {
      SSLContext context =
          provider.isPresent()
              ? SSLContext.getInstance("TLS", provider.get())
              : SSLContext.getInstance("TLS");
      // Null instead of none would have it read the roots that clients trust.
      context.init(
          new KeyManager[] {new ServerKeys(credentials)},
          trust.map(ClientTrust::managers).orElseGet(() -> new TrustManager[0]),
          null);
      SSLSessionContext sessions = context.getServerSessionContext();
      sessions.setSessionCacheSize(SESSIONS);
      sessions.setSessionTimeout(SESSION_SECONDS);
      return context;
    } catch (GeneralSecurityException e) {
      if (provider.isPresent()) {
        throw ProvidedTls.unfit(provider.get(), e);
      }
      throw new IllegalStateException("This Java cannot make a TLS context", e);
    }
  }
}

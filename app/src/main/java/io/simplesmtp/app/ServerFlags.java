package io.simplesmtp.app;

import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.TlsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** The flags that every server has, and the server that they make. */
final class ServerFlags {

  @Mixin ListenFlags listen = new ListenFlags();
  @Mixin TlsFlags tls = new TlsFlags();
  @Mixin SaslFlags sasl = new SaslFlags();
  @Mixin LimitFlags limits = new LimitFlags();
  @Mixin TrustFlags trust = new TrustFlags();

  /**
   * The certificates of a server, or empty for no TLS, when all flags have been checked.
   *
   * @param home where a certificate is kept that the program makes itself
   * @param logins who can authenticate, or empty for nobody
   */
  Optional<TlsConfig> certificates(Path home, Optional<Logins> logins, boolean isAuthInClear) {
    check(logins.isPresent(), isAuthInClear);
    listen.check();
    trust.check(listen);
    sasl.check(logins, tls);
    limits.check();
    return tls.config(listen.host(), new KeptCertificate(home));
  }

  /** A server that wants but a handler. */
  SmtpServer.Builder builder(
      Optional<TlsConfig> certificates, Optional<Logins> logins, boolean isAuthInClear) {
    SmtpServer.Builder builder =
        SmtpServer.builder().hostname(listen.host().toString()).banner(listen.banner);
    limits.bound(builder);
    certificates.ifPresent(builder::tls);
    logins.ifPresent(who -> sasl.offer(builder, who, tls));
    listen
        .listeners(logins.isPresent(), isAuthInClear, certificates.isPresent())
        .forEach(listener -> builder.listen(trust.on(listener)));
    return builder;
  }

  /** Starts a server, and says in one line why it cannot. */
  static SmtpServer start(SmtpServer.Builder builder) {
    try {
      TimeOfDay.load();
      return builder.start();
    } catch (IllegalStateException e) {
      throw ProgramException.usage(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw ProgramException.cannotStart(withoutSlash(String.valueOf(e.getMessage())));
    }
  }

  /** Without the slash before an address that was never looked up; paths keep theirs. */
  private static String withoutSlash(String message) {
    return message.replaceFirst(" /(?=[0-9.]+:|\\[)", " ");
  }

  private void check(boolean hasPasswords, boolean isAuthInClear) {
    if (listen.hasSubmission() && !hasPasswords) {
      throw ProgramException.usage(
          "--submission and --submissions require AUTH: give --auth or --auth-file");
    }
    if (tls.isOff && !listen.submissions.isEmpty()) {
      throw ProgramException.usage("--submissions is TLS from the first octet: drop --no-tls");
    }
    if (tls.isOff && !listen.submission.isEmpty() && !isAuthInClear) {
      throw ProgramException.usage(
          "--submission with --no-tls needs --auth-without-tls, as passwords go in clear");
    }
  }
}

package io.simplesmtp.app;

import io.simplesmtp.Host;
import io.simplesmtp.server.PasswordCheck;
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
  @Mixin LimitFlags limits = new LimitFlags();

  /**
   * A server that wants but a handler.
   *
   * @param home where a certificate is kept that the program makes itself
   * @param passwords who can authenticate, or empty for nobody
   */
  SmtpServer.Builder builder(Path home, Optional<PasswordCheck> passwords, boolean isAuthInClear) {
    check(passwords.isPresent(), isAuthInClear);
    Host hostname = listen.host();
    Optional<TlsConfig> certificate = tls.config(hostname, new KeptCertificate(home));
    SmtpServer.Builder builder =
        SmtpServer.builder()
            .hostname(hostname.toString())
            .banner(listen.banner)
            .limits(limits.limits())
            .admission(limits.admission())
            .timeouts(limits.timeouts());
    certificate.ifPresent(builder::tls);
    passwords.ifPresent(builder::passwords);
    listen
        .listeners(passwords.isPresent(), isAuthInClear, certificate.isPresent())
        .forEach(builder::listen);
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
      throw ProgramException.cannotStart(String.valueOf(e.getMessage()).replace(" /", " "));
    }
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

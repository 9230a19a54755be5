package io.simplesmtp.app;

import io.simplesmtp.app.load.Login;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** As whom the sessions of a load authenticate. The password is nowhere shown. */
final class LoginFlags {

  /** The variable of the environment that may hold the password. */
  static final String VARIABLE = "SIMPLESMTP_PASSWORD";

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description =
          "Authenticate as this user. The password is that of --password-file, or of the variable"
              + " SIMPLESMTP_PASSWORD, or is asked for.")
  @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The first line of this file is the password.")
  @Nullable Path file;

  @Option(
      names = "--sasl",
      paramLabel = "NAME",
      description = "PLAIN or LOGIN. Default: the first of them that the server offers.")
  @Nullable String mechanism;

  @Option(
      names = "--auth-without-tls",
      description = "Send the password in clear too, where it can be read on the way.")
  boolean isWithoutTls;

  /**
   * The login, or empty for none; may ask for the password.
   *
   * @param isPrivate whether nobody can read on the way
   */
  Optional<Login> login(boolean isPrivate, Map<String, String> environment) {
    if (user == null) {
      if (file != null || mechanism != null || isWithoutTls) {
        throw ProgramException.usage(
            "--password-file, --sasl and --auth-without-tls are of no use without --user");
      }
      return Optional.empty();
    }
    String name = mechanism == null ? null : mechanism.toUpperCase(Locale.ROOT);
    if (name != null && !Login.MECHANISMS.contains(name)) {
      throw ProgramException.usage("--sasl is one of " + String.join(", ", Login.MECHANISMS));
    }
    if (!isPrivate && !isWithoutTls) {
      throw ProgramException.usage(
          "--user sends a password: give --starttls or --tls, or --auth-without-tls");
    }
    String password = password(environment);
    if (password == null || password.isEmpty()) {
      throw ProgramException.usage(
          "--user needs a password: give --password-file or the variable " + VARIABLE);
    }
    return Optional.of(new Login(user, password, Optional.ofNullable(name)));
  }

  private @Nullable String password(Map<String, String> environment) {
    if (file != null) {
      try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        return lines.readLine();
      } catch (IOException e) {
        throw ProgramException.usage("--password-file: cannot be read: " + IoReason.of(e));
      }
    }
    if (environment.containsKey(VARIABLE)) {
      return environment.get(VARIABLE);
    }
    return typed();
  }

  /** What is typed on the terminal; some Javas read standard input where there is none. */
  @SuppressWarnings("SystemConsoleNull")
  private @Nullable String typed() {
    java.io.Console terminal = System.console();
    char[] typed = terminal == null ? null : terminal.readPassword("Password of %s: ", user);
    return typed == null ? null : new String(typed);
  }
}

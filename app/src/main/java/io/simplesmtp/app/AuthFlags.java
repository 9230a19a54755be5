package io.simplesmtp.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who can authenticate. */
final class AuthFlags {

  @Option(
      names = "--auth",
      paramLabel = "USER:PASSWORD",
      description =
          "Let this user authenticate; repeatable. Others on this machine can see the password in"
              + " the list of processes: --auth-file is better.")
  List<String> users = new ArrayList<>();

  @Option(
      names = "--auth-file",
      paramLabel = "FILE",
      description =
          "Let the users of this file authenticate: lines USER:HASH, as 'simplesmtp hash' writes"
              + " them, or with the hash of 'openssl passwd -6'.")
  @Nullable Path file;

  @Option(
      names = "--auth-without-tls",
      description = "Offer AUTH in clear too, where passwords can be read on the way.")
  boolean isWithoutTls;

  /** The users of both flags, or empty if neither was given. */
  Optional<Accounts> accounts() {
    if (users.isEmpty() && file == null) {
      if (isWithoutTls) {
        throw ProgramException.usage("--auth-without-tls needs --auth or --auth-file");
      }
      return Optional.empty();
    }
    try {
      return Optional.of(Accounts.of(users, Optional.ofNullable(file)));
    } catch (IOException e) {
      throw ProgramException.usage("--auth-file: cannot be read: " + IoReason.of(e));
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage(String.valueOf(e.getMessage()));
    }
  }
}

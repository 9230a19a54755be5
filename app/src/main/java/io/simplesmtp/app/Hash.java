package io.simplesmtp.app;

import io.simplesmtp.auth.SaslPrep;
import io.simplesmtp.auth.ScramCredential;
import io.simplesmtp.auth.ScramHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code simplesmtp hash}: makes a line of the file of users. */
@Command(
    name = "hash",
    description =
        "Reads a password, one line of UTF-8, from standard input, and prints the line USER:HASH"
            + " for --auth-file.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class Hash implements Runnable {

  private final Console console;
  private final InputStream in;

  @Parameters(paramLabel = "USER", description = "The user's name.")
  String user = "";

  Hash(Console console, InputStream in) {
    this.console = console;
    this.in = in;
  }

  @Override
  public void run() {
    boolean isForm = !user.isEmpty() && user.indexOf(':') < 0 && !user.startsWith("#");
    boolean isPrepared = SaslPrep.stored(user).filter(user::equals).isPresent();
    if (!isForm || !isPrepared || !user.equals(user.strip())) {
      throw ProgramException.usage(
          "USER is not empty, begins with no #, has no colon, and is as SASLprep wants it");
    }
    try {
      console.out().println(user + ":" + credential(password()).text());
    } catch (IOException e) {
      throw ProgramException.cannotStart("standard input: " + IoReason.of(e));
    }
  }

  private String password() throws IOException {
    // Not closed: it is the process's.
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String line = lines.readLine();
    if (line == null || line.isEmpty()) {
      throw ProgramException.usage("there is no password on standard input");
    }
    return line;
  }

  private static ScramCredential credential(String password) {
    try {
      return ScramCredential.of(ScramHash.SHA_256, password, ScramCredential.ITERATIONS);
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage(String.valueOf(e.getMessage()));
    }
  }
}

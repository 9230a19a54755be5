package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.auth.ScramCredential;
import io.simplesmtp.auth.ScramHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of {@code serve} whose passwords are stored for SCRAM. */
class ScramTest {

  private static final String ANN = "ann:" + credential(ScramHash.SHA_256, 4096) + "\n";
  private static final String CRYPT =
      "bob:$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8\n";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256", "PLAIN", "LOGIN"})
  void gsaslLogsInByWhatIsStoredForScram(String mechanism) throws Exception {
    try (Served served = Served.with(folder, flags(ANN))) {
      assertThat(gsasl(served, "ann", "secret", mechanism)).contains("235 2.7.0 ");
    }
  }

  @ParameterizedTest
  @CsvSource({"ann, wrong, SCRAM-SHA-256", "eve, secret, PLAIN"})
  void gsaslIsToldThatThePasswordOrTheUserIsWrong(String user, String password, String mechanism)
      throws Exception {
    try (Served served = Served.with(folder, flags(ANN))) {
      assertThat(gsasl(served, user, password, mechanism)).contains("535 5.7.8 ");
    }
  }

  @Test
  void gsaslLogsInByScramWithAPasswordOfTheCommandLine() throws Exception {
    try (Served served =
        Served.with(folder, "--no-tls", "--auth", "ann:secret", "--auth-without-tls")) {
      assertThat(gsasl(served, "ann", "secret", "SCRAM-SHA-256")).contains("235 2.7.0 ");
      assertThat(gsasl(served, "ann", "secret", "SCRAM-SHA-1")).contains("235 2.7.0 ");
    }
  }

  @Test
  void scramIsOfferedWhileEveryUserCanUseIt() throws Exception {
    Path users = folder.resolve("users.txt");
    try (Served served = Served.with(folder, flags(ANN + CRYPT))) {
      assertThat(offered(served)).isEqualTo("AUTH PLAIN LOGIN");
      Files.writeString(users, ANN);
      served.renew();
      assertThat(offered(served)).isEqualTo("AUTH SCRAM-SHA-256 PLAIN LOGIN");
      Files.writeString(users, ANN + "joe:" + credential(ScramHash.SHA_1, 4096) + "\n");
      served.renew();
      assertThat(offered(served)).isEqualTo("AUTH PLAIN LOGIN");
    }
  }

  @Test
  void theListOfMechanismsIsTheOrder() throws Exception {
    String[] flags = {
      "--no-tls", "--auth", "a:b", "--auth-without-tls", "--sasl", "login,SCRAM-SHA-1,PLAIN"
    };
    try (Served served = Served.with(folder, flags)) {
      assertThat(offered(served)).isEqualTo("AUTH LOGIN SCRAM-SHA-1 PLAIN");
    }
  }

  @Test
  void usersWithoutAMechanismThatTheFlagNamesAreNotTaken() throws Exception {
    Accounts accounts = Accounts.of(List.of(), Optional.of(file(ANN)));
    file(ANN + CRYPT);
    assertThat(reloaded(accounts, ScramHash.SHA_256))
        .isEqualTo("--auth-file: not every user has a hash for SCRAM-SHA-256 any more");
    assertThat(accounts.isUser("bob")).isFalse();
    accounts.reload(Set.of());
    assertThat(accounts.isUser("bob")).isTrue();
  }

  @Test
  void anUnknownUserIsShownTheIterationsOfTheOthers() throws Exception {
    Accounts accounts =
        Accounts.of(
            List.of("joe:x"), Optional.of(file("ann:" + credential(ScramHash.SHA_1, 5000))));
    assertThat(accounts.iterations()).isEqualTo(5000);
    assertThat(accounts.scramHashes()).containsExactly(ScramHash.SHA_1);
  }

  private static String reloaded(Accounts accounts, ScramHash needed) throws Exception {
    try {
      accounts.reload(Set.of(needed));
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private String[] flags(String users) throws Exception {
    return new String[] {"--no-tls", "--auth-without-tls", "--auth-file", "" + file(users)};
  }

  private Path file(String users) throws Exception {
    return Files.writeString(folder.resolve("users.txt"), users);
  }

  private static String credential(ScramHash hash, int iterations) {
    return ScramCredential.of(hash, "secret", iterations).text();
  }

  private static String offered(Served served) throws Exception {
    try (Talk client = Talk.connected(served.port())) {
      client.hears("220 ").says("EHLO client.test");
      String line = client.line();
      while (!line.startsWith("AUTH", 4) && line.startsWith("250-")) {
        line = client.line();
      }
      return line.substring(4);
    }
  }

  /** In clear, as this client says STARTTLS before EHLO. */
  private static String gsasl(Served served, String user, String password, String mechanism)
      throws Exception {
    return Programs.run(
            Programs.installed("gsasl"),
            "--smtp",
            "--connect=127.0.0.1:" + served.port(),
            "--no-starttls",
            "-a",
            user,
            "-p",
            password,
            "-m",
            mechanism)
        .output();
  }
}

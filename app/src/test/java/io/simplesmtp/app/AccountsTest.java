package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsTest {

  private static final String SALTED = "$5$rounds=1000$saltstring$" + "a".repeat(43);

  @TempDir Path folder;

  @Test
  void aUserOfTheCommandLineHasItsPasswordAndNoOther() throws Exception {
    Accounts accounts = Accounts.of(List.of("ann:se:cret", "bob:b"), Optional.empty());
    assertThat(accounts.matches("ann", "se:cret")).isTrue();
    assertThat(accounts.matches("bob", "b")).isTrue();
    assertThat(accounts.matches("ann", "b")).isFalse();
    assertThat(accounts.matches("ann", "")).isFalse();
    assertThat(accounts.matches("eve", "se:cret")).isFalse();
    assertThat(accounts.matches("", "")).isFalse();
  }

  @Test
  void hashesThatOpensslWritesAreUnderstood() throws Exception {
    String openssl = Programs.installed("openssl");
    StringBuilder lines = new StringBuilder("# users\n\n");
    for (String method : List.of("-5", "-6")) {
      Programs.Ended ended = Programs.run(openssl, "passwd", method, "pässword");
      lines.append("user").append(method).append(':').append(ended.output().strip()).append('\n');
    }
    Accounts accounts = Accounts.of(List.of("ann:secret"), Optional.of(file(lines.toString())));
    for (String user : List.of("user-5", "user-6")) {
      assertThat(accounts.matches(user, "pässword")).as(user).isTrue();
      assertThat(accounts.matches(user, "password")).as(user).isFalse();
    }
    assertThat(accounts.matches("ann", "secret")).isTrue();
    assertThat(accounts.matches("ann", "pässword")).isFalse();
    assertThat(accounts.matches("eve", "pässword")).isFalse();
    assertThat(accounts.matches("# users", "x")).isFalse();
  }

  @Test
  void roundsAreHonoured() {
    String hash = "$5$rounds=10000$saltstringsaltst$" + "a".repeat(43);
    PasswordHash another = PasswordHash.parse(hash).orElseThrow().another("Hello world!");
    assertThat(another.hash()).startsWith("$5$rounds=10000$saltstringsaltst$").hasSize(76);
    assertThat(another.matches("Hello world!")).isTrue();
    assertThat(another.matches("Hello world?")).isFalse();
    assertThat(another.decoy())
        .isInstanceOfSatisfying(
            PasswordHash.class, decoy -> assertThat(decoy.salt()).isEqualTo(another.salt()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ann|is not USER:HASH",
        ":$6$salt$x|is not USER:HASH",
        "ann:secret|no hash",
        "ann:$1$salt$qjXMvbEw8oaL.CzflDtaK/|no hash",
        "ann:$6$salt$short|no hash",
        "ann:$6$$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8|no hash",
        "ann:$6$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8|no hash",
        "ann:$5$rounds=1000001$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8|rounds",
        "good:$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8|second time",
      })
  void aBrokenLineIsNamedByItsNumber(String line, String fault) throws Exception {
    String good = "good:$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8\n";
    Path file = file("# a comment\n" + good + line + "\n");
    assertThatThrownBy(() -> Accounts.of(List.of(), Optional.of(file)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--auth-file: " + file + " line 3: ")
        .hasMessageContaining(fault)
        .hasMessageNotContaining("secret");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstUser() throws Exception {
    String user = "ann:" + PasswordHash.parse(SALTED).orElseThrow().another("secret").hash();
    Accounts accounts = Accounts.of(List.of(), Optional.of(file("\ufeff" + user + "\n")));
    assertThat(accounts.matches("ann", "secret")).isTrue();
  }

  @Test
  void hashesBeyondWhatIsComputedAtOnceWaitTheirTurn() throws Exception {
    String user = "ann:" + PasswordHash.parse(SALTED).orElseThrow().another("secret").hash();
    Accounts accounts = Accounts.of(List.of(), Optional.of(file(user)));
    List<Future<Boolean>> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        all.add(threads.submit(() -> accounts.matches("ann", "secret")));
      }
      for (Future<Boolean> one : all) {
        assertThat(one.get(60, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void aFileOfNothingIsRefused() throws Exception {
    Path empty = file("# nobody\n");
    assertThatThrownBy(() -> Accounts.of(List.of(), Optional.of(empty)))
        .hasMessageContaining("has no users");
    Path binary = folder.resolve("binary");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> Accounts.of(List.of(), Optional.of(binary)))
        .hasMessageContaining("is not UTF-8");
  }

  @Test
  void aPasswordBeyondAllMeasureIsWrongAtOnce() throws Exception {
    String longest = "x".repeat(600);
    Accounts accounts = Accounts.of(List.of("ann:" + longest), Optional.empty());
    assertThat(accounts.matches("ann", longest)).isFalse();
  }

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("users.txt"), text, StandardCharsets.UTF_8);
  }
}

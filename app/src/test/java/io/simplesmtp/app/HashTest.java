package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(new PrintStream(out, true), new PrintStream(err, true));

  @TempDir Path folder;

  @Test
  void aHashIsALineOfTheFileOfUsers() throws Exception {
    assertThat(hash("ann", "sécret\nmore\n")).isZero();
    String line = out.toString(StandardCharsets.UTF_8);
    assertThat(line).startsWith("ann:SCRAM-SHA-256$4096:").hasLineCount(1);
    Path users = Files.writeString(folder.resolve("users.txt"), line);
    Accounts accounts = Accounts.of(List.of(), Optional.of(users));
    assertThat(accounts.matches("ann", "sécret")).isTrue();
    assertThat(accounts.matches("ann", "secret")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"a:b,secret", "'',secret", "#ann,secret", "' ann',secret", "ann,''", "ann,\u0007"})
  void noHashIsMadeOfWhatIsNoNameOrNoPassword(String user, String password) {
    assertThat(hash(user, password)).isEqualTo(2);
    assertThat(lines()).singleElement().asString().startsWith("simplesmtp: ");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private int hash(String user, String in) {
    InputStream octets = new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8));
    Hash hash = new Hash(console, octets);
    hash.user = user;
    try {
      hash.run();
      return 0;
    } catch (ProgramException e) {
      console.complain(String.valueOf(e.getMessage()));
      return e.status();
    }
  }

  private List<String> lines() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }
}

package io.simplesmtp.clients;

import io.simplesmtp.server.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * GNU SASL's command, which logs in and leaves; in clear, because it says STARTTLS before EHLO,
 * which is not taken.
 */
class GsaslTest {

  @TempDir private Path folder;
  private Tool gsasl;
  @AutoClose private Mailroom mailroom;

  @BeforeEach
  void open() throws Exception {
    mailroom = new Mailroom(folder);
    gsasl = Tool.find("gsasl", folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN"})
  void authenticates(String mechanism) throws Exception {
    logIn(Mailroom.PASSWORD, "-m", mechanism).succeeds().says("235 2.7.0 ");
  }

  @Test
  void choosesAMechanismOfThoseThatAreOffered() throws Exception {
    logIn(Mailroom.PASSWORD).succeeds().says("235 2.7.0 ");
  }

  @Test
  void saysThatThePasswordIsWrong() throws Exception {
    logIn("wrong", "-m", "PLAIN").says("535 5.7.8 ");
  }

  private Tool.Output logIn(String password, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "--smtp",
                "--connect=" + Mailroom.HOST + ":" + mailroom.clear(),
                "--no-starttls",
                "-a",
                Mailroom.USER,
                "-p",
                password));
    command.addAll(List.of(options));
    return gsasl.run(command.toArray(String[]::new));
  }
}

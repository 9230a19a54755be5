package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate authority of openssl's, which skips tests where that is not installed.
 *
 * @param folder where it keeps its files: {@code NAME.pem} and {@code NAME.key} of each certificate
 */
record Authority(Path folder) {

  /** Makes the authority itself, {@code ca.pem}. */
  static Authority in(Path folder) throws Exception {
    Authority authority = new Authority(Files.createDirectories(folder));
    authority.openssl(
        "req",
        "-x509",
        "-subj",
        "/CN=Test authority",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-addext",
        "basicConstraints=critical,CA:TRUE");
    return authority;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Makes a certificate; the name in front is the files' too. */
  void issue(String name, String subject, String alternative) throws Exception {
    openssl(
        "req",
        "-x509",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-subj",
        subject,
        "-keyout",
        name + ".key",
        "-out",
        name + ".pem",
        "-addext",
        "basicConstraints=critical,CA:FALSE",
        "-addext",
        "subjectAltName=" + alternative);
  }

  private void openssl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(Programs.installed("openssl")));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"));
    command.addAll(List.of("-days", "2"));
    Programs.Ended ended = Programs.run(new ProcessBuilder(command).directory(folder.toFile()));
    assertThat(ended.status()).as(ended.output()).isZero();
  }
}

package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.Host;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptCertificateTest {

  private static final Host MX = Host.parse("mx.test");

  @TempDir Path temporary;

  @Test
  void itIsMadeOnceAndKept() throws Exception {
    Path folder = temporary.resolve("home");
    new KeptCertificate(folder).get(MX);
    String first = Files.readString(folder.resolve("cert.pem"));
    new KeptCertificate(folder).get(MX);
    assertThat(folder.resolve("cert.pem")).hasContent(first);
  }

  @Test
  void startsAtOnceUseTheSame() throws Exception {
    Path folder = temporary.resolve("home");
    List<Future<String>> all = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        all.add(
            threads.submit(() -> {
              new KeptCertificate(folder).get(MX);
              return Files.readString(folder.resolve("cert.pem"));
            }));
      }
      for (Future<String> one : all) {
        assertThat(one.get()).isEqualTo(all.get(0).get());
      }
    }
  }

  @Test
  void halfAPairIsMadeAgain() throws Exception {
    Path folder = temporary.resolve("home");
    new KeptCertificate(folder).get(MX);
    String first = Files.readString(folder.resolve("cert.pem"));
    Files.delete(folder.resolve("key.pem"));
    new KeptCertificate(folder).get(MX);
    assertThat(Files.readString(folder.resolve("cert.pem"))).isNotEqualTo(first);
    assertThat(folder.resolve("key.pem")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no PEM", "\u00ff\u00fe"})
  void aKeyThatIsNoneIsMadeAgainWithItsCertificate(String text) throws Exception {
    Path folder = temporary.resolve("home");
    new KeptCertificate(folder).get(MX);
    String first = Files.readString(folder.resolve("cert.pem"));
    Files.writeString(folder.resolve("key.pem"), text, StandardCharsets.ISO_8859_1);
    new KeptCertificate(folder).get(MX);
    assertThat(Files.readString(folder.resolve("cert.pem"))).isNotEqualTo(first);
    assertThat(folder.resolve("key.pem")).content().contains("PRIVATE KEY");
  }

  @Test
  void aPairThatIsThereIsUsedWhereNothingCanBeWritten() throws Exception {
    Path folder = temporary.resolve("home");
    new KeptCertificate(folder).get(MX);
    Files.delete(folder.resolve("lock"));
    Files.createDirectory(folder.resolve("lock"));
    assertThatCode(() -> new KeptCertificate(folder).get(MX)).doesNotThrowAnyException();
  }

  @Test
  void aFolderThatCannotBeMadeIsSaidInOneLine() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> new KeptCertificate(file).get(MX))
        .isInstanceOf(ProgramException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll("--tls-cert", "--tls-key", "--no-tls");
  }
}

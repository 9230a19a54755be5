package io.simplesmtp.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateFilesTest {

  @TempDir Path folder;

  @Test
  void aFileSystemWithoutLinksAndPermissionsWillDo() throws Exception {
    Path zip = folder.resolve("plain.zip");
    try (FileSystem plain = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      assertThat(plain.supportedFileAttributeViews()).doesNotContain("posix");
      Path certificate = plain.getPath("/server.crt");
      Path key = plain.getPath("/server.key");

      CertificateFiles.createPair(certificate, "open", key, "secret");

      assertThat(certificate).hasContent("open");
      assertThat(key).hasContent("secret");
      try (Stream<Path> files = Files.list(plain.getPath("/"))) {
        assertThat(files).containsExactlyInAnyOrder(certificate, key);
      }
      assertThatExceptionOfType(FileAlreadyExistsException.class)
          .isThrownBy(() -> CertificateFiles.createPair(certificate, "other", key, "other"));
      assertThat(key).hasContent("secret");
    }
  }

  @Test
  void aLinkThatLeadsNowhereIsAnExistingFile() throws Exception {
    Path certificate = folder.resolve("server.crt");
    Path key = Files.createSymbolicLink(folder.resolve("server.key"), folder.resolve("nowhere"));

    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> CertificateFiles.createPair(certificate, "open", key, "secret"));
    assertThat(folder.resolve("nowhere")).doesNotExist();
    assertThat(certificate).doesNotExist();
  }
}

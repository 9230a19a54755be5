package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.simplesmtp.MailDataException;
import io.simplesmtp.SmtpRejectException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Content that is kept is the content that came, and nothing is left of it. */
class SpoolTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "0, 0, true",
    "0, 1, false",
    "1, 1, true",
    "1, 2, false",
    "1000, 999, true",
    "1000, 1000, true",
    "1000, 1001, false",
    "8192, 8192, true",
    "8193, 8193, true",
    "100000, 100000, true",
    "100000, 100001, false",
    "20000, 300000, false",
  })
  void itIsReadManyTimesFromMemoryOrFile(int memory, int size, boolean isInMemory)
      throws IOException {
    byte[] octets = octets(size);
    try (Spool spool = Spool.of(slow(octets), memory, 1 << 20, folder)) {
      assertThat(spool.isInMemory()).isEqualTo(isInMemory);
      assertThat(spool.size()).isEqualTo(size);
      InputStream first = spool.open();
      InputStream second = spool.open();
      assertThat(first.readNBytes(size / 2)).hasSize(size / 2);
      assertThat(second.readAllBytes()).isEqualTo(octets);
      assertThat(second.read()).isEqualTo(-1);
      assertThat(first.available()).isEqualTo(size - size / 2);
      assertThat(first.readAllBytes()).hasSize(size - size / 2);
      assertThat(spool.open().readAllBytes()).isEqualTo(octets);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void singleOctetsAndNoneAreRead() throws IOException {
    try (Spool spool = Spool.of(new ByteArrayInputStream(new byte[] {(byte) 0xff}))) {
      InputStream content = spool.open();
      assertThat(content.read(new byte[0], 0, 0)).isZero();
      assertThat(content.read()).isEqualTo(0xff);
      assertThat(content.read()).isEqualTo(-1);
    }
  }

  @Test
  void whatIsTooBigIsRefusedWith552() {
    for (int memory : new int[] {10, 5000}) {
      assertThatThrownBy(() -> Spool.of(slow(octets(1001)), memory, 1000, folder))
          .isInstanceOf(SmtpRejectException.class)
          .hasMessage("552 5.3.4 Message too big");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void theVeryBoundIsTaken() throws IOException {
    try (Spool spool = Spool.of(slow(octets(1000)), 5000, 1000, folder)) {
      assertThat(spool.size()).isEqualTo(1000);
    }
    try (Spool spool = Spool.of(slow(octets(1000)), 10, 1000, folder)) {
      assertThat(spool.size()).isEqualTo(1000);
    }
  }

  @Test
  void contentThatBreaksOffLeavesNothing() {
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(octets(5000)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new MailDataException("The client left");
              }

              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                return read();
              }
            });
    assertThatThrownBy(() -> Spool.of(broken, 10, 1 << 20, folder))
        .isInstanceOf(MailDataException.class);
    assertThat(files()).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereIs452() throws Exception {
    try (Faults faults = Faults.open()) {
      assertThatThrownBy(() -> Spool.of(slow(octets(50)), 10, 100, folder.resolve("missing")))
          .isInstanceOf(SmtpRejectException.class)
          .hasMessage("452 4.3.1 Insufficient system storage");
      assertThat(faults.records()).hasSize(1);
    }
  }

  /** A process that may write small files only meets the fault of a full disk while it writes. */
  @Test
  void aFullDiskIs452AndLeavesNothing() throws Exception {
    assumeThat(Files.isExecutable(Path.of("/bin/sh"))).as("a POSIX shell").isTrue();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "ulimit -f 64 && exec \"$0\" -XX:-UsePerfData -cp \"$1\" \"$2\" \"$3\"",
                java,
                System.getProperty("java.class.path"),
                FullDisk.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said)
        .contains("A message could not be spooled")
        .contains("heard 452 4.3.1 Insufficient system storage");
    assertThat(files()).isEmpty();
  }

  /** The process of the test above. */
  static final class FullDisk {
    private FullDisk() {}

    public static void main(String... args) throws IOException {
      InputStream content = new ByteArrayInputStream(new byte[1 << 20]);
      try (Spool spool = Spool.of(content, 100, 1 << 20, Path.of(args[0]))) {
        System.out.println("spooled " + spool.size());
      } catch (SmtpRejectException e) {
        System.out.println("heard " + e.reply());
      }
    }
  }

  @Test
  void aClosedSpoolGivesNothing() throws IOException {
    for (int memory : new int[] {10, 5000}) {
      Spool spool = Spool.of(slow(octets(1000)), memory, 1 << 20, folder);
      InputStream content = spool.open();
      spool.close();
      spool.close();
      assertThatThrownBy(content::read).isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(spool::open).isInstanceOf(ClosedChannelException.class);
    }
  }

  @Test
  void onPosixTheFileHasNoNameWhileItIsOpen() throws IOException {
    assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
    try (Spool spool = Spool.of(slow(octets(1000)), 10, 1 << 20, folder)) {
      assertThat(spool.isInMemory()).isFalse();
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void boundsAreChecked() {
    assertThatThrownBy(() -> Spool.of(slow(octets(1)), -1, 1, folder))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Spool.of(slow(octets(1)), 1, 0, folder))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] octets(int size) {
    byte[] octets = new byte[size];
    new Random(size).nextBytes(octets);
    return octets;
  }

  /** Gives a few octets at a time. */
  private static InputStream slow(byte[] octets) {
    return new ByteArrayInputStream(octets) {
      @Override
      public int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 777));
      }
    };
  }
}

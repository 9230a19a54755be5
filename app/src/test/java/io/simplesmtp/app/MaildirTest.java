package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.Host;
import io.simplesmtp.MailDataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaildirTest {

  private static final Host MX = Host.parse("mx.test");
  private static final byte[] TRACE = "Trace: x\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path temporary;
  private Path folder = Path.of("");
  private Mails mails = new Mails(folder);

  @BeforeEach
  void nameTheFolder() {
    folder = temporary.resolve("a/mail");
    mails = new Mails(folder);
  }

  @Test
  void itsFoldersAreMadeForTheirOwnerAlone() throws Exception {
    Maildir.open(folder, MX);
    for (String name : List.of("tmp", "new", "cur")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rwx------");
    }
    assertThat(Maildir.open(folder, MX).folder()).isEqualTo(folder.toAbsolutePath());
  }

  @Test
  void aMessageIsStoredAsItIs() throws Exception {
    byte[] content = new byte[3_000_000];
    new Random(7).nextBytes(content);
    Maildir.open(folder, MX).store("4711-1", traced(new ByteArrayInputStream(content)));
    assertThat(mails.only()).binaryContent().startsWith(TRACE).endsWith(content);
    assertThat(mails.only()).hasSize(TRACE.length + content.length);
    assertThat(mails.drafts()).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(mails.only())))
        .isEqualTo("rw-------");
  }

  @Test
  void aNameIsTheTimeTheIdAndTheServer() throws Exception {
    Maildir.open(folder, Host.parse("[IPv6:2001:db8::1]")).store("4711-1", traced(empty()));
    assertThat(mails.only().getFileName().toString())
        .matches("\\d{10}\\.4711-1\\.\\[IPv6\\\\0722001\\\\072db8\\\\072\\\\0721]");
  }

  @Test
  void aServersNameOfAnyLengthFitsIntoAFilesName() throws Exception {
    Host longest = Host.parse(("x".repeat(60) + ".").repeat(4) + "test");
    Maildir.open(folder, longest).store("4711-1", traced(empty()));
    assertThat(mails.only().getFileName().toString()).contains(".4711-1.xxx");
  }

  @Test
  void aMessageIsNotInNewBeforeItsEnd() throws Exception {
    Maildir maildir = Maildir.open(folder, MX);
    List<String> seen = new ArrayList<>();
    InputStream late =
        new Last(() -> {
          seen.add(mails.stored().size() + " " + mails.drafts().size());
          return -1;
        });
    maildir.store("1", traced(new SequenceInputStream(new ByteArrayInputStream(TRACE), late)));
    assertThat(seen).isNotEmpty().containsOnly("0 1");
    assertThat(mails.stored()).hasSize(1);
  }

  @Test
  void contentWithoutAnEndLeavesNothing() throws Exception {
    Maildir maildir = Maildir.open(folder, MX);
    InputStream broken =
        new Last(() -> {
          throw new MailDataException("The client left");
        });
    InputStream content =
        new SequenceInputStream(new ByteArrayInputStream(new byte[99_999]), broken);
    assertThatThrownBy(() -> maildir.store("1", traced(content)))
        .isInstanceOf(MailDataException.class);
    assertThat(mails.stored()).isEmpty();
    assertThat(mails.drafts()).isEmpty();
  }

  @Test
  void aFaultOfTheProgramLeavesNothing() throws Exception {
    Maildir maildir = Maildir.open(folder, MX);
    InputStream broken =
        new Last(() -> {
          throw new IllegalStateException("fault");
        });
    assertThatThrownBy(() -> maildir.store("1", traced(broken))).hasMessage("fault");
    assertThat(mails.stored()).isEmpty();
    assertThat(mails.drafts()).isEmpty();
  }

  @Test
  void aMessageThatCannotBeRenamedLeavesNothing() throws Exception {
    Maildir maildir = Maildir.open(folder, MX);
    Files.delete(folder.resolve("new"));
    assertThatThrownBy(() -> maildir.store("1", traced(empty()))).isInstanceOf(IOException.class);
    assertThat(mails.drafts()).isEmpty();
  }

  @Test
  void anInterruptedThreadStoresNothingAndHarmsNobody() throws Exception {
    Maildir maildir = Maildir.open(folder, MX);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> maildir.store("1", traced(empty()))).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(mails.stored()).isEmpty();
    assertThat(mails.drafts()).isEmpty();
    maildir.store("2", traced(empty()));
    assertThat(mails.stored()).hasSize(1);
  }

  @Test
  void manyThreadsStoreAtOnce() throws Exception {
    Maildir maildir = Maildir.open(folder, MX);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        String id = "id-" + i;
        byte[] content = (id + "!").repeat(1 + i * 10).getBytes(StandardCharsets.US_ASCII);
        all.add(
            threads.submit(() -> {
              start.await();
              maildir.store(id, traced(new ByteArrayInputStream(content)));
              return id;
            }));
      }
      start.countDown();
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(mails.drafts()).isEmpty();
    assertThat(mails.stored()).hasSize(200);
    for (Path file : mails.stored()) {
      String id = file.getFileName().toString().split("\\.", -1)[1];
      int times = 1 + Integer.parseInt(id.substring(3)) * 10;
      assertThat(file).hasContent("Trace: x\r\n" + (id + "!").repeat(times));
    }
  }

  @Test
  void whatThisServerLeftLongAgoIsRemovedAndNothingElse() throws Exception {
    Maildir.open(folder, MX);
    Path stale = draft("1.a.mx.test", Duration.ofHours(37));
    Path young = draft("1.b.mx.test", Duration.ofHours(35));
    Path anothers = draft("1.c.other.test", Duration.ofHours(37));
    Maildir.open(folder, MX);
    assertThat(stale).doesNotExist();
    assertThat(young).exists();
    assertThat(anothers).exists();
  }

  /** A clock that jumps a day and a half makes a file that is being written look like that. */
  @Test
  void aDraftThatLooksOldAndIsRemovedIsNoMessage() throws Exception {
    Maildir maildir = Maildir.open(folder, MX);
    InputStream jumping =
        new Last(() -> {
          Path draft = mails.drafts().get(0);
          Files.setLastModifiedTime(
              draft, FileTime.from(Instant.now().minus(Duration.ofHours(37))));
          Maildir.open(folder, MX);
          assertThat(draft).doesNotExist();
          return -1;
        });
    assertThatThrownBy(() -> maildir.store("1", traced(jumping))).isInstanceOf(IOException.class);
    assertThat(mails.stored()).isEmpty();
    maildir.store("2", traced(empty()));
    assertThat(mails.stored()).hasSize(1);
  }

  @Test
  void aFullDiskIsToldFromOtherFaults() throws Exception {
    Maildir maildir = Maildir.open(folder, MX);
    assertThat(maildir.isFull(new IOException("No space left on device"))).isTrue();
    assertThat(maildir.isFull(new FileSystemException("x", null, "Disk quota exceeded"))).isTrue();
    assertThat(maildir.isFull(new IOException("Input/output error"))).isFalse();
  }

  private Path draft(String name, Duration age) throws IOException {
    Path file = Files.createFile(folder.resolve("tmp").resolve(name));
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private static InputStream empty() {
    return InputStream.nullInputStream();
  }

  /** What happens when content is read to here. */
  @FunctionalInterface
  private interface Ending {
    int read() throws IOException;
  }

  private static final class Last extends InputStream {

    private final Ending ending;

    Last(Ending ending) {
      this.ending = ending;
    }

    @Override
    public int read() throws IOException {
      return ending.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return ending.read();
    }
  }

  private static InputStream traced(InputStream content) {
    return new SequenceInputStream(new ByteArrayInputStream(TRACE), content);
  }
}

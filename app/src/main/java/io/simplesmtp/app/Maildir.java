package io.simplesmtp.app;

import io.simplesmtp.Host;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * A folder of messages, one file each: written under {@code tmp}, renamed into {@code new}, moved
 * on to {@code cur} by the programs that read it. So a file in {@code new} is whole from the moment
 * it is there.
 *
 * <p>A file's name is the time, the id of its message and this server's name. Safe for use by any
 * thread.
 */
final class Maildir {

  private static final int BUFFER = 16 << 10;
  private static final long NEARLY_FULL = 1 << 20;

  /** A file's name has 255 octets at the most. */
  private static final int MOST_HOST = 200;

  /** What Maildir programs agree on: by then no writer is at work any more. */
  private static final Duration STALE = Duration.ofHours(36);

  private final Path folder;
  private final Path drafts;
  private final Path messages;
  private final String host;
  private final boolean isPosix;

  private Maildir(Path folder, Host host) {
    this.folder = folder;
    this.drafts = folder.resolve("tmp");
    this.messages = folder.resolve("new");
    String text = host.toString().replace("/", "\\057").replace(":", "\\072");
    this.host = text.substring(0, Math.min(text.length(), MOST_HOST));
    this.isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /**
   * Creates the folders that are missing, readable by their owner alone, and removes what this
   * server left half-written long ago.
   *
   * @param host the server's name, which its files carry
   * @throws IOException if the folders cannot be used
   */
  static Maildir open(Path folder, Host host) throws IOException {
    Maildir maildir = new Maildir(folder.toAbsolutePath(), host);
    for (String name : new String[] {"tmp", "new", "cur"}) {
      Path part = maildir.folder.resolve(name);
      Files.createDirectories(part, maildir.permissions("rwx------"));
      if (!Files.isWritable(part)) {
        throw new AccessDeniedException(part.toString());
      }
    }
    maildir.sync(maildir.folder);
    Path parent = maildir.folder.getParent();
    if (parent != null && Files.isReadable(parent)) {
      maildir.sync(parent);
    }
    maildir.removeStale(Instant.now().minus(STALE));
    return maildir;
  }

  /** The folder, absolute. */
  Path folder() {
    return folder;
  }

  /**
   * Stores a message: when this returns it is on the disk, whatever happens then. When it throws,
   * nothing of the message is left.
   *
   * @param id unique, and fit for a file name
   * @throws io.simplesmtp.MailDataException if the content has no end
   * @throws IOException if the files cannot be written
   */
  void store(String id, InputStream content) throws IOException {
    String name = Instant.now().getEpochSecond() + "." + id + "." + host;
    Path draft = drafts.resolve(name);
    Path message = messages.resolve(name);
    boolean isStored = false;
    try {
      write(draft, content);
      Files.move(draft, message, StandardCopyOption.ATOMIC_MOVE);
      sync(messages);
      isStored = true;
    } finally {
      if (!isStored) {
        discard(draft);
        discard(message);
      }
    }
  }

  /** Whether a fault of {@link #store} comes from a disk or a quota that is used up. */
  boolean isFull(IOException fault) {
    String text = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("quota exceeded")) {
      return true;
    }
    try {
      return Files.getFileStore(drafts).getUsableSpace() < NEARLY_FULL;
    } catch (IOException e) {
      return false;
    }
  }

  private void write(Path draft, InputStream content) throws IOException {
    var create = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel file = FileChannel.open(draft, create, permissions("rw-------"))) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER);
      content.transferTo(out);
      out.flush();
      file.force(true);
    }
  }

  /** Makes the names in a folder last, where the system lets a folder be opened. */
  private void sync(Path directory) throws IOException {
    if (isPosix) {
      // Not kept open: an interrupt of one thread would close it under all others.
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It cannot be read as a message under tmp, and the fault that led here is reported.
    }
  }

  private void removeStale(Instant before) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(drafts, this::isOurs)) {
      for (Path file : files) {
        if (isOlder(file, before)) {
          discard(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private boolean isOurs(Path file) {
    return file.getFileName().toString().endsWith("." + host);
  }

  private static boolean isOlder(Path file, Instant moment) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(moment);
    } catch (NoSuchFileException e) { // another process was faster
      return false;
    }
  }

  private FileAttribute<?>[] permissions(String text) {
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }
}

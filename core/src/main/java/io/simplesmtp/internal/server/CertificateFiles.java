package io.simplesmtp.internal.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * The files that certificates and keys are kept in. Each fault is an {@link IOException} with one
 * sentence that names the file.
 */
final class CertificateFiles {

  private CertificateFiles() {}

  static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException("Cannot read " + file + ": " + reason(e), e);
    }
  }

  /**
   * Creates both files or none, each with all of its content from the moment it is there.
   *
   * @throws FileAlreadyExistsException if one of the files exists
   * @throws IllegalArgumentException if both files are the same
   */
  static void createPair(Path certificate, String certificatePem, Path key, String keyPem)
      throws IOException {
    if (certificate.toAbsolutePath().normalize().equals(key.toAbsolutePath().normalize())) {
      throw new IllegalArgumentException(
          "Certificate and key are kept in two files, not both in " + key);
    }
    refuseExisting(certificate);
    refuseExisting(key);
    Path certificateDraft = draftOf(certificate);
    Path keyDraft = draftOf(key);
    try {
      write(keyDraft, keyPem, "rw-------");
      write(certificateDraft, certificatePem, "rw-r--r--");
      // Whoever publishes the key owns the pair: two processes never mix theirs.
      publish(keyDraft, key);
      try {
        publish(certificateDraft, certificate);
      } catch (IOException e) {
        Files.deleteIfExists(key);
        throw e;
      }
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("Cannot write " + certificate + " and " + key + ": " + reason(e), e);
    } finally {
      Files.deleteIfExists(keyDraft);
      Files.deleteIfExists(certificateDraft);
    }
  }

  private static void refuseExisting(Path file) throws FileAlreadyExistsException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw existing(file);
    }
  }

  private static FileAlreadyExistsException existing(Path file) {
    return new FileAlreadyExistsException(file.toString(), null, "exists and is not overwritten");
  }

  /** A name in the same folder, so that publishing needs no copy. */
  private static Path draftOf(Path file) {
    return file.resolveSibling("." + UUID.randomUUID() + ".part");
  }

  /**
   * The permissions are the file's from its creation on: nobody can open it before they are set.
   */
  private static void write(Path file, String text, String permissions) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
            }
            : new FileAttribute<?>[0];
    var create = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, create, attributes)) {
      ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (octets.hasRemaining()) {
        channel.write(octets);
      }
      channel.force(true);
    }
  }

  /** Gives a draft its name by a hard link: unlike a rename, that never replaces a file. */
  private static void publish(Path draft, Path file) throws IOException {
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      throw existing(file);
    } catch (UnsupportedOperationException | FileSystemException e) { // no links here, such as FAT
      Files.move(draft, file);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "no such file or folder";
      case AccessDeniedException denied -> "permission denied";
      case FileSystemException fault when fault.getReason() != null -> fault.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}

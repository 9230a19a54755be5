package io.simplesmtp.internal.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix-domain socket that listens. It outlives a server that dies, so what is found
 * in its place is removed, but only if it is a socket and nobody listens there.
 */
final class SocketFile {

  private static final System.Logger LOG = System.getLogger("io.simplesmtp.server");

  /** Who may connect is who may write. */
  private static final String PERMISSIONS = "rw-rw----";

  private static final int TYPE = 0170000;
  private static final int SOCKET = 0140000;

  private final Path path;
  private final @Nullable Object identity;

  private SocketFile(Path path, @Nullable Object identity) {
    this.path = path;
    this.identity = identity;
  }

  /** Gives the file that was just bound its permissions. */
  static SocketFile bound(Path path) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(PERMISSIONS));
    }
    return new SocketFile(path, identity(path));
  }

  /**
   * Makes room for a socket where a dead server has left its own. Whatever else is there is left,
   * and cannot be bound.
   *
   * @throws BindException if somebody listens there
   */
  static void removeDead(UnixDomainSocketAddress address) throws IOException {
    Path path = address.getPath();
    if (!isSocket(path)) {
      return;
    }
    Object found = identity(path);
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false);
      boolean unused = probe.connect(address);
    } catch (ConnectException e) { // refused: nobody listens
      new SocketFile(path, found).remove();
      return;
    } catch (IOException e) { // its queue is full, or it is not ours to use
      throw bindException("In use, or not to be examined", e);
    }
    throw new BindException("Another server listens there");
  }

  /** Removes the file, if it is still the same. */
  void remove() {
    try {
      if (identity != null && identity.equals(identity(path))) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Socket not removed: " + path, e);
    }
  }

  private static boolean isSocket(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        || !path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return false;
    }
    Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return mode instanceof Integer bits && (bits & TYPE) == SOCKET;
  }

  /** What tells a file from another one under the same name; null where systems have no such. */
  private static @Nullable Object identity(Path path) throws IOException {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        ? Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey()
        : null;
  }

  private static BindException bindException(String message, IOException cause) {
    BindException e = new BindException(message + ": " + cause.getMessage());
    e.initCause(cause);
    return e;
  }
}

package io.simplesmtp.server;

import io.simplesmtp.Reply;
import io.simplesmtp.SmtpRejectException;
import io.simplesmtp.internal.session.LogLimit;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The content of a message, kept so that it can be read many times: in memory as long as it is
 * small, otherwise in a temporary file that only its owner can read.
 *
 * <pre>{@code
 * SmtpHandler handler = (session, envelope, content) -> {
 *   try (Spool spool = Spool.of(content)) {
 *     Files.copy(spool.open(), store.resolve(envelope.id()));
 *     return Reply.ok("Stored " + spool.size() + " octets");
 *   }
 * };
 * }</pre>
 *
 * <p>Closing it gives up the memory and deletes the file, so use it in a {@code try}; on POSIX
 * systems the file has no name from the moment that it is open, and is gone with the process
 * whatever happens. Nothing is synced: it is a place to work, not a store.
 *
 * <p>Safe for use by any thread, each with a stream of its own. Interrupting a thread that reads or
 * writes the file closes it, as it does with every {@link FileChannel}.
 */
public final class Spool implements AutoCloseable {

  /** What {@link #of(InputStream)} keeps in memory, in octets. */
  public static final int MEMORY = 128 << 10;

  /** The most octets that {@link #of(InputStream)} takes. */
  public static final long MOST = 1L << 30;

  private static final System.Logger LOG = System.getLogger("io.simplesmtp.server");

  /** Of warnings, which clients can cause as long as a disk is full. */
  private static final LogLimit LIMIT = new LogLimit(10, 1, System.nanoTime());

  private static final Reply FULL = Reply.of(452, "4.3.1", "Insufficient system storage");
  private static final Reply TOO_BIG = Reply.of(552, "5.3.4", "Message too big");
  private static final int FIRST_SIZE = 8 << 10;
  private static final int BLOCK = 16 << 10;

  private final long size;
  private final @Nullable FileChannel file;
  private volatile byte[] memory;
  private volatile boolean isClosed;

  private Spool(byte[] memory, @Nullable FileChannel file, long size) {
    this.memory = memory;
    this.file = file;
    this.size = size;
  }

  /**
   * Reads content to its end: up to {@value #MEMORY} octets stay in memory, more go into a file in
   * the system's folder for temporary files, and more than {@value #MOST} are refused.
   *
   * @throws IOException what reading the content throws, such as {@link
   *     io.simplesmtp.MailDataException}; nothing is left then
   * @throws SmtpRejectException as {@link #of(InputStream, int, long, Path)} does
   */
  public static Spool of(InputStream content) throws IOException {
    return of(content, MEMORY, MOST, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * Reads content to its end. Blocks until all of it has come.
   *
   * @param memory the most octets that stay in memory; at least 0
   * @param most the most octets that are taken at all; at least 1
   * @param folder where the file is made, if one is needed
   * @throws IOException what reading the content throws; nothing is left then
   * @throws SmtpRejectException with 552 5.3.4 if the content has more than {@code most} octets,
   *     and with 452 4.3.1 if the file cannot be made or written, such as on a full disk, which is
   *     logged; nothing is left then
   */
  public static Spool of(InputStream content, int memory, long most, Path folder)
      throws IOException {
    if (memory < 0 || most < 1) {
      throw new IllegalArgumentException("A spool has a size");
    }
    int bound = (int) Math.min(memory, most);
    byte[] held = new byte[Math.min(FIRST_SIZE, bound) + 1];
    int length = 0;
    int count = content.read(held, 0, held.length);
    while (count >= 0) {
      length += count;
      if (length > bound) {
        return inFile(held, length, content, most, folder);
      }
      if (length == held.length) {
        held = Arrays.copyOf(held, (int) Math.min(2L * length, bound + 1L));
      }
      count = content.read(held, length, held.length - length);
    }
    return new Spool(Arrays.copyOf(held, length), null, length);
  }

  /** How many octets there are. */
  public long size() {
    return size;
  }

  /** Whether no file was needed. */
  public boolean isInMemory() {
    return file == null;
  }

  /**
   * A stream over the content from its first octet. It need not be closed.
   *
   * @throws ClosedChannelException if the spool is closed; reading throws it then, too
   */
  public InputStream open() throws IOException {
    if (isClosed) {
      throw new ClosedChannelException();
    }
    return new Reader();
  }

  /** Gives up the memory and deletes the file; a second time does nothing. */
  @Override
  public void close() {
    isClosed = true;
    memory = new byte[0];
    if (file != null) {
      discard(file);
    }
  }

  private static Spool inFile(byte[] held, int length, InputStream content, long most, Path folder)
      throws IOException {
    FileChannel file = create(folder);
    boolean isDone = false;
    try {
      long size = 0;
      byte[] block = held.length < BLOCK ? Arrays.copyOf(held, BLOCK) : held;
      int count = length;
      while (count >= 0) {
        size += count;
        if (size > most) {
          throw new SmtpRejectException(TOO_BIG);
        }
        write(file, block, count);
        count = content.read(block, 0, block.length);
      }
      isDone = true;
      return new Spool(new byte[0], file, size);
    } finally {
      if (!isDone) {
        discard(file);
      }
    }
  }

  private static FileChannel create(Path folder) {
    Path path = folder.resolve("smtp-" + UUID.randomUUID() + ".tmp");
    Set<StandardOpenOption> options =
        Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    boolean isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly =
        isPosix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      return FileChannel.open(path, options, ownerOnly);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static void write(FileChannel file, byte[] octets, int count) {
    try {
      ByteBuffer rest = ByteBuffer.wrap(octets, 0, count);
      while (rest.hasRemaining()) {
        file.write(rest);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static SmtpRejectException unwritable(IOException fault) {
    warn("A message could not be spooled: " + fault);
    return new SmtpRejectException(FULL);
  }

  private static void discard(FileChannel file) {
    try {
      file.close();
    } catch (IOException e) {
      warn("A spool file was not closed: " + e);
    }
  }

  private static void warn(String text) {
    OptionalLong leftOut = LIMIT.next(System.nanoTime());
    if (leftOut.isPresent()) {
      long before = leftOut.getAsLong();
      String more = before == 0 ? "" : " (" + before + " more warnings before it)";
      LOG.log(Level.WARNING, text + more);
    }
  }

  /** Reads from its own position, so that there may be many. */
  private final class Reader extends InputStream {

    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      byte[] held = memory;
      if (isClosed) {
        throw new ClosedChannelException();
      }
      int count = (int) Math.min(length, size - position);
      if (length == 0 || count == 0) {
        return length == 0 ? 0 : -1;
      }
      if (file == null) {
        System.arraycopy(held, (int) position, target, offset, count);
      } else {
        count = file.read(ByteBuffer.wrap(target, offset, count), position);
      }
      position += count;
      return count;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, size - position);
    }
  }
}

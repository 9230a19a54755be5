package io.simplesmtp.app.load;

import java.io.Closeable;
import java.io.IOException;

/** Octets to a server and back. For one thread, but for {@link #close}, which ends what blocks. */
interface Link extends Closeable {

  /** Reads one octet at least, or returns a negative number at the end. */
  int read(byte[] target, int offset, int length) throws IOException;

  /** Writes all of them. */
  void write(byte[] source, int offset, int length) throws IOException;
}

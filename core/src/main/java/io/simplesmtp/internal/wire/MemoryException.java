package io.simplesmtp.internal.wire;

import java.io.IOException;

/** A session needs more memory, and all of them take so much that there is none to be had. */
public final class MemoryException extends IOException {

  private static final long serialVersionUID = 1L;

  MemoryException() {
    super("Low on memory");
  }

  /** Whether a fault is this one, or that of mail data which could not be read for it. */
  public static boolean isBehind(IOException fault) {
    return fault instanceof MemoryException || fault.getCause() instanceof MemoryException;
  }
}

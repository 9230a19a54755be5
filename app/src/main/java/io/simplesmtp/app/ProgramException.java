package io.simplesmtp.app;

/** Why the program cannot do what it was asked for, in one line for its user. */
final class ProgramException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int CANNOT_START = 1;
  private static final int USAGE = 2;

  private final int status;

  private ProgramException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Flags that are wrong or contradict each other; exit status 2. */
  static ProgramException usage(String message) {
    return new ProgramException(USAGE, message);
  }

  /** Something that the flags name cannot be had, such as a port; exit status 1. */
  static ProgramException cannotStart(String message) {
    return new ProgramException(CANNOT_START, message);
  }

  /** The exit status of the process. */
  int status() {
    return status;
  }
}

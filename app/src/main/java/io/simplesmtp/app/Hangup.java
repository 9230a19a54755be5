package io.simplesmtp.app;

import java.io.FileInputStream;
import java.io.IOException;

/** SIGHUP. Where it cannot be handled it ends the process, as Java does by itself. */
final class Hangup {

  /** The status of a process that the signal ended. */
  private static final int STATUS = 129;

  private Hangup() {}

  /**
   * Has something run at each signal from now on, on a thread of its own, and returns whether that
   * could be done. A signal that comes because the terminal of the program was closed ends the
   * process, in order; one that is ignored, as under nohup, stays ignored.
   */
  static boolean handle(Runnable action) {
    boolean hadTerminal = hasTerminal();
    Runnable decision =
        () -> {
          if (hadTerminal && !hasTerminal()) {
            System.exit(STATUS);
          }
          action.run();
        };
    return Signals.handle("HUP", decision);
  }

  /** Whether the process can still reach a terminal that controls it. */
  private static boolean hasTerminal() {
    try (FileInputStream terminal = new FileInputStream("/dev/tty")) {
      return terminal.getFD().valid();
    } catch (IOException e) {
      return false;
    }
  }
}

package io.simplesmtp.app;

import java.io.PrintStream;
import java.io.PrintWriter;

/**
 * Where the program prints. Safe for use by any thread.
 *
 * @param out what was asked for
 * @param err faults and the dialogue
 */
record Console(PrintStream out, PrintStream err) {

  PrintWriter outWriter() {
    return new PrintWriter(out, true, out.charset());
  }

  PrintWriter errWriter() {
    return new PrintWriter(err, true, err.charset());
  }

  /** Waits for what is being printed, but not for long. */
  void flush() {
    out.flush();
    err.flush();
  }

  /** Says in one line what is wrong. */
  void complain(String message) {
    err.println("simplesmtp: " + Plain.of(message));
  }
}

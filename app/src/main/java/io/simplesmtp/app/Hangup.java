package io.simplesmtp.app;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * SIGHUP. Java has no API for signals but {@code sun.misc.Signal} of its module jdk.unsupported,
 * which compilers warn of and which a Java may lack; so it is looked up by its name. Without it the
 * signal ends the process, as Java does by itself.
 */
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
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandle run =
          lookup.findVirtual(Runnable.class, "run", MethodType.methodType(void.class));
      MethodHandle target = MethodHandles.dropArguments(run.bindTo(decision), 0, signal);
      Object hangup = signal.getConstructor(String.class).newInstance("HUP");
      var unused =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, hangup, MethodHandleProxies.asInterfaceInstance(handler, target));
      return true;
    } catch (ReflectiveOperationException e) {
      return false; // no such class, or the virtual machine keeps the signal for itself
    }
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

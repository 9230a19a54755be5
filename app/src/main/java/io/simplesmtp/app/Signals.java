package io.simplesmtp.app;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Signals. Java has no API for them but {@code sun.misc.Signal} of its module jdk.unsupported,
 * which compilers warn of and which a Java may lack; so it is looked up by its name. Without it a
 * signal does what it does to every program.
 */
final class Signals {

  private Signals() {}

  /**
   * Has something run at each signal of a name from now on, on a thread of its own, and returns
   * whether that could be done.
   *
   * @param name without SIG
   */
  static boolean handle(String name, Runnable action) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandle run =
          lookup.findVirtual(Runnable.class, "run", MethodType.methodType(void.class));
      MethodHandle target = MethodHandles.dropArguments(run.bindTo(action), 0, signal);
      Object one = signal.getConstructor(String.class).newInstance(name);
      var unused =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, one, MethodHandleProxies.asInterfaceInstance(handler, target));
      return true;
    } catch (ReflectiveOperationException e) {
      return false; // no such class, or the virtual machine keeps the signal for itself
    }
  }
}

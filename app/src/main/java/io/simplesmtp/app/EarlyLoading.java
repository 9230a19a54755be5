package io.simplesmtp.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Loads what Java opens files for when it is first used. A class that finds no descriptor then
 * stays unusable until the process ends; so none is left to the moment when clients may hold them
 * all.
 */
final class EarlyLoading {

  private EarlyLoading() {}

  /**
   * Loads it; to be called before the first client comes.
   *
   * @throws IOException if there are too few descriptors even now
   */
  static void run() throws IOException {
    TimeOfDay.load();
    loadPollers();
  }

  /** Lets a virtual thread wait for a socket, for which Java opens what it watches them with. */
  private static void loadPollers() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      socket.setSoTimeout(1);
      Callable<Boolean> wait =
          () -> {
            try {
              socket.accept().close();
              return true;
            } catch (SocketTimeoutException e) {
              return false; // as nobody knows of it
            }
          };
      FutureTask<Boolean> task = new FutureTask<>(wait);
      Thread.ofVirtual().start(task);
      task.get();
    } catch (ExecutionException e) {
      throw new IOException("Virtual threads cannot wait for sockets: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

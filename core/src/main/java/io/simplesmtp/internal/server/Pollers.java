package io.simplesmtp.internal.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What Java watches the sockets of virtual threads with. It is made when the first of them waits;
 * if clients hold all descriptors in that moment, none can ever wait again.
 */
final class Pollers {

  private Pollers() {}

  /**
   * Has it made, by a wait of a millisecond for a socket that nobody knows of.
   *
   * @throws IOException if there are too few descriptors even now
   */
  static void load() throws IOException {
    try (ServerSocketChannel channel = ServerSocketChannel.open()) {
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
      ServerSocket socket = channel.socket();
      socket.setSoTimeout(1);
      Callable<Boolean> wait =
          () -> {
            try {
              socket.accept().close();
              return true;
            } catch (SocketTimeoutException e) {
              return false;
            }
          };
      FutureTask<Boolean> task = new FutureTask<>(wait);
      Thread.ofVirtual().name("smtp-begin").start(task);
      task.get();
    } catch (ExecutionException e) {
      throw new IOException("Virtual threads cannot wait for sockets: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server starts, and its caller goes on to see it
    }
  }
}

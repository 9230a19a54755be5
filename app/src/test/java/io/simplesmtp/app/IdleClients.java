package io.simplesmtp.app;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * A process of clients that say EHLO and then nothing, until standard input ends; then each must
 * still hear the answer to QUIT. Its arguments are the server's port, the number of clients, the
 * second octet of their addresses, and whether they go over to TLS.
 */
final class IdleClients {

  /** Fewer than a server takes from one address. */
  private static final int OF_AN_ADDRESS = 900;

  private static final int AT_ONCE = 32;

  private IdleClients() {}

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    int number = Integer.parseInt(arguments[1]);
    byte network = Byte.parseByte(arguments[2]);
    boolean isTls = Boolean.parseBoolean(arguments[3]);
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<Talk>> openings =
          IntStream.range(0, number)
              .<Callable<Talk>>mapToObj(i -> () -> open(address(network, i), port, isTls))
              .toList();
      List<Future<Talk>> held = threads.invokeAll(openings);
      long count = held.stream().filter(one -> one.state() == Future.State.SUCCESS).count();
      System.out.println(count);
      while (System.in.read() >= 0) {
        // It has not ended.
      }
      int left = 0;
      for (Future<Talk> one : held) {
        left += leave(one) ? 1 : 0;
      }
      System.out.println(left);
    }
  }

  private static InetAddress address(byte network, int client) throws IOException {
    byte host = (byte) (1 + client / OF_AN_ADDRESS);
    return InetAddress.getByAddress(new byte[] {127, network, 0, host});
  }

  private static Talk open(InetAddress from, int port, boolean isTls) throws IOException {
    Talk talk = Talk.connected(port, from).hears("220 ").says("EHLO client.test").hears("250 ");
    return isTls ? Courier.afterStartTls(talk) : talk;
  }

  private static boolean leave(Future<Talk> held) throws InterruptedException {
    try (Talk talk = held.get()) {
      talk.says("QUIT").hears("221 ");
      return true;
    } catch (IOException | ExecutionException | AssertionError e) {
      return false;
    }
  }
}

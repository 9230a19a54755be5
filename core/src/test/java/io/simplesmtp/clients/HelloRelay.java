package io.simplesmtp.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a server and a client that says STARTTLS before EHLO, and says EHLO for it. From
 * STARTTLS on it passes octets, so that TLS is between client and server.
 */
final class HelloRelay implements AutoCloseable {

  private static final String EHLO = "EHLO relay.test\r\n";

  private final int target;
  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  HelloRelay(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    run(this::serve);
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() throws IOException {
    Socket client = listener.accept();
    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
    sockets.addAll(List.of(client, server));
    String greeting = line(server.getInputStream());
    server.getOutputStream().write(EHLO.getBytes(StandardCharsets.US_ASCII));
    String last = line(server.getInputStream());
    while (last.charAt(3) == '-') {
      last = line(server.getInputStream());
    }
    client.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
    run(() -> pass(server, client));
    pass(client, server);
  }

  private static void pass(Socket from, Socket to) throws IOException {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      line.append((char) octet);
      if (octet == '\n') {
        return line.toString();
      }
    }
    throw new IOException("The server is gone");
  }

  private interface Work {
    void go() throws IOException;
  }

  private void run(Work work) {
    threads.add(
        Thread.ofPlatform()
            .name("relay")
            .start(() -> {
              try {
                work.go();
              } catch (IOException e) {
                // One of both has gone, or the test is over.
              }
            }));
  }
}

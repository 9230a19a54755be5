package io.simplesmtp.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that says what no good server says: for each line of a client the next answer, and after
 * the last answer it closes. Every client hears the same.
 */
final class ScriptedServer implements AutoCloseable {

  /** Where an answer is to be, but never comes. */
  static final String SILENCE = "silence";

  /** An answer to a line that only the lines of mail data up to the dot make. */
  static final String AFTER_DATA = "after data: ";

  private final ServerSocket socket;
  private final List<String> answers;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private volatile int most = Integer.MAX_VALUE;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Starts it; the first answer is the greeting. */
  ScriptedServer(String... answers) throws IOException {
    this.answers = List.of(answers);
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::acceptAll);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Listens for so many clients and no more. */
  void closeAfter(int clientCount) {
    most = clientCount;
  }

  /** What clients said, but for mail data. */
  List<String> heard() {
    return heard;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket client : clients) {
      client.close();
    }
    threads.close();
  }

  private void acceptAll() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        clients.add(client);
        if (clients.size() >= most) {
          socket.close();
        }
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
      boolean isFirst = true;
      for (String answer : answers) {
        boolean isData = answer.startsWith(AFTER_DATA);
        String line = isFirst ? "" : in.readLine();
        while (isData && line != null && !line.equals(".")) {
          line = in.readLine();
        }
        if (line == null) {
          return;
        } else if (answer.equals(SILENCE)) {
          int unused = in.read(); // until the client has had enough
          return;
        }
        if (!isFirst) {
          heard.add(line);
        }
        isFirst = false;
        String text = isData ? answer.substring(AFTER_DATA.length()) : answer;
        client.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // The client is gone.
    }
  }
}

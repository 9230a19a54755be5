package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A message of a gigabyte passes through a heap of 64 megabytes. */
class BigMessageTest {

  private static final int BLOCK = 1 << 20;
  private static final int BLOCKS = 1 << 10;

  @Test
  void contentIsStreamedAndNeverCollected() throws Exception {
    withServer(
        "streaming",
        port -> {
          try (Client client = Client.greeted(port)) {
            send(client.begun(), BLOCKS);
            client.hears("250 2.0.0 " + (long) BLOCK * BLOCKS);
            client.says("QUIT").hears("221 ");
          }
        });
  }

  @Test
  void aHandlerThatRunsOutOfMemoryCostsItsOwnClientA451() throws Exception {
    withServer(
        "collecting",
        port -> {
          try (Client good = Client.greeted(port);
              Client big = Client.greeted(port)) {
            for (int i = 0; i < 2; i++) {
              send(big.begun(), 60);
              big.hears("451 4.3.0 Local error in processing");
              send(good.begun(), 1);
              good.hears("250 2.0.0 " + BLOCK);
            }
            big.says("QUIT").hears("221 ");
            good.says("QUIT").hears("221 ");
          }
        });
  }

  /** What a test does with the server at a port. */
  @FunctionalInterface
  private interface Conduct {
    void at(int port) throws IOException;
  }

  private static void withServer(String kind, Conduct conduct) throws Exception {
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                kind)
            .redirectError(
                kind.equals("streaming")
                    ? ProcessBuilder.Redirect.INHERIT
                    : ProcessBuilder.Redirect.DISCARD) // faults, as expected
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))) {
      conduct.at(Integer.parseInt(out.readLine()));
    } finally {
      server.destroyForcibly().waitFor();
    }
    assertThat(server.isAlive()).isFalse();
  }

  private static void send(Client client, int blocks) throws IOException {
    byte[] block = block();
    for (int i = 0; i < blocks; i++) {
      client.socket().getOutputStream().write(block);
    }
    client.sends(".\r\n");
  }

  private static byte[] block() {
    byte[] block = new byte[BLOCK];
    Arrays.fill(block, (byte) 'x');
    for (int end = 64; end <= BLOCK; end += 64) {
      block[end - 2] = '\r';
      block[end - 1] = '\n';
    }
    return block;
  }

  /** The server that runs in the small heap. */
  static final class Program {

    private Program() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      SmtpServer server =
          SmtpServer.builder()
              .hostname("mx.test")
              .listen(Listener.smtp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
              .limits(Limits.DEFAULT.withMessageSize(2L << 30).withHeaderSize(2L << 30))
              .handler(args[0].equals("streaming") ? streaming() : collecting())
              .start();
      System.out.println(server.port());
      server.awaitClosed();
    }

    private static SmtpHandler streaming() {
      return (session, envelope, content) ->
          Reply.ok(content.transferTo(OutputStream.nullOutputStream()) + " octets");
    }

    private static SmtpHandler collecting() {
      return (session, envelope, content) -> Reply.ok(content.readAllBytes().length + " octets");
    }
  }
}

package io.simplesmtp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.server.SmtpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LocalDeliveryTest {

  private static final String DIALOGUE =
      """
      LHLO c.test
      MAIL FROM:<a@b.org>
      RCPT TO:<ann@x.org>
      RCPT TO:<../ann@x.org>
      RCPT TO:<zoe@x.org>
      RCPT TO:<bob@x.org>
      DATA
      Hi
      .
      QUIT
      """;

  @Test
  void deliversForEachRecipient(@TempDir Path folder) throws Exception {
    Path ann = Files.createDirectory(folder.resolve("ann"));
    Path bob = Files.createDirectory(folder.resolve("bob"));
    Path socket = folder.resolve("sock");
    try (SmtpServer server = LocalDelivery.start(socket, folder);
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      assertThat(server.addresses()).hasSize(1);
      assertThat(client.connect(UnixDomainSocketAddress.of(socket))).isTrue();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(client), StandardCharsets.US_ASCII));
      assertThat(in.readLine()).endsWith(" LMTP");
      send(client, DIALOGUE);
      assertThat(in.lines().map(line -> line.substring(0, 4)).filter(c -> !c.equals("250-")))
          .containsExactly(
              "250 ", "250 ", "250 ", "550 ", "550 ", "250 ", "354 ", "250 ", "250 ", "221 ");
    }
    for (Path mailbox : new Path[] {ann, bob}) {
      assertThat(onlyFile(mailbox)).hasContent("Hi\r\n");
    }
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  private static void send(SocketChannel client, String lines) throws IOException {
    ByteBuffer octets =
        ByteBuffer.wrap(lines.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    while (octets.hasRemaining()) {
      int unused = client.write(octets);
    }
  }
}

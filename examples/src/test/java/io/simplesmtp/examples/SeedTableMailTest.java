package io.simplesmtp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Reply;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.SmtpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The rows of the README's table that are about a message. */
class SeedTableMailTest {

  private static final int MEGABYTE = 1 << 20;

  private final Printed printed = new Printed();

  @Test
  void validateSenderMayGiveAnyReply() throws Exception {
    try (SmtpServer server = start();
        Client client = Client.greeted(server.port())) {
      client.says("MAIL FROM:<a@blocked.example>");
      assertThat(client.reply()).isEqualTo("550 5.7.1 Your domain is blocked here");
      client.says("RCPT TO:<ann@example.org>").hears("503 ");
      client.says("MAIL FROM:<a@b.org>");
      assertThat(client.reply()).isEqualTo("250 2.1.0 Welcome");
    }
  }

  @Test
  void validateSenderSeesTheNullReversePathAsACaseOfItsOwn() throws Exception {
    try (SmtpServer server = start();
        Client client = Client.greeted(server.port())) {
      client.says("MAIL FROM:<>");
      assertThat(client.reply()).isEqualTo("250 2.1.0 Sender OK");
      client.says("RCPT TO:<ann@example.org>").hears("250 ").says("DATA").hears("354 ");
      client.sends("Undelivered\r\n.\r\n").hears("250 ");
      printed.awaits("<> to <ann@example.org> from nobody");
    }
  }

  @Test
  void validateRecipientMayRefuseForNowOrForGoodAndTheTransactionGoesOn() throws Exception {
    try (SmtpServer server = start();
        Client client = Client.greeted(server.port())) {
      client.says("MAIL FROM:<a@b.org>").hears("250 ");
      client.says("RCPT TO:<full@example.org>").hears("452 4.2.2 Mailbox full");
      client.says("RCPT TO:<nobody@example.org>").hears("550 5.1.1 No such user here");
      client.says("DATA").hears("503 5.5.1 ");
      client.says("RCPT TO:<ann@example.org>").hears("250 2.1.5 ");
      client.says("DATA").hears("354 ").sends("Hi\r\n.\r\n").hears("250 ");
      printed.awaits("accepted <a@b.org> to <ann@example.org>, 4 octets");
    }
  }

  @Test
  void maxSizeIsAnnouncedAndEnforced() throws Exception {
    try (SmtpServer server = start();
        Client client = Client.connect(server.port())) {
      client.hears("220 ").says("EHLO client.test");
      assertThat(client.reply()).contains("SIZE " + MEGABYTE);
      client.says("MAIL FROM:<a@b.org> SIZE=" + (MEGABYTE + 1)).hears("552 5.3.4 ");
      client.begins("a@b.org", "ann@example.org").sends(lines(MEGABYTE)).sends("more\r\n");
      client.sends(".\r\n").hears("552 5.3.4 ");
      client.begins("a@b.org", "ann@example.org").sends(lines(MEGABYTE));
      client.sends(".\r\n").hears("250 ");
    }
  }

  @Test
  void startDataKnowsFromToHostAndAddress() throws Exception {
    try (SmtpServer server = start();
        Client client = Client.greeted(server.port())) {
      client.begins("a@b.org", "ann@example.org", "bob@example.org").sends("Hi\r\n.\r\n");
      client.hears("250 ");
      printed.awaits(
          "<a@b.org> to <ann@example.org>, <bob@example.org>"
              + " from nobody on client.test [127.0.0.1]");
    }
  }

  @Test
  void aRefusalBefore354SparesTheTransfer() throws Exception {
    try (SmtpServer server = start();
        Client client = Client.greeted(server.port())) {
      client.says("MAIL FROM:<>").hears("250 ").says("RCPT TO:<ann@example.org>").hears("250 ");
      client.says("RCPT TO:<bob@example.org>").hears("250 ");
      client.says("DATA");
      assertThat(client.reply()).isEqualTo("550 5.7.1 A bounce has one recipient");
      client.begins("", "ann@example.org").sends("Hi\r\n.\r\n").hears("250 ");
    }
  }

  @Test
  void dataReadyGivesTheQueueIdOrARefusal() throws Exception {
    try (SmtpServer server = start();
        Client client = Client.greeted(server.port())) {
      client.begins("a@b.org", "ann@example.org").sends("Hi\r\n.\r\n");
      String first = client.reply();
      client.begins("a@b.org", "ann@example.org").sends("Hi\r\n.\r\n");
      assertThat(client.reply()).matches("250 2.0.0 Queued as [a-z0-9-]+").isNotEqualTo(first);
      client.begins("a@b.org", "ann@example.org").sends(".\r\n");
      assertThat(client.reply()).isEqualTo("554 5.6.0 An empty message is not taken");
    }
  }

  @Test
  void whatAHandlerLeavesUnreadIsNotExecuted() throws Exception {
    SmtpHandler hasty = (session, envelope, content) -> Reply.of(450, "4.7.1", "Later");
    try (SmtpServer server = start(hasty, MEGABYTE);
        Client client = Client.greeted(server.port())) {
      client.begins("a@b.org", "c@d.org").sends("QUIT\r\nNONSENSE\r\n.\r\n");
      client.hears("450 4.7.1 Later").says("NOOP").hears("250 2.0.0 OK");
    }
  }

  @Test
  void aHandlerThatDoesNotReadStopsTheClient() throws Exception {
    CountDownLatch mayRead = new CountDownLatch(1);
    AtomicLong received = new AtomicLong();
    SmtpHandler slow =
        (session, envelope, content) -> {
          mayRead.await();
          received.set(content.transferTo(OutputStream.nullOutputStream()));
          return Reply.OK;
        };
    ByteBuffer block = ByteBuffer.wrap(lines(MEGABYTE).getBytes(StandardCharsets.US_ASCII));
    int size = 128 * MEGABYTE;
    try (SmtpServer server = start(slow, size);
        SocketChannel client = begun(server);
        Selector writable = Selector.open()) {
      client.configureBlocking(false);
      SelectionKey key = client.register(writable, SelectionKey.OP_WRITE);
      long sent = 0;
      while (sent < size && writable.select(500) > 0) {
        writable.selectedKeys().clear();
        sent += client.write(block.hasRemaining() ? block : block.rewind());
      }
      assertThat(sent).as("taken before nothing more was for half a second").isLessThan(size / 4);

      mayRead.countDown();
      key.cancel();
      writable.selectNow();
      client.configureBlocking(true);
      while (sent < size) {
        sent += client.write(block.hasRemaining() ? block : block.rewind());
      }
      client.write(ascii("\r\n.\r\n"));
      assertThat(read(client)).startsWith("250 ");
      assertThat(received.get()).isBetween((long) size, size + 2L);
    }
  }

  @Test
  void memoryStaysFlatHoweverMuchHasComeIn() throws Exception {
    int size = 128 * MEGABYTE;
    CountDownLatch almostAll = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    SmtpHandler reading =
        (session, envelope, content) -> {
          content.skipNBytes(size - MEGABYTE);
          almostAll.countDown();
          mayEnd.await();
          return Reply.OK;
        };
    ByteBuffer block = ByteBuffer.wrap(lines(MEGABYTE).getBytes(StandardCharsets.US_ASCII));
    try (SmtpServer server = start(reading, size);
        SocketChannel client = begun(server)) {
      long before = usedMemory();
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(() -> sendAll(client, block, size));
      assertThat(almostAll.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(usedMemory() - before).isLessThan(8L * MEGABYTE);
      mayEnd.countDown();
      sending.get(60, TimeUnit.SECONDS);
      client.write(ascii(".\r\n"));
      assertThat(read(client)).startsWith("250 ");
    }
  }

  private SmtpServer start() throws IOException {
    return WholeTable.settings(printed.out()).listen(Endpoints.plain(0)).start();
  }

  private static SmtpServer start(SmtpHandler handler, int maxSize) throws IOException {
    return SmtpServer.builder()
        .listen(Endpoints.plain(0))
        .maxMessageSize(maxSize + 2L)
        .handler(handler)
        .start();
  }

  /** A channel that has heard 354. */
  private static SocketChannel begun(SmtpServer server) throws IOException {
    SocketAddress address = server.addresses().get(0);
    SocketChannel client = SocketChannel.open(address);
    assertThat(read(client)).startsWith("220 ");
    for (String line : new String[] {"HELO c.test", "MAIL FROM:<a@b.org>", "RCPT TO:<c@d.org>"}) {
      client.write(ascii(line + "\r\n"));
      assertThat(read(client)).startsWith("250 ");
    }
    client.write(ascii("DATA\r\n"));
    assertThat(read(client)).startsWith("354 ");
    return client;
  }

  private static void sendAll(SocketChannel client, ByteBuffer block, int size) {
    try {
      for (int sent = 0; sent < size; sent += block.capacity()) {
        client.write(block.rewind());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One reply; they are short and come in one piece over the loopback. */
  private static String read(SocketChannel client) throws IOException {
    ByteBuffer reply = ByteBuffer.allocate(1000);
    client.read(reply);
    return StandardCharsets.US_ASCII.decode(reply.flip()).toString();
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static long usedMemory() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Lines behind an empty header, as many octets in all. */
  private static String lines(int octets) {
    String line = "x".repeat(62) + "\r\n";
    return "\r\n" + "x".repeat(60) + "\r\n" + line.repeat(octets / 64 - 1);
  }
}

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The least that receiving mail can cost on virtual threads: one for each connection, which answers
 * by the first letter of a line, looks for the end of the content and keeps nothing: PORT. It is no
 * SMTP server: it checks nothing.
 */
public final class FloorPeer {

  private static final byte[] END = ascii("\r\n.\r\n");
  private static final byte[] GREETING = ascii("220 floor ESMTP\r\n");
  private static final byte[] HELLO = ascii("250-floor\r\n250-PIPELINING\r\n250 8BITMIME\r\n");
  private static final byte[] OK = ascii("250 2.0.0 Ok\r\n");
  private static final byte[] GO_ON = ascii("354 Go on\r\n");
  private static final byte[] BYE = ascii("221 2.0.0 Bye\r\n");

  private final SocketChannel channel;
  private final ByteBuffer input = ByteBuffer.allocate(2048);
  private final ByteBuffer replies = ByteBuffer.allocate(1024);
  private boolean isContent;
  private boolean isEnded;
  private int matched; // octets of END at the end of what came so far
  private byte verb; // the first letter of a line of which the end has not come

  private FloorPeer(SocketChannel channel) {
    this.channel = channel;
  }

  public static void main(String[] arguments) throws Exception {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0]));
    ServerSocketChannel server = ServerSocketChannel.open().bind(address, Peer.BACKLOG);
    Thread.ofPlatform().daemon().start(() -> accept(server));
    Peer.await();
  }

  private static void accept(ServerSocketChannel server) {
    while (true) {
      try {
        SocketChannel channel = server.accept();
        Thread.startVirtualThread(new FloorPeer(channel)::serve);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void serve() {
    try (channel) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      replies.put(GREETING);
      send();
      while (!isEnded && channel.read(input.clear()) > 0) {
        input.flip();
        while (input.hasRemaining()) {
          if (replies.remaining() < HELLO.length) {
            send();
          }
          take(input.get());
        }
        send();
      }
    } catch (IOException e) {
      // The client has left.
    }
  }

  private void take(byte octet) {
    if (isContent) {
      matched = octet == END[matched] ? matched + 1 : octet == '\r' ? 1 : 0;
      if (matched == END.length) {
        isContent = false;
        replies.put(OK);
        Peer.accepted();
      }
    } else if (octet == '\n') {
      answer();
      verb = 0;
    } else if (verb == 0) {
      verb = octet;
    }
  }

  private void answer() {
    switch (verb) {
      case 'E' -> replies.put(HELLO);
      case 'D' -> {
        replies.put(GO_ON);
        isContent = true;
        matched = 2; // the end of the line of DATA counts
      }
      case 'Q' -> {
        replies.put(BYE);
        isEnded = true;
      }
      default -> replies.put(OK);
    }
  }

  private void send() throws IOException {
    replies.flip();
    while (replies.hasRemaining()) {
      channel.write(replies);
    }
    replies.clear();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

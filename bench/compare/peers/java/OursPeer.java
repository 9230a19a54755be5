import io.simplesmtp.Reply;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.SmtpServer;
import java.io.OutputStream;
import java.net.InetSocketAddress;

/** Our library with a handler that reads messages to their end and keeps nothing: PORT. */
public final class OursPeer {

  public static void main(String[] arguments) throws Exception {
    SmtpServer.builder()
        .hostname("bench.example")
        .listen(Listener.smtp(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0]))))
        .maxMessageSize(Peer.MAX_SIZE)
        .handler((session, envelope, content) -> {
          content.transferTo(OutputStream.nullOutputStream());
          Peer.accepted();
          return Reply.OK;
        })
        .start();
    Peer.await();
  }
}

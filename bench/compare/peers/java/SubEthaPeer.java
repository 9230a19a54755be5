import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;

/**
 * SubEthaSMTP with a handler that reads messages to their end and keeps nothing: PORT [KEYSTORE].
 */
public final class SubEthaPeer {

  public static void main(String[] arguments) throws Exception {
    SMTPServer.Builder builder =
        SMTPServer.port(Integer.parseInt(arguments[0]))
            .bindAddress(InetAddress.getByName("127.0.0.1"))
            .hostName("bench.example")
            .backlog(Peer.BACKLOG)
            .maxConnections(Peer.MAX_CONNECTIONS)
            .maxMessageSize(Peer.MAX_SIZE)
            .messageHandlerFactory(context -> new Discarding());
    if (arguments.length > 1) {
      SSLContext tls = Peer.tls(arguments[1]);
      // The library's own factory asks the resolver for the client's name.
      builder
          .enableTLS()
          .startTlsSocketFactory(plain -> {
            SSLSocket socket =
                (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
            socket.setUseClientMode(false);
            return socket;
          });
    }
    builder.build().start();
    Peer.await();
  }

  private static final class Discarding implements MessageHandler {

    @Override
    public void from(String from) {}

    @Override
    public void recipient(String recipient) {}

    @Override
    public String data(InputStream content) throws IOException {
      content.transferTo(OutputStream.nullOutputStream());
      Peer.accepted();
      return null;
    }

    @Override
    public void done() {}
  }
}

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What the servers in Java have in common: a count of messages, told at the end, and TLS. */
final class Peer {

  static final int MAX_SIZE = 200 << 20;
  static final int MAX_CONNECTIONS = 30_000;
  static final int BACKLOG = 4096;

  private static final LongAdder ACCEPTED = new LongAdder();

  private Peer() {}

  static void accepted() {
    ACCEPTED.increment();
  }

  /** Waits for SIGTERM. */
  static void await() throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> System.out.println("accepted " + ACCEPTED.sum())));
    Thread.currentThread().join();
  }

  /** A context with the key of a PKCS #12 file, made as the JDK's defaults make it. */
  static SSLContext tls(String file) throws Exception {
    char[] password = "bench".toCharArray();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      keys.load(in, password);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}

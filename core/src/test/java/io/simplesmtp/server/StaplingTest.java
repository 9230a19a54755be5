package io.simplesmtp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 6066 section 8: a responder of the real openssl, which a server asks only if Java is told to.
 */
final class StaplingTest {

  /** What switches stapling on, for all servers that are configured from then on. */
  private static final String PROPERTY = "jdk.tls.server.enableStatusRequestExtension";

  @TempDir private Path folder;
  private final AtomicInteger asked = new AtomicInteger();
  private Pki pki;
  private HttpServer responder;

  @BeforeEach
  void open() throws Exception {
    pki = Pki.in(folder);
    responder = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    responder.createContext("/", this::answer);
    responder.start();
    pki.issue(
        "mx",
        Pki.EC,
        "subjectAltName=DNS:mx.test\nauthorityInfoAccess=OCSP;URI:http://127.0.0.1:"
            + responder.getAddress().getPort());
    pki.openssl().concatenation("chain.pem", "mx.crt", "ca.crt");
    Files.createFile(pki.file("index.txt"));
    Files.writeString(
        pki.file("ca.cnf"),
        """
        [ca]
        default_ca = trial
        [trial]
        database = index.txt
        default_md = sha256
        """);
    pki.openssl().run("ca -config ca.cnf -cert ca.crt -keyfile ca.key -valid mx.crt");
  }

  @AfterEach
  void close() {
    System.clearProperty(PROPERTY);
    responder.stop(0);
  }

  @Test
  void nobodyIsAskedByDefault() throws Exception {
    try (TestServer server = Pki.serve(config())) {
      pki.talk(server, true, "-status").says("OCSP response: no response sent");
    }
    assertThat(asked).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void answerIsStapledIfJavaIsToldTo(String version) throws Exception {
    System.setProperty(PROPERTY, "true");
    try (TestServer server = Pki.serve(config())) {
      pki.talk(server, false, version + " -status")
          .succeeds()
          .says("OCSP Response Status: successful (0x0)", "Cert Status: good");
      pki.talk(server, true, version + " -status").says("Cert Status: good");
      pki.talk(server, true, version).succeeds();
    }
    assertThat(asked).hasPositiveValue();
  }

  @Test
  void responderThatIsGoneLeavesTheHandshakeWithoutAnAnswer() throws Exception {
    System.setProperty(PROPERTY, "true");
    responder.stop(0);
    try (TestServer server = Pki.serve(config())) {
      pki.talk(server, true, "-status").succeeds().says("OCSP response: no response sent");
    }
  }

  private TlsConfig config() throws Exception {
    return TlsConfig.fromPem(pki.file("chain.pem"), pki.file("mx.key"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      int number = asked.incrementAndGet();
      String path = exchange.getRequestURI().getRawPath().substring(1);
      byte[] request =
          exchange.getRequestMethod().equals("GET")
              ? Base64.getDecoder().decode(URLDecoder.decode(path, UTF_8))
              : exchange.getRequestBody().readAllBytes();
      Files.write(pki.file(number + ".request"), request);
      pki.openssl()
          .run(
              ("ocsp -index index.txt -CA ca.crt -rsigner ca.crt -rkey ca.key -ndays 1"
                      + " -reqin %1$d.request -respout %1$d.response")
                  .formatted(number));
      byte[] response = Files.readAllBytes(pki.file(number + ".response"));
      exchange.getResponseHeaders().set("Content-Type", "application/ocsp-response");
      exchange.sendResponseHeaders(200, response.length);
      exchange.getResponseBody().write(response);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}

package io.simplesmtp.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A small certificate authority in a folder, {@code ca.crt}, and clients of its servers: the real
 * {@code openssl}.
 */
final class Pki {

  static final String EC = "EC -pkeyopt ec_paramgen_curve:P-256";
  static final String RSA = "RSA -pkeyopt rsa_keygen_bits:2048";

  private final Path folder;
  private final OpenSsl openssl;
  private int serial = 100;

  private Pki(Path folder) {
    this.folder = folder;
    this.openssl = OpenSsl.in(folder);
  }

  static Pki in(Path folder) throws Exception {
    Pki pki = new Pki(folder);
    pki.authority("ca");
    return pki;
  }

  OpenSsl openssl() {
    return openssl;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Makes {@code NAME.key} and {@code NAME.crt} of one more authority. */
  void authority(String name) throws Exception {
    openssl.key(name, EC);
    openssl.run(
        "req -x509 -new -key %1$s.key -out %1$s.crt -days 30 -subj /CN=%1$s".formatted(name)
            + " -addext keyUsage=critical,keyCertSign");
  }

  /** Makes {@code NAME.key} and {@code NAME.crt}, signed by {@code ca}. */
  void issue(String name, String algorithm, String extensions) throws Exception {
    issue(name, algorithm, extensions, "ca");
  }

  void issue(String name, String algorithm, String extensions, String issuer) throws Exception {
    openssl.key(name, algorithm);
    Files.writeString(file(name + ".ext"), extensions);
    openssl.run("req -new -key %1$s.key -out %1$s.csr -subj /CN=%1$s".formatted(name));
    openssl.run(
        ("x509 -req -in %1$s.csr -CA %2$s.crt -CAkey %2$s.key -set_serial %3$d -days 20"
                + " -extfile %1$s.ext -out %1$s.crt")
            .formatted(name, issuer, ++serial));
  }

  /** Makes {@code NAME.crt} anew for {@code NAME.key}, as of the second that it expires. */
  void expire(String name) throws Exception {
    openssl.run("req -new -key %1$s.key -out %1$s.csr -subj /CN=%1$s".formatted(name));
    openssl.run(
        ("x509 -req -in %1$s.csr -CA ca.crt -CAkey ca.key -set_serial %2$d -days -1"
                + " -extfile %1$s.ext -out %1$s.crt")
            .formatted(name, ++serial));
  }

  /** Issues a server's certificate and reads it. */
  TlsConfig server(String name, String algorithm) throws Exception {
    issue(name, algorithm, "subjectAltName=DNS:" + name);
    return read(name);
  }

  TlsConfig read(String name) throws Exception {
    return TlsConfig.fromPem(file(name + ".crt"), file(name + ".key"));
  }

  /** Starts a server with a port for STARTTLS and one for implicit TLS. */
  static TestServer serve(TlsConfig tls) throws IOException {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new TestServer(
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .listen(Listener.submissions(free).withAuth(Auth.NONE))
            .tls(tls)
            .handler(TestServer.discard()));
  }

  /** Puts the pair of one name in the place of another's. */
  void replace(String name, String by) throws Exception {
    for (String suffix : new String[] {".crt", ".key"}) {
      Path part = Files.copy(file(by + suffix), file(by + suffix + ".part"));
      Files.move(part, file(name + suffix), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Says STARTTLS or nothing, shakes hands, says QUIT and returns what s_client printed. */
  Tool.Output talk(TestServer server, boolean isImplicit, String options) throws Exception {
    var address = (InetSocketAddress) server.server().addresses().get(isImplicit ? 1 : 0);
    List<String> words =
        new ArrayList<>(
            List.of("s_client", "-ign_eof", "-crlf", "-CAfile", "ca.crt", "-nameopt", "RFC2253"));
    words.addAll(List.of("-connect", "127.0.0.1:" + address.getPort()));
    if (!isImplicit) {
      words.addAll(List.of("-starttls", "smtp"));
    }
    if (!options.contains("-servername")) {
      words.add("-noservername");
    }
    if (!options.isEmpty()) {
      words.addAll(List.of(options.split(" ", -1)));
    }
    return Tool.find("openssl", folder)
        .runWith("QUIT\n".getBytes(StandardCharsets.US_ASCII), words.toArray(new String[0]));
  }
}

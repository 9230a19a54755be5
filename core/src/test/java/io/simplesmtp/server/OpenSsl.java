package io.simplesmtp.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real {@code openssl} command, run in one folder; tests are skipped where it is missing. */
final class OpenSsl {

  private final Path folder;
  private final Tool tool;

  private OpenSsl(Path folder, Tool tool) {
    this.folder = folder;
    this.tool = tool;
  }

  static OpenSsl in(Path folder) {
    return new OpenSsl(folder, Tool.find("openssl", folder));
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Runs a command line, whose words have no spaces, and returns what it printed. */
  String run(String commandLine) throws Exception {
    return tried(commandLine).succeeds().text();
  }

  /** The same, whatever comes of it. */
  Tool.Output tried(String commandLine) throws Exception {
    return tool.run(commandLine.split(" ", -1));
  }

  /** Makes {@code NAME.key} as PKCS#8; the algorithm may be followed by options of genpkey. */
  Path key(String name, String algorithm) throws Exception {
    run("genpkey -algorithm " + algorithm + " -out " + name + ".key");
    return file(name + ".key");
  }

  /** Makes {@code NAME.crt} for {@code NAME.key}, signed by itself. */
  Path selfSigned(String name) throws Exception {
    run(
        "req -x509 -new -key %1$s.key -out %1$s.crt -days 30 -subj /CN=%1$s".formatted(name)
            + " -addext subjectAltName=DNS:mx.example.org");
    return file(name + ".crt");
  }

  /** Makes {@code NAME.key} and {@code NAME.crt}, signed by the issuer's pair. */
  Path issued(String name, String issuer, String extension) throws Exception {
    key(name, "EC -pkeyopt ec_paramgen_curve:P-256");
    Files.writeString(file(name + ".ext"), extension);
    run("req -new -key %1$s.key -out %1$s.csr -subj /CN=%1$s".formatted(name));
    run(
        "x509 -req -in %1$s.csr -CA %2$s.crt -CAkey %2$s.key -set_serial 7 -days 30 -extfile %1$s.ext -out %1$s.crt"
            .formatted(name, issuer));
    return file(name + ".crt");
  }

  /** Makes one file of the others' contents, in their order. */
  Path concatenation(String name, String... parts) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String part : parts) {
      all.append(Files.readString(file(part), StandardCharsets.ISO_8859_1));
    }
    return Files.writeString(file(name), all, StandardCharsets.ISO_8859_1);
  }
}

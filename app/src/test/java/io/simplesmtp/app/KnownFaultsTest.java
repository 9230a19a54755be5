package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that asks for known faults of what is shipped. */
class KnownFaultsTest {

  private static final Path SCRIPT =
      Path.of(System.getProperty("simplesmtp.root", "..")).resolve(".ci/known-faults");
  private static final String BILL =
      """
      {"components": [
        {"purl": "pkg:maven/io.simplesmtp/simplesmtp@0.1.0?type=jar"},
        {"purl": "pkg:maven/info.picocli/picocli@4.7.7?type=jar"},
        {"purl": "pkg:maven/commons-codec/commons-codec@1.19.0?type=jar"}
      ]}
      """;

  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  @TempDir Path folder;

  @Test
  void withoutFaultsItSaysWhatWasChecked() throws Exception {
    assertThat(answered(200, "{\"results\": [{}, {}]}"))
        .isEqualTo(
            new Programs.Ended(
                0,
                "known faults: none in pkg:maven/commons-codec/commons-codec@1.19.0,"
                    + " pkg:maven/info.picocli/picocli@4.7.7\n"));
    assertThat(asked.take())
        .isEqualTo(
            "{\"queries\": [{\"package\": {\"purl\":"
                + " \"pkg:maven/commons-codec/commons-codec@1.19.0\"}},"
                + " {\"package\": {\"purl\": \"pkg:maven/info.picocli/picocli@4.7.7\"}}]}");
  }

  @Test
  void faultsAreNamedAndItFails() throws Exception {
    assertThat(
            answered(200, "{\"results\": [{}, {\"vulns\": [{\"id\": \"A\"}, {\"id\": \"B\"}]}]}"))
        .isEqualTo(
            new Programs.Ended(1, "known faults: pkg:maven/info.picocli/picocli@4.7.7 has A, B\n"));
  }

  @Test
  void withoutAnAnswerItSaysThatNothingWasChecked() throws Exception {
    Programs.Ended refused = answered(503, "");
    assertThat(refused.status()).isZero();
    assertThat(refused.output()).startsWith("known faults: not checked, as http").contains("503");
    Programs.Ended nonsense = answered(200, "{\"results\": []}");
    assertThat(nonsense.status()).isZero();
    assertThat(nonsense.output()).contains("not checked", "0 answers to 2 questions");
    Programs.Ended nobody = run("http://name.invalid");
    assertThat(nobody.status()).isZero();
    assertThat(nobody.output()).startsWith("known faults: not checked, as http://name.invalid");
  }

  private Programs.Ended answered(int status, String answer) throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer osv = HttpServer.create(free, 0);
    osv.createContext(
        "/v1/querybatch",
        exchange -> {
          try (exchange) {
            byte[] question = exchange.getRequestBody().readAllBytes();
            asked.add(new String(question, StandardCharsets.UTF_8));
            byte[] octets = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
            exchange.getResponseBody().write(octets);
          }
        });
    osv.start();
    try {
      return run("http://127.0.0.1:" + osv.getAddress().getPort());
    } finally {
      osv.stop(0);
    }
  }

  private Programs.Ended run(String osv) throws IOException, InterruptedException {
    Path bill = Files.writeString(folder.resolve("bom.json"), BILL);
    ProcessBuilder builder =
        new ProcessBuilder(Programs.installed("python3"), SCRIPT.toString(), bill.toString());
    builder.environment().put("SIMPLESMTP_OSV", osv);
    builder.environment().put("no_proxy", "*");
    return Programs.run(builder);
  }
}

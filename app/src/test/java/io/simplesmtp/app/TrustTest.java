package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code serve} behind hosts that speak for others. */
class TrustTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void swaksSpeaksForAClientByTheProxyProtocol(String version) throws Exception {
    List<String> header = new ArrayList<>(List.of("--proxy-version", version));
    header.addAll(List.of("--proxy-family", version.equals("1") ? "TCP4" : "AF_INET"));
    header.addAll(List.of("--proxy-source", "192.0.2.7", "--proxy-source-port", "4711"));
    header.addAll(List.of("--proxy-dest", "192.0.2.25", "--proxy-dest-port", "25"));
    try (Served served = Served.with(folder, "--no-tls", "--proxy-protocol", "127.0.0.0/8")) {
      Programs.Ended ended = swaks(served, header.toArray(String[]::new));
      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(Mails.trace(served.mails().only())).contains(" ([192.0.2.7])\r\n");
      assertThat(served.out()).contains(" client=192.0.2.7 ");
    }
  }

  @Test
  void aProxyThatIsNotTrustedIsCut() throws Exception {
    try (Served served = Served.with(folder, "--no-tls", "--proxy-protocol", "192.0.2.0/24");
        Talk client = Talk.connected(served.port())) {
      client.hears("220 ").sends("PROXY TCP4 192.0.2.7 192.0.2.25 4711 25\r\n").hears("421 ");
      assertThat(served.mails().stored()).isEmpty();
    }
  }

  @Test
  void swaksSpeaksForAUserByXclient() throws Exception {
    String[] flags = {
      "--no-tls",
      "--auth",
      "ann:secret",
      "--auth-without-tls",
      "--submission",
      "127.0.0.1:0",
      "--xclient",
      "127.0.0.1"
    };
    String[] options = {
      "--xclient-addr", "192.0.2.7", "--xclient-name", "ann.example", "--xclient-login", "ann"
    };
    try (Served served = Served.with(folder, flags)) {
      Programs.Ended ended = swaks(served, options);
      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(Mails.trace(served.mails().only()))
          .contains("([192.0.2.7])\r\n", "with ESMTPA\r\n");
    }
  }

  @Test
  void xclientAndXforwardAreForTheirNetworkAlone() throws Exception {
    try (Served served = Served.with(folder, "--no-tls", "--xclient", "192.0.2.0/24");
        Talk client = Talk.greeted(served.port())) {
      client.says("XCLIENT ADDR=192.0.2.7").hears("550 5.7.0 ");
      client.says("XFORWARD ADDR=192.0.2.7").hears("550 5.7.0 ");
    }
    try (Served served = Served.with(folder, "--no-tls", "--xclient", "127.0.0.1/32");
        Talk client = Talk.greeted(served.port())) {
      client.says("XFORWARD ADDR=192.0.2.7").hears("250 ");
    }
  }

  private Programs.Ended swaks(Served served, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(Programs.installed("swaks")));
    command.addAll(List.of("--server", "127.0.0.1:" + served.port(), "--from", "ann@example.org"));
    command.addAll(List.of("--to", "bob@example.org", "--helo", "client.test"));
    command.addAll(List.of(options));
    return Programs.run(command.toArray(String[]::new));
  }
}

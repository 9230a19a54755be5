package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.auth.Plain;
import io.simplesmtp.auth.SaslContext;
import io.simplesmtp.auth.SaslExchange;
import io.simplesmtp.auth.SaslMechanism;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mechanisms of the application's own. */
class MechanismTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "X Y", "X\r\nY", "TWENTY-ONE-CHARACTERS"})
  void needTheNameOfOne(String name) {
    assertThatThrownBy(() -> new WatchedServer(settings(new Broken(name))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("mechanism: not the name of one");
  }

  @Test
  void areOfferedOnce() {
    assertThatThrownBy(() -> new WatchedServer(settings(new Plain(), new Plain())))
        .hasMessageContaining("mechanism: one is given twice");
  }

  @Test
  void mayThrowWhenTheyBegin() throws Exception {
    try (TestServer server = new TestServer(settings(new Broken("X-BROKEN")));
        Client client = Client.greeted(server.port())) {
      client.says("AUTH X-BROKEN").hears("454 4.7.0 ");
      server.takeFault();
      client.says("AUTH X-BROKEN aGk=").hears("454 4.7.0 ");
      server.takeFault();
      client.says("NOOP").hears("250 ");
    }
  }

  private static SmtpServer.Builder settings(SaslMechanism... mechanisms) {
    return SmtpServer.builder()
        .listen(TestServer.loopback().withAuthWithoutTls(true))
        .passwords((session, user, password) -> Optional.empty())
        .mechanism(mechanisms)
        .handler(TestServer.discard());
  }

  private record Broken(String name) implements SaslMechanism {
    @Override
    public boolean isAvailable(SaslContext context) {
      return true;
    }

    @Override
    public SaslExchange begin(SaslContext context) {
      throw new IllegalStateException("out of order");
    }
  }
}

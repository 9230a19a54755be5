package io.simplesmtp.server;

import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link SmtpHandler#connect} makes of the greeting. */
class GreetingTest {

  @Test
  void hasAllLinesOfA220() throws IOException {
    try (TestServer server = greeted(new Reply(220, Optional.empty(), List.of("Hello", "there")));
        Client client = Client.connect(server.port())) {
      client.hearsLine("220-mx.test ESMTP Hello").hearsLine("220 there");
    }
  }

  @Test
  void isNoStatusAndNoOther5xxThan554And521() throws IOException {
    try (TestServer server = greeted(Reply.of(550, "5.7.1", "Not you"));
        Client client = Client.connect(server.port())) {
      client
          .hearsLine("554 Not you")
          .says("EHLO client.test")
          .hearsLine("503 Only QUIT is served here");
      client.says("QUIT").hears("221 ").hearsTheEnd();
    }
    try (TestServer server = greeted(Reply.of(521, "5.3.2", "No mail here"));
        Client client = Client.connect(server.port())) {
      client.hearsLine("521 No mail here").says("QUIT").hears("221 ");
    }
  }

  @Test
  void isA421ForEvery4xx() throws IOException {
    try (TestServer server = greeted(Reply.of(450, "4.7.1", "Later"));
        Client client = Client.connect(server.port())) {
      client.hearsLine("421 mx.test Later").hearsTheEnd();
    }
  }

  @Test
  void thatWouldBeTooLongIsAFaultThatTheClientHearsOf() throws IOException {
    try (TestServer server = greeted(Reply.of(220, "2.0.0", "x".repeat(Reply.MAX_TEXT)));
        Client client = Client.connect(server.port())) {
      client.hearsLine("421 mx.test Local error in processing").hearsTheEnd();
      server.takeFault();
    }
  }

  private static TestServer greeted(Reply answer) throws IOException {
    return TestServer.of(
        new SmtpHandler() {
          @Override
          public Reply connect(Session session) {
            return answer;
          }

          @Override
          public Reply data(Session session, Envelope envelope, InputStream content) {
            return Reply.OK;
          }
        });
  }
}

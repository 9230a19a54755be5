package io.simplesmtp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Reply;
import io.simplesmtp.server.SmtpServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class XFooTest {

  @Test
  void aKeywordAParameterAndAVerbOfOnesOwn() throws Exception {
    List<Integer> foos = new CopyOnWriteArrayList<>();
    try (SmtpServer server =
            SmtpServer.builder()
                .listen(Endpoints.plain(0))
                .extensions(new XFoo(9))
                .handler((session, envelope, content) -> {
                  foos.add(envelope.mailFrom().parameters().get(XFoo.FOOS).orElse(0));
                  return Reply.OK;
                })
                .start();
        Client client = Client.connect(server.port())) {
      client.hears("220 ").says("EHLO client.test");
      assertThat(client.reply()).contains("250 XFOO 9");
      client.says("XFOO").hears("250 2.0.0 Up to 9 foos");
      client.says("xfoo bar").hears("501 5.5.4 XFOO has no argument");
      client.says("MAIL FROM:<a@b.org> XFOO=10").hears("552 5.3.4 1 to 9 foos");
      client.says("MAIL FROM:<a@b.org> XFOO=-3").hears("552 5.3.4 1 to 9 foos");
      client.says("MAIL FROM:<a@b.org> XFOO=many").hears("501 5.5.4");
      client.says("MAIL FROM:<a@b.org> XFOO=3").hears("250 ");
      client.says("RCPT TO:<c@d.org>").hears("250 ");
      client.says("DATA").hears("354 ").sends("Hi\r\n.\r\n").hears("250 ");
      client.says("MAIL FROM:<a@b.org> xfoo").hears("250 ");
      client.says("RCPT TO:<c@d.org>").hears("250 ");
      client.says("DATA").hears("354 ").sends("Hi\r\n.\r\n").hears("250 ");
      client.says("QUIT").hears("221 ");
    }
    assertThat(foos).containsExactly(3, 1);
  }
}

package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.simplesmtp.MailFrom;
import io.simplesmtp.Parameter;
import io.simplesmtp.Reply;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExtensionTest {

  private static final Parameter<Integer> LEVEL =
      Parameter.of("xlevel", value -> Integer.valueOf(value.orElse("none")));

  /** Levels up to a bound, and a verb that tells it. */
  private record Levels(int most, Set<Need> needs) implements Extension {

    @Override
    public String keyword() {
      return "XLEVEL";
    }

    @Override
    public Optional<String> line(Session session) {
      return most == 0 ? Optional.empty() : Optional.of("XLEVEL " + most);
    }

    @Override
    public List<Parameter<?>> mailParameters() {
      return List.of(LEVEL);
    }

    @Override
    public List<Parameter<?>> rcptParameters() {
      return List.of(LEVEL);
    }

    @Override
    public Optional<Reply> refusal(Session session, MailFrom from) {
      return from.parameters().get(LEVEL).orElse(0) > most
          ? Optional.of(Reply.of(501, "5.5.4", "Level too high"))
          : Optional.empty();
    }

    @Override
    public Set<String> verbs() {
      return Set.of("XLEVEL");
    }

    @Override
    public Reply command(Session session, String verb, String argument) {
      if (argument.equals("fail")) {
        throw new IllegalStateException("a fault of the extension");
      }
      return Reply.ok(
          verb + " of " + session.hello().orElseThrow().name() + ": [" + argument + "]");
    }
  }

  private static SmtpServer.Builder with(Extension... extensions) {
    return SmtpServer.builder()
        .listen(TestServer.loopback())
        .extensions(extensions)
        .handler(
            new SmtpHandler() {
              @Override
              public Reply mail(Session session, MailFrom from) {
                return Reply.ok("Level " + from.parameters().get(LEVEL).orElse(0));
              }

              @Override
              public Reply data(
                  Session session, io.simplesmtp.Envelope envelope, java.io.InputStream content) {
                return Reply.OK;
              }
            });
  }

  @Test
  void isAnnouncedAndMakesItsParametersAndVerbsLegal() throws Exception {
    try (TestServer server = new TestServer(with(new Levels(5, Set.of())));
        Client client = Client.connect(server.port())) {
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.ask("XLEVEL")).startsWith("503 5.5.1");
      assertThat(client.ask("EHLO c.test")).contains("250-SIZE").endsWith("250 XLEVEL 5");
      assertThat(client.ask("HELP")).contains(" HELP\n214-2.0.0 XLEVEL\n");
      assertThat(client.ask("MAIL FROM:<a@b.org> XLEVEL=x")).startsWith("501 5.5.4 Bad parameter");
      assertThat(client.ask("MAIL FROM:<a@b.org> XLEVEL=6")).startsWith("501 5.5.4 Level too high");
      assertThat(client.ask("xLevel")).isEqualTo("250 2.0.0 XLEVEL of c.test: []");
      assertThat(client.ask("MAIL FROM:<a@b.org> XLevel=5")).isEqualTo("250 2.0.0 Level 5");
      assertThat(client.ask("XLEVEL a b")).isEqualTo("250 2.0.0 XLEVEL of c.test: [a b]");
      assertThat(client.ask("RCPT TO:<a@b.org> XLEVEL=2")).startsWith("250 ");
      assertThat(client.ask("XLEVEL \u0007")).startsWith("500 5.5.2");
      assertThat(client.ask("XLEVEL fail")).startsWith("451 4.3.0");
      assertThat(server.takeFault().getThrown()).hasMessage("a fault of the extension");
      assertThat(client.ask("QUIT")).startsWith("221 ");
    }
  }

  @Test
  void verbWaitsForTlsWhereTheListenerRequiresIt() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback().withTls(Tls.REQUIRED))
            .tls(TlsConfig.selfSigned("mx.test"))
            .extensions(new Levels(5, Set.of()))
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings);
        Client client = Client.greeted(server.port())) {
      assertThat(client.ask("XLEVEL a")).startsWith("530 5.7.0 Must issue a STARTTLS");
      assertThat(client.ask("STARTTLS")).startsWith("220 ");
      client.secures("TLSv1.3");
      assertThat(client.ask("EHLO c.test")).endsWith("250 XLEVEL 5");
      assertThat(client.ask("XLEVEL a")).isEqualTo("250 2.0.0 XLEVEL of c.test: [a]");
      assertThat(client.ask("QUIT")).startsWith("221 ");
    }
  }

  @Test
  void doesNotExistAfterHelo() throws Exception {
    try (TestServer server = new TestServer(with(new Levels(5, Set.of())));
        Client client = Client.connect(server.port())) {
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.ask("HELO c.test")).isEqualTo("250 mx.test");
      assertThat(client.ask("MAIL FROM:<a@b.org> XLEVEL=5")).startsWith("555 5.5.4");
      assertThat(client.ask("MAIL FROM:<a@b.org>")).startsWith("250 ");
      assertThat(client.ask("RCPT TO:<a@b.org> XLEVEL=5")).startsWith("555 5.5.4");
    }
  }

  @Test
  void isNotOfferedToWhomItsLineIsEmpty() throws Exception {
    try (TestServer server = new TestServer(with(new Levels(0, Set.of())));
        Client client = Client.connect(server.port())) {
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.ask("EHLO c.test")).doesNotContain("XLEVEL");
      assertThat(client.ask("MAIL FROM:<a@b.org> XLEVEL=0")).startsWith("555 5.5.4");
      assertThat(client.ask("XLEVEL")).startsWith("500 5.5.1");
    }
  }

  @Test
  void isOfferedOnlyToWhoHasWhatItNeeds() throws Exception {
    try (TestServer server = new TestServer(with(new Levels(5, Set.of(Extension.Need.TLS))));
        Client client = Client.connect(server.port())) {
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.ask("EHLO c.test")).doesNotContain("XLEVEL");
      assertThat(client.ask("MAIL FROM:<a@b.org> XLEVEL=0")).startsWith("555 5.5.4");
      assertThat(client.ask("XLEVEL")).startsWith("530 5.7.0 Must issue a STARTTLS");
    }
  }

  @Test
  void isOfferedAsSoonAsTheClientHasAuthenticated() throws Exception {
    SmtpServer.Builder builder =
        SmtpServer.builder()
            .listen(TestServer.loopback().withAuthWithoutTls(true))
            .passwords((session, user, password) -> Optional.of(user))
            .extensions(new Levels(5, Set.of(Extension.Need.AUTHENTICATION)))
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(builder);
        Client client = Client.connect(server.port())) {
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.ask("EHLO c.test")).doesNotContain("XLEVEL");
      assertThat(client.ask("XLEVEL")).startsWith("530 5.7.0 Authentication required");
      assertThat(client.ask("AUTH PLAIN AGFubgBzZWNyZXQ=")).startsWith("235 ");
      assertThat(client.ask("XLEVEL")).startsWith("250 ");
      assertThat(client.ask("MAIL FROM:<a@b.org> XLEVEL=1")).startsWith("250 ");
    }
  }

  @Test
  void aLineThatIsNoneIsTheExtensionsFault() throws Exception {
    Extension broken =
        new Extension() {
          @Override
          public String keyword() {
            return "XBAD";
          }

          @Override
          public Optional<String> line(Session session) {
            return Optional.of("XBAD\r\n250 forged");
          }
        };
    try (TestServer server = new TestServer(with(broken));
        Client client = Client.connect(server.port())) {
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.ask("EHLO c.test")).startsWith("451 ").doesNotContain("forged");
      assertThat(server.takeFault().getMessage()).contains("hello");
    }
  }

  @Test
  void moreLinesThanAReplyHasAreTheExtensionsFault() throws Exception {
    Extension[] many =
        IntStream.range(0, Reply.MAX_LINES - 7)
            .mapToObj(i -> (Extension) () -> "X" + i)
            .toArray(Extension[]::new);
    try (TestServer server = new TestServer(with(many));
        Client client = Client.connect(server.port())) {
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.ask("EHLO c.test")).startsWith("451 ");
      assertThat(client.ask("HELO c.test")).startsWith("250 ");
      assertThat(server.takeFault().getMessage()).contains("hello");
    }
  }

  @Test
  void aParameterWhoseParserThrowsHarmsItsCommandAlone() throws Exception {
    Extension careless =
        new Extension() {
          private final Parameter<Character> initial =
              Parameter.of("XINITIAL", value -> value.orElse("").charAt(0));

          @Override
          public String keyword() {
            return "XINITIAL";
          }

          @Override
          public List<Parameter<?>> mailParameters() {
            return List.of(initial);
          }
        };
    try (TestServer server = new TestServer(with(careless));
        Client client = Client.connect(server.port())) {
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.ask("EHLO c.test")).startsWith("250");
      assertThat(client.ask("MAIL FROM:<a@b.org> XINITIAL")).startsWith("451 4.3.0 ");
      assertThat(client.ask("MAIL FROM:<a@b.org> XINITIAL=a")).startsWith("250 ");
      assertThat(server.takeFault().getThrown()).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void namesThatStandForTwoThingsKeepAServerFromStarting() {
    Extension odd =
        new Extension() {
          @Override
          public String keyword() {
            return "size";
          }

          @Override
          public List<Parameter<?>> mailParameters() {
            return List.of(Parameter.of("BODY", value -> value));
          }

          @Override
          public Set<String> verbs() {
            return Set.of("DATA", "X-1");
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(
            () -> new WatchedServer(with(odd, new Levels(1, Set.of()), new Levels(2, Set.of()))))
        .withMessageContaining("not a keyword: size")
        .withMessageContaining("the parameter BODY of MAIL is there twice")
        .withMessageContaining("the verb DATA is there twice")
        .withMessageContaining("not a verb: X-1")
        .withMessageContaining("extensions: XLEVEL is there twice")
        .withMessageNotContaining("the verb XLEVEL");
  }
}

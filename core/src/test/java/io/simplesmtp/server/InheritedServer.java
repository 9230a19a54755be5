package io.simplesmtp.server;

import io.simplesmtp.Reply;
import java.io.OutputStream;
import java.util.Locale;

/** The program of a process that serves the socket it was given as its standard input. */
final class InheritedServer {

  private InheritedServer() {}

  /** Serves; the argument is what is spoken. Says on standard error what it takes. */
  public static void main(String[] arguments) throws Exception {
    Protocol protocol = Protocol.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    SmtpHandler handler =
        (session, envelope, content) -> {
          content.transferTo(OutputStream.nullOutputStream());
          System.err.println("taken: " + envelope + " by " + session.connection().server());
          return Reply.OK;
        };
    Listener listener = Listener.smtp(Listener.INHERITED).withProtocol(protocol);
    SmtpServer server =
        SmtpServer.builder().hostname("mx.test").listen(listener).handler(handler).start();
    Runnable last =
        () -> {
          server.close();
          System.err.println("closed");
        };
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(last));
    System.err.println("serves " + server.addresses());
    server.awaitClosed();
  }
}

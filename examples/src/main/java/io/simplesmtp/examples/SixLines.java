package io.simplesmtp.examples;

import io.simplesmtp.Reply;
import io.simplesmtp.server.SmtpServer;

/** The whole of a server. */
final class SixLines {

  private SixLines() {}

  public static void main(String... args) throws Exception {
    int port = args.length == 0 ? 2525 : Integer.parseInt(args[0]);
    try (var server =
        SmtpServer.start(
            port,
            (session, envelope, content) -> {
              System.out.println(envelope + ", " + content.readAllBytes().length + " bytes");
              return Reply.OK;
            })) {
      server.awaitClosed();
    }
  }
}

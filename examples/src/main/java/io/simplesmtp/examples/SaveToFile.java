package io.simplesmtp.examples;

import io.simplesmtp.Reply;
import io.simplesmtp.server.SmtpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Saves each message to the same file, which holds the last one whole or does not exist. */
final class SaveToFile {

  private SaveToFile() {}

  public static void main(String... args) throws Exception {
    start(2525, Path.of("/tmp/message.txt")).awaitClosed();
  }

  static SmtpServer start(int port, Path file) throws IOException {
    return SmtpServer.start(
        port,
        (session, envelope, content) -> {
          System.out.println("Message from and to: " + envelope);
          Path part = file.resolveSibling(envelope.id() + ".part");
          try {
            Files.copy(content, part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return Reply.ok("Queued as ABC1");
          } finally {
            Files.deleteIfExists(part);
          }
        });
  }
}

package io.simplesmtp.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Reply;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.TestServer;
import io.simplesmtp.server.Tool;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load generator of Postfix. */
class SmtpSourceTest {

  private static final int MESSAGES = 2_000;
  private static final int OCTETS = 4_000;

  @Test
  void sendsThousandsOfMessagesInParallelSessions(@TempDir Path folder) throws Exception {
    run(folder, MESSAGES);
  }

  @Test
  void sendsThemOverLastingConnections(@TempDir Path folder) throws Exception {
    run(folder, 32, "-d");
  }

  private static void run(Path folder, int sessions, String... options) throws Exception {
    Tool source = Tool.find("smtp-source", folder);
    AtomicLong octets = new AtomicLong();
    SmtpHandler handler =
        (session, envelope, content) -> {
          octets.addAndGet(content.transferTo(OutputStream.nullOutputStream()));
          return Reply.OK;
        };
    try (TestServer server = TestServer.of(handler)) {
      String command =
          "-s 32 -m %d -l %d -r 3 -f ann@example.org -t bob@example.net %s 127.0.0.1:%d"
              .formatted(MESSAGES, OCTETS, String.join(" ", options), server.port());
      source.run(command.split(" +", -1)).succeeds();
      assertThat(server.awaitEnded(sessions))
          .hasSize(sessions)
          .allSatisfy((id, cause) -> assertThat(cause).isEqualTo(CloseCause.QUIT));
      assertThat(server.messages()).hasSize(MESSAGES).containsOnly("accepted");
      assertThat(octets.get()).isGreaterThan((long) MESSAGES * (OCTETS - 100));
    }
  }
}

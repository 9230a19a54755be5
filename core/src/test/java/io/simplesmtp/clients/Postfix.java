package io.simplesmtp.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.simplesmtp.server.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A Postfix of the test's own, which hands all its mail to one relay. Its settings, queue and log
 * are in a temporary folder; it listens on no port.
 */
final class Postfix implements AutoCloseable {

  private static final String SERVICES =
      """
      postlog   unix-dgram n  -       n       -       1       postlogd
      pickup    unix  n       -       n       1       1       pickup
      cleanup   unix  n       -       n       -       0       cleanup
      qmgr      unix  n       -       n       300     1       qmgr
      tlsmgr    unix  -       -       n       1000?   1       tlsmgr
      rewrite   unix  -       -       n       -       -       trivial-rewrite
      bounce    unix  -       -       n       -       0       bounce
      defer     unix  -       -       n       -       0       bounce
      trace     unix  -       -       n       -       0       bounce
      proxymap  unix  -       -       n       -       -       proxymap
      smtp      unix  -       -       n       -       -       smtp
      lmtp      unix  -       -       n       -       -       lmtp
      error     unix  -       -       n       -       -       error
      retry     unix  -       -       n       -       -       error
      showq     unix  n       -       n       -       -       showq
      """;

  private final Path settings;
  private final Path log;
  private final Tool postfix;
  private final Tool sendmail;

  private Postfix(Path folder) {
    postfix = Tool.find("postfix", folder);
    sendmail = Tool.find("sendmail", folder);
    settings = folder.resolve("etc");
    log = folder.resolve("postfix.log");
  }

  /** Starts it; skips the test if it is not installed, or not run by root as Postfix must be. */
  static Postfix relayingTo(int port, Path folder, String... more) throws Exception {
    Postfix postfix = new Postfix(folder);
    boolean isRoot = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    assumeTrue(isRoot, "skipped: only root can start Postfix");
    postfix.configure(port, folder, more);
    postfix.run("start").succeeds();
    return postfix;
  }

  /** Puts a message into the queue, as a program on its machine does. */
  void send(String message, String from, String... to) throws Exception {
    sendWith(List.of(), message, from, to);
  }

  /** The same, with more options of the program. */
  void sendWith(List<String> options, String message, String from, String... to) throws Exception {
    List<String> command = new ArrayList<>(List.of("-C", settings.toString(), "-i", "-f", from));
    command.addAll(options);
    command.add("--");
    command.addAll(List.of(to));
    sendmail
        .runWith(Messages.octets(message.replace("\r\n", "\n")), command.toArray(String[]::new))
        .succeeds();
  }

  /** What it has written into its log. */
  String log() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** Stops its own master process and waits for its end. */
  @Override
  public void close() {
    try {
      run("stop").succeeds();
    } catch (Exception e) {
      throw new AssertionError("Postfix was not stopped: " + settings, e);
    }
  }

  private Tool.Output run(String command) throws Exception {
    return postfix.run("-c", settings.toString(), command);
  }

  private void configure(int port, Path folder, String... more) throws Exception {
    // Its processes run as a user of their own and have to get through.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(settings);
    Path spool = Files.createDirectory(folder.resolve("spool"));
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.setOwner(
        data,
        data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
    Files.writeString(settings.resolve("master.cf"), SERVICES);
    Files.writeString(
        settings.resolve("main.cf"),
        """
        compatibility_level = 3.6
        queue_directory = %s
        data_directory = %s
        maillog_file = %s
        maillog_file_prefixes = %s
        myhostname = relay.test
        mydestination =
        inet_interfaces = loopback-only
        inet_protocols = ipv4
        relayhost = [127.0.0.1]:%d
        smtp_dns_support_level = disabled
        alias_maps =
        alias_database =
        smtputf8_enable = yes
        bounce_queue_lifetime = 1m
        %s
        """
            .formatted(spool, data, log, folder, port, String.join("\n", more)));
  }
}

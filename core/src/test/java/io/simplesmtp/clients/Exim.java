package io.simplesmtp.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.simplesmtp.server.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;

/**
 * An Exim of the test's own, which hands each message to one relay before it returns. Its settings,
 * queue and log are in a temporary folder; it leaves no process behind.
 */
final class Exim {

  /** Debian's Exim does not start without it. */
  private static final String USER = "Debian-exim";

  private final Path settings;
  private final Path log;
  private final Tool exim;

  private Exim(Path folder) {
    exim = Tool.find("exim4", folder);
    settings = folder.resolve("exim.conf");
    log = folder.resolve("log");
  }

  /** Sets it up; skips the test if it is not installed, or not run by root. */
  static Exim relayingTo(int port, Path folder, String... transport) throws Exception {
    Exim exim = new Exim(folder);
    boolean isRoot = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    assumeTrue(isRoot, "skipped: only root can give Exim its own queue");
    exim.configure(port, folder, transport);
    return exim;
  }

  /** Delivers a message, as a program on its machine has it sent. */
  void send(String message, String from, String... to) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("-C", settings.toString(), "-odi", "-oi", "-f", from, "--"));
    command.addAll(List.of(to));
    exim.runWith(Messages.octets(message.replace("\r\n", "\n")), command.toArray(String[]::new))
        .succeeds();
  }

  /** What it has written into its log. */
  String log() throws IOException {
    return Files.readString(log.resolve("mainlog"));
  }

  private void configure(int port, Path folder, String... transport) throws IOException {
    UserPrincipalLookupService users = folder.getFileSystem().getUserPrincipalLookupService();
    UserPrincipal user;
    try {
      user = users.lookupPrincipalByName(USER);
    } catch (UserPrincipalNotFoundException e) {
      assumeTrue(false, "skipped: there is no user " + USER + ", without whom Exim does not start");
      throw e;
    }
    // It gives up the rights of root and has to get through.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path spool = Files.createDirectory(folder.resolve("spool"));
    Files.setOwner(spool, user);
    Files.setOwner(Files.createDirectory(log), user);
    Files.writeString(
        settings,
        """
        exim_path = %s
        exim_user = %s
        exim_group = nogroup
        spool_directory = %s
        log_file_path = %s/%%slog
        primary_hostname = relay.test
        trusted_users = root
        never_users =
        tls_advertise_hosts =
        keep_environment =
        disable_ipv6 = true
        acl_not_smtp = accept
        begin acl
        begin routers
        relay:
          driver = manualroute
          route_list = * 127.0.0.1
          self = send
          transport = remote
        begin transports
        remote:
          driver = smtp
          port = %d
          %s
        begin retry
        begin rewrite
        begin authenticators
        """
            .formatted(exim.path(), USER, spool, log, port, String.join("\n  ", transport)));
    Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r--r--"));
  }
}

package io.simplesmtp.internal.server;

import io.simplesmtp.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The name of this machine as its system tells it, without any look-up. */
public final class LocalHostname {

  private static final List<Path> FILES =
      List.of(Path.of("/proc/sys/kernel/hostname"), Path.of("/etc/hostname"));
  private static final List<String> VARIABLES = List.of("HOSTNAME", "COMPUTERNAME");

  private LocalHostname() {}

  /** The name, or {@code localhost} if there is none that is a domain name. */
  public static String find() {
    List<String> candidates = new ArrayList<>();
    for (Path file : FILES) {
      try {
        candidates.add(Files.readString(file).strip());
      } catch (IOException e) {
        // This kind of system has no such file.
      }
    }
    for (String variable : VARIABLES) {
      String value = System.getenv(variable);
      if (value != null) {
        candidates.add(value.strip());
      }
    }
    return candidates.stream().filter(LocalHostname::isDomain).findFirst().orElse("localhost");
  }

  private static boolean isDomain(String name) {
    try {
      return new Domain(name).isAscii();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

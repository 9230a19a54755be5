package io.simplesmtp.internal.server;

import io.simplesmtp.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The name of this machine as its system tells it, without any look-up. */
public final class LocalHostname {

  private static final List<Path> FILES =
      List.of(Path.of("/proc/sys/kernel/hostname"), Path.of("/etc/hostname"));
  private static final List<String> VARIABLES = List.of("HOSTNAME", "COMPUTERNAME");

  private LocalHostname() {}

  /** The name, or {@code localhost} if there is none that is a domain name. */
  public static String find() {
    for (Path file : FILES) {
      String name = content(file).strip();
      if (isDomain(name)) {
        return name;
      }
    }
    for (String variable : VARIABLES) {
      String name = Objects.requireNonNullElse(System.getenv(variable), "").strip();
      if (isDomain(name)) {
        return name;
      }
    }
    return "localhost";
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // this kind of system has no such file
    }
  }

  private static boolean isDomain(String name) {
    try {
      return new Domain(name).isAscii();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

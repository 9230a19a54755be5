package io.simplesmtp.app;

/** Stands for the program where the launcher is tested with a Maven that builds nothing. */
public final class LauncherProbe {

  private LauncherProbe() {}

  /** Says that it ran. */
  public static void main(String... arguments) {
    System.out.println("ran " + String.join(" ", arguments));
  }
}

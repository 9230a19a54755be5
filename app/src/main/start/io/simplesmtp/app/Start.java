package io.simplesmtp.app;

/**
 * The first class of the program. It alone is compiled for old Javas, to tell in one line what the
 * rest of the program needs.
 */
public final class Start {

  private static final int OLDEST = 21;

  private Start() {}

  /** Runs the program if this Java is new enough. */
  public static void main(String[] arguments) {
    int version = Runtime.version().feature();
    if (version < OLDEST) {
      System.err.println(
          "simplesmtp needs Java "
              + OLDEST
              + " or newer, but this is Java "
              + version
              + " in "
              + System.getProperty("java.home"));
      System.exit(1);
    }
    Main.main(arguments);
  }
}

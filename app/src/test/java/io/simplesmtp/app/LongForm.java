package io.simplesmtp.app;

/**
 * How much the tests tagged {@code long} do: a little in each build, a lot with {@code mvn -Plong}.
 */
final class LongForm {

  static final String TAG = "long";

  private LongForm() {}

  /** A number of the brief or of the long form, unless the system property says another. */
  static int number(String name, int brief, int full) {
    return Integer.getInteger("simplesmtp.long." + name, isChosen() ? full : brief);
  }

  private static boolean isChosen() {
    return Boolean.getBoolean("simplesmtp.long");
  }
}

package io.simplesmtp.app;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time as it stands before what is printed. */
final class TimeOfDay {

  private static final ZoneId ZONE = ZoneId.systemDefault();
  private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private TimeOfDay() {}

  /**
   * Loads what Java reads from files for dates and times, those of Received fields too: a class
   * that finds no descriptor when it is first used stays unusable until the process ends, so none
   * is left to the moment when clients may hold them all.
   */
  static void load() {
    ZonedDateTime now = ZonedDateTime.now(ZONE);
    var unused =
        SECONDS.format(now)
            + MILLIS.format(now)
            + DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).format(now);
  }

  /** Now, to the second. */
  static String seconds() {
    return SECONDS.format(LocalTime.now(ZONE));
  }

  /** Now, to the millisecond. */
  static String millis() {
    return MILLIS.format(LocalTime.now(ZONE));
  }
}

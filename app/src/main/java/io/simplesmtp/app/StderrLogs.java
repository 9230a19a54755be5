package io.simplesmtp.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * The program's log: one line on standard error for each record, and a stack trace only for what is
 * a fault of the program. It takes the place of java.util.logging, which falls silent as soon as a
 * shutdown begins.
 */
public final class StderrLogs extends System.LoggerFinder {

  /** For the JDK, which finds this class as a service. */
  public StderrLogs() {}

  @Override
  public System.Logger getLogger(String name, Module module) {
    boolean isOurs = name.startsWith("io.simplesmtp.");
    return new Lines(name, isOurs ? System.Logger.Level.INFO : System.Logger.Level.WARNING);
  }

  private record Lines(String name, Level threshold) implements System.Logger {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level != Level.OFF && level.getSeverity() >= threshold.getSeverity();
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        print(level, String.valueOf(message), thrown);
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... parameters) {
      if (isLoggable(level)) {
        String text = String.valueOf(format);
        boolean isPattern = parameters != null && parameters.length > 0;
        print(level, isPattern ? MessageFormat.format(text, parameters) : text, null);
      }
    }

    private static void print(Level level, String message, @Nullable Throwable thrown) {
      StringBuilder lines = new StringBuilder();
      lines.append(TimeOfDay.seconds()).append(' ').append(level.getName());
      lines.append(": ").append(Plain.of(message));
      if (thrown != null && level == Level.ERROR) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        trace
            .toString()
            .lines()
            .forEach(
                l -> lines.append(System.lineSeparator()).append("  ").append(Plain.of(l.strip())));
      } else if (thrown != null) {
        lines.append(": ").append(Plain.of(thrown.toString()));
      }
      System.err.println(lines);
    }
  }
}

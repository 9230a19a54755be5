package io.simplesmtp.transcripts;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what the server logs while it is open, the dialogue included, from the console. */
final class Log implements AutoCloseable {

  private final Logger dialogue = Logger.getLogger("io.simplesmtp.dialogue");
  private final Logger server = Logger.getLogger("io.simplesmtp.server");
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Handler recorder =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  Log() {
    recorder.setLevel(Level.ALL);
    dialogue.setLevel(Level.FINE);
    for (Logger logger : List.of(dialogue, server)) {
      logger.setUseParentHandlers(false);
      logger.addHandler(recorder);
    }
  }

  /** The texts of all records. */
  List<String> texts() {
    return records.stream().map(r -> r.getMessage() + Arrays.toString(r.getParameters())).toList();
  }

  /** What was logged as a fault. */
  List<Throwable> faults() {
    return records.stream()
        .filter(r -> r.getLevel().equals(Level.SEVERE))
        .map(LogRecord::getThrown)
        .toList();
  }

  @Override
  public void close() {
    dialogue.setLevel(null);
    for (Logger logger : List.of(dialogue, server)) {
      logger.removeHandler(recorder);
      logger.setUseParentHandlers(true);
    }
  }
}

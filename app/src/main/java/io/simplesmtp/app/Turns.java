package io.simplesmtp.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Turns at what takes long, of which only some are given at a time. A client has one place in the
 * queue, however often it asks: what it asks more waits behind its own, not before others. Safe for
 * use by any thread.
 */
final class Turns {

  /** What takes long. */
  @FunctionalInterface
  interface Check {
    boolean isRight();
  }

  /** What a client asks stands in one line, of which the first waits for a turn. */
  private record Line(Semaphore first, int length) {

    Line with(int more) {
      return new Line(first, length + more);
    }
  }

  private final Semaphore turns;
  private final Map<Object, Line> lines = new ConcurrentHashMap<>();

  Turns(int atATime) {
    turns = new Semaphore(atATime, true);
  }

  /** Blocks until it is the client's turn, and for the check. */
  boolean take(Object client, Check check) throws InterruptedException {
    Line line = lines.merge(client, new Line(new Semaphore(1, true), 1), (own, one) -> own.with(1));
    try {
      line.first().acquire();
      try {
        turns.acquire();
        try {
          return check.isRight();
        } finally {
          turns.release();
        }
      } finally {
        line.first().release();
      }
    } finally {
      lines.computeIfPresent(client, (key, own) -> own.length() == 1 ? null : own.with(-1));
    }
  }

  /** How many clients wait for a turn. */
  int waiting() {
    return turns.getQueueLength();
  }

  /** How often a client asks at the moment. */
  int length(Object client) {
    Line line = lines.get(client);
    return line == null ? 0 : line.length();
  }
}

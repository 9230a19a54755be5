package io.simplesmtp;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What happens to a message for a recipient that its sender wants to be told (RFC 3461 section
 * 4.1).
 *
 * <pre>{@code
 * Notify notify = Notify.of(Notify.Event.FAILURE, Notify.Event.DELAY);
 * System.out.println(notify); // FAILURE,DELAY
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread. Prints itself as in the parameter NOTIFY.
 *
 * @param events none if the sender is never to be told, not even of a failure
 */
public record Notify(Set<Event> events) {

  /** {@code NEVER}: no report at all. */
  public static final Notify NEVER = new Notify(Set.of());

  /** What can happen to a message. */
  public enum Event {
    /** It was delivered. */
    SUCCESS,
    /** It could not be delivered. */
    FAILURE,
    /** It has not been delivered yet. */
    DELAY
  }

  /** Takes a copy. */
  public Notify {
    EnumSet<Event> copy = EnumSet.noneOf(Event.class);
    copy.addAll(events);
    events = Collections.unmodifiableSet(copy);
  }

  /** To be told of these events. */
  public static Notify of(Event first, Event... more) {
    return new Notify(EnumSet.of(first, more));
  }

  /**
   * Reads the parameter's value: {@code NEVER}, or events with commas between them, in any case and
   * order. A repeated one counts once.
   *
   * @throws IllegalArgumentException if it is neither, or {@code NEVER} stands among others
   */
  public static Notify parse(String text) {
    if (Ascii.equalsIgnoreCase(text, "NEVER")) {
      return NEVER;
    }
    return new Notify(
        Arrays.stream(text.split(",", -1)).map(Notify::event).collect(Collectors.toSet()));
  }

  /** Whether the sender wants no report, whatever happens. */
  public boolean isNever() {
    return events.isEmpty();
  }

  /** Whether the sender wants to be told of an event. */
  public boolean has(Event event) {
    return events.contains(event);
  }

  @Override
  public String toString() {
    return isNever() ? "NEVER" : events.stream().map(Event::name).collect(Collectors.joining(","));
  }

  private static Event event(String word) {
    for (Event event : Event.values()) {
      if (Ascii.equalsIgnoreCase(word, event.name())) {
        return event;
      }
    }
    throw new IllegalArgumentException("NOTIFY is NEVER, or of SUCCESS, FAILURE and DELAY");
  }
}
